import { writeFileSync } from "node:fs";
import { describeViolation, generateProgram, judgeTrace, lawEnv, programSource } from "@escapement/conformance";
import { runRandomPrograms } from "@escapement/conformance";
import { it } from "vitest";
import { isSimulated, makeBugBoard, museum } from "../src/index.js";
it("shrinks", async () => {
  const out: any[] = [];
  const t0 = Date.now();
  for (const bug of museum) {
    if (!isSimulated(bug)) continue;
    if (Date.now() - t0 > 280_000) break;
    const board = await makeBugBoard(bug);
    const d = board.describe();
    const t = performance.now();
    const r = await runRandomPrograms(board, { runs: 300, failuresMax: 1, forMs: 6000 });
    await board.close();
    const f = r.failures[0];
    if (!f) { out.push({ bug: bug.name, none: true, programs: r.programs, stopped: r.stopped }); continue; }
    const unit = Math.ceil(Math.max(d.latencies.opTicks, d.latencies.lateTicks, 8));
    const ops = JSON.stringify(f.program).match(/"op":/g)?.length ?? 0;
    out.push({ bug: bug.name, owner: bug.owner, origin: f.origin, rule: f.violation.rule, ops, runs: f.shrinkRuns, ms: Math.round(performance.now() - t), v: describeViolation(f.violation), src: programSource(f.program, { unitTicks: unit }), d: d.name });
  }
  writeFileSync("/tmp/w10/shrunk.json", JSON.stringify(out, null, 1));
});
