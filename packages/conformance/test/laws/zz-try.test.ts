import { createSimBoard, simProfiles } from "@escapement/board-sim";
import { encodeProgram, encodeTrace } from "@escapement/scenario";
import { it } from "vitest";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";

const only = process.env.ONLY?.split(",");
const prof = process.env.PROFILE?.split(",");
it("all", async () => {
  for (const profile of Object.values(simProfiles)) {
    if (prof && !prof.includes(profile.name)) continue;
    const board = createSimBoard({ profile });
    const d = board.describe();
    const env = lawEnv(d);
    console.log(
      `== ${profile.name} op ${env.op} late ${env.late} beat ${env.beat} min ${d.latencies.minDeltaTicks}`,
    );
    let pass = 0;
    const t0 = performance.now();
    for (const law of laws) {
      if (only && !only.includes(law.id)) continue;
      const miss = law.needs.filter((n) => !d.capabilities.includes(n));
      if (miss.length) {
        console.log(law.id, "skip", miss.join());
        continue;
      }
      await board.reset();
      const t1 = performance.now();
      try {
        const trace = await board.run(law.program(env));
        const f = law.check(trace, env);
        const ms = performance.now() - t1;
        if (ms > 150) console.log(law.id, "slow", ms.toFixed(0));
        if (f.length) {
          console.log(
            law.id,
            "FAIL",
            f
              .slice(0, 3)
              .map((x) => x.message + " #" + x.record)
              .join("\n      "),
          );
          if (process.env.DUMP)
            for (const [i, r] of trace.records.slice(0, +process.env.DUMP).entries())
              console.log(i, JSON.stringify(r));
        } else pass++;
      } catch (e) {
        console.log(
          law.id,
          "ERROR",
          (e as Error).message,
          (e as Error).stack?.split("\n").slice(1, 4).join(),
        );
      }
    }
    console.log("pass", pass, (performance.now() - t0).toFixed(0), "ms");
  }
}, 600000);
