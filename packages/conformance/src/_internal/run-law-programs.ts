import { type Board, hasCapability, type Trace } from "@escapement/scenario";
import { pickIteration } from "@escapement/timeline";
import { describeViolation } from "../judge/index.js";
import { latenessOf } from "../lateness.js";
import type { LawEnv, LawProgram } from "../law.js";
import { ProgramSession, type ShrunkFailure } from "../random/program-session.js";
import { randomFailure } from "../random/random-failure.js";
import type { LawResult } from "../report.js";
import { type LawSigns, signsOf } from "../signs.js";
import type { LawRunOptions, OnBoardRun } from "./run-on-board.js";

/** What one law of several programs came to, without its name and time. */
export interface ProgramsRun {
  /** Its verdict and what goes with it. */
  readonly part: Omit<LawResult, "id" | "title" | "statement" | "durationMs">;
  /** Of the trace that broke it, or else of the first. */
  readonly signs?: LawSigns;
  /** Why there is no verdict: what the board did. */
  readonly fault?: Extract<OnBoardRun, { readonly ok: false }>;
}

/** Programs that are tried to make a failure smaller; fewer where each takes its time. */
const shrinkRunsUsual = { virtual: 400, real: 120 };

/** Runs programs one after another, up to the first that breaks a rule, which is made smaller. */
export async function runLawPrograms(
  board: Board,
  programs: readonly LawProgram[],
  env: LawEnv,
  options: LawRunOptions,
): Promise<ProgramsRun> {
  const session = new ProgramSession(board, env.board, options);
  const { keepTraces = "none" } = options;
  let passed: ProgramsRun | undefined;
  for (const { origin, program } of programs) {
    const outcome = await session.run(program);
    if (outcome.kind === "fault") {
      const { error, isLost } = outcome;
      const { code, message, hint } = error;
      const part = { verdict: "error", reason: `${code}: ${message}`, code, hint } as const;
      return { part, fault: { ok: false, error, lost: isLost } };
    }
    if (outcome.kind === "breaks") {
      const [violation] = outcome.violations;
      const { virtual, real } = shrinkRunsUsual;
      const usual = hasCapability(env.board, "fast-forward") ? virtual : real;
      const runs = options.shrinkRuns ?? usual;
      const shrunk = await session.shrink(program, { violation, trace: outcome.trace }, runs);
      const part = broken(shrunk, { origin, program }, env, keepTraces !== "none");
      return { part, signs: programSigns(outcome.trace, env) };
    }
    if (outcome.kind === "no-room") continue;
    const { trace } = outcome;
    passed ??= {
      part: {
        verdict: "pass",
        ...(keepTraces === "all" && {
          iteration: pickIteration(trace.records, []),
          lateness: latenessOf(trace.records, program, env.board.latencies),
        }),
      },
      signs: programSigns(trace, env),
    };
  }
  return passed ?? { part: { verdict: "skip", reason: "needs room for one of its programs" } };
}

/** How late its handlers are shows no cause: in a random program they hold one another up. */
function programSigns(trace: Trace, env: LawEnv): LawSigns {
  const { lateness: _lateness, ...signs } = signsOf(trace, env);
  return signs;
}

function broken(
  shrunk: ShrunkFailure,
  { origin, program }: LawProgram,
  env: LawEnv,
  isKept: boolean,
): ProgramsRun["part"] {
  const failedProgram = randomFailure(shrunk, { origin, program });
  const { violation, excerpt, iteration } = failedProgram;
  const message = describeViolation(violation);
  const which = "seed" in origin ? `program of seed ${origin.seed}` : `program ${origin.corpus}`;
  return {
    verdict: "fail",
    reason: `${which}: ${message}`,
    findings: [{ message, record: violation.record }],
    excerpt,
    failedProgram,
    ...(isKept && {
      iteration,
      lateness: latenessOf(shrunk.trace.records, shrunk.program, env.board.latencies),
    }),
  };
}
