import type { Board } from "@escapement/scenario";
import { it } from "vitest";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";
import { makeBrokenBoard, makeListBoard } from "../broken/boards.js";
import { brokenBoards } from "../broken/catalogue.js";

async function failing(board: Board) {
  const d = board.describe();
  const env = lawEnv(d);
  const out: string[] = [];
  for (const law of laws) {
    if (law.needs.some((n) => !d.capabilities.includes(n))) continue;
    await board.reset();
    const t = performance.now();
    try {
      const f = law.check(await board.run(law.program(env)), env);
      if (f.length) out.push(law.id + (process.env.MSG ? ": " + f[0]!.message : ""));
    } catch (e) {
      out.push(law.id + "!" + (e as any).code + " " + (e as Error).message);
    }
    if (performance.now() - t > 500)
      out.push("slow " + law.id + " " + (performance.now() - t).toFixed(0));
  }
  return out;
}
it("broken", async () => {
  for (const p of ["avr16", "systick24", "rtc24", "stm32", "rp2040", "prescaled8"])
    console.log("control", p, (await failing(makeListBoard(p))).join("\n   "));
  for (const b of brokenBoards) {
    const f = await failing(makeBrokenBoard(b));
    console.log(
      f.some((x) => x.startsWith(b.owner)) ? "ok " : "MISS",
      b.name,
      "owner",
      b.owner,
      "->",
      process.env.MSG ? f.join("\n     ") : f.join(" "),
    );
  }
}, 600000);
