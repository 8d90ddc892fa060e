import { encodeTrace } from "@escapement/scenario";
import { it } from "vitest";
import { openUnoBoard } from "../../../board-uno/src/index.js";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";

const only = process.env.ONLY?.split(",");
import { readFileSync } from "node:fs";
for (const name of (process.env.HEX ?? "").split(",")) it("uno "+name, async () => {
  const board = await openUnoBoard({ hex: readFileSync(`/tmp/fwmut/${name}.hex`, "utf8") });
  const d = board.describe();
  const env = lawEnv(d);
  console.log("=== "+name); if(0) console.log(JSON.stringify(d), "beat", env.beat);
  let pass = 0,
    total = 0;
  for (const law of laws) {
    if (only && !only.includes(law.id)) continue;
    const miss = law.needs.filter((n) => !d.capabilities.includes(n));
    if (miss.length) {
      console.log(law.id, "skip", miss.join());
      continue;
    }
    const t1 = performance.now();
    try {
      await board.reset();
      const trace = await board.run(law.program(env));
      const f = law.check(trace, env);
      const ms = performance.now() - t1;
      total += ms;
      const bytes = encodeTrace(trace).length;
      const span = (trace.records.at(-1)!.at - trace.records[0]!.at) / d.frequencyHz;
      if (ms > 600 || bytes > 4000 || span > 0.4)
        console.log(law.id, "ms", ms.toFixed(0), "bytes", bytes, "board s", span.toFixed(3));
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
      console.log(law.id, "ERROR", (e as any).code, (e as Error).message);
    }
  }
  console.log("pass", pass, total.toFixed(0), "ms");
  await board.close();
}, 600000);
