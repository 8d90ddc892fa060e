/* A process that judges mutants, one after another, as its parent sends them. */
import type { Job, WorkerReport } from "./job.js";
import { FirmwareJudge } from "./means/firmware.js";
import type { Judge } from "./means/means.js";
import { TypeScriptJudge } from "./means/typescript.js";
import type { Language } from "./mutants/mutant.js";

const judges = new Map<Language, Judge>();

function judgeOf(language: Language): Judge {
  const judge =
    judges.get(language) ?? (language === "ts" ? new TypeScriptJudge() : new FirmwareJudge());
  judges.set(language, judge);
  return judge;
}

function report(what: WorkerReport): void {
  process.send?.(what);
}

// Whoever asked is gone.
process.on("disconnect", () => process.exit());

process.on("message", async (job: Job | "close") => {
  if (job === "close") {
    for (const judge of judges.values()) await judge.close();
    process.exit();
  }
  const { mutant, means, known, isToCompile } = job;
  const judge = judgeOf(mutant.language);
  const apart = isToCompile ? await judge.apart?.(mutant) : undefined;
  if (apart === undefined) {
    await judge.judge(mutant, means, known, (name, result) => {
      report({ kind: "result", means: name, result });
    });
  } else {
    report({ kind: "apart", apart });
  }
  report({ kind: "done" });
});
