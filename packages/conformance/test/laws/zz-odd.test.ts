import {
  createSimBoard,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  type SimChip,
  simProfiles,
} from "@escapement/board-sim";
import type { Board } from "@escapement/scenario";
import { it } from "vitest";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";

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
      if (f.length) out.push(law.id + ": " + f[0]!.message);
    } catch (e) {
      out.push(law.id + "!" + (e as any).code + " " + (e as Error).message);
    }
    if (performance.now() - t > 800)
      out.push("slow " + law.id + " " + (performance.now() - t).toFixed(0));
  }
  return out;
}
const port = (bits: number, hz: number) => (chip: SimChip) => ({
  counterBits: bits,
  frequencyHz: hz,
  minDeltaTicks: 1,
  readCounter: () => chip.counter,
  overflowPending: () => (chip.flags & FLAG_OVERFLOW) !== 0,
  acknowledgeOverflow: () => chip.clearFlags(FLAG_OVERFLOW),
  setCompare: (t: number) => {
    chip.compare = t;
  },
  enableCompare: (on: boolean) => (on ? chip.enable(FLAG_COMPARE) : chip.disable(FLAG_COMPARE)),
  comparePending: () => (chip.flags & FLAG_COMPARE) !== 0,
  acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE),
  saveAndMask: () => chip.saveAndMask(),
  restore: (s: number) => chip.restore(s),
  inInterrupt: () => chip.inInterrupt(),
});
it("odd", async () => {
  for (const profile of Object.values(simProfiles))
    for (let seed = 1; seed <= +(process.env.SEEDS ?? 6); seed++) {
      const f = await failing(createSimBoard({ profile, seed }));
      if (f.length) console.log("seed", seed, profile.name, f.join("\n    "));
    }
  for (const [bits, cpu, div] of [
    [20, 24e6, 4],
    [12, 8e6, 64],
    [32, 200e6, 1],
    [32, 1e6, 1],
    [10, 1e6, 8],
    [16, 32768 * 32, 32],
    [8, 16e6, 256],
    [6, 1e6, 256],
    [40, 24e6, 4],
    [64, 1e9, 1],
  ] as const) {
    for (const nesting of [true, false]) {
      try {
        const b = createSimBoard({
          chip: { counterBits: bits, cpuHz: cpu, cyclesPerTick: div, nesting, sharedVector: false },
          port: port(bits, cpu / div),
        });
        const f = await failing(b);
        const e = lawEnv(b.describe());
        console.log(
          "chip",
          bits,
          cpu,
          div,
          nesting,
          "beat",
          e.beat,
          "op",
          e.op,
          "late",
          e.late,
          f.length,
          f.slice(0, 12).join("\n    "),
        );
      } catch (e) {
        console.log("chip", bits, cpu, div, (e as Error).message);
      }
    }
  }
  for (const models of [
    { latency: { maxCycles: 40 } },
    { stall: { everyCycles: 5000, maxCycles: 50 } },
  ])
    for (const profile of Object.values(simProfiles)) {
      const f = await failing(createSimBoard({ profile, models }));
      if (f.length) console.log("models", JSON.stringify(models), profile.name, f.join("\n    "));
    }
}, 600000);
