import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chipShape,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  SimChip,
  type SimChipOptions,
  type SimModels,
  VcdRecorder,
} from "../src/index.js";
import { parseVcd } from "./vcd-parser.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

/** A cycle is a nanosecond, so that times in the file are cycles. */
const base: SimChipOptions = { counterBits: 6, cpuHz: 1e9, cyclesPerTick: 10, startCounter: 50 };

type Step = readonly [
  wait: number,
  act: "compare" | "write" | "clear" | "mask" | "idle",
  n: number,
];

/** Runs a chip through the steps, a cycle at a time, and keeps the counter of every cycle. */
function record(options: SimChipOptions, steps: readonly Step[], models: SimModels = {}) {
  const vcd = new VcdRecorder();
  const probe = vcd.probe("chip", chipShape(options));
  const chip = new SimChip(options, { probe, models, seed: 7 });
  chip.connect({
    overflow: () => chip.clearFlags(FLAG_OVERFLOW),
    compare: () => chip.clearFlags(FLAG_COMPARE),
  });
  chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);
  const truth = new Map<number, number>();
  const look = (): void => void truth.set(chip.clock.now, chip.hardware.raw());
  for (const [wait, act, n] of steps) {
    for (let cycle = 0; cycle < wait; cycle += 1) {
      chip.clock.advance(1);
      look();
      chip.controller.serve();
      look();
    }
    if (act === "compare") chip.compare = n;
    if (act === "write") chip.counter = n;
    if (act === "clear") chip.clearFlags(3);
    if (act === "mask") chip.restore(chip.saveAndMask());
    look();
  }
  return { truth, ...parseVcd(vcd.toString()) };
}

type Recorded = ReturnType<typeof record>;

function valuesOf({ changes }: Recorded, name: string) {
  return changes.filter((change) => change.name === `chip.${name}`);
}

/** Cycles at which the file says a value that the counter did not have, and how many say one at all. */
function compared(recorded: Recorded): { readonly wrong: number[]; readonly known: number } {
  const changes = valuesOf(recorded, "counter");
  const wrong: number[] = [];
  let known = 0;
  // The file ends with its last change.
  const end = recorded.changes.at(-1)?.timeNs ?? 0;
  let place = 0;
  for (const [cycle, raw] of [...recorded.truth].sort(([a], [b]) => a - b)) {
    if (cycle > end) break;
    while ((changes[place + 1]?.timeNs ?? Number.POSITIVE_INFINITY) <= cycle) place += 1;
    const value = changes[place]?.value;
    if (value === undefined) continue;
    known += 1;
    if (value !== raw) wrong.push(cycle);
  }
  return { wrong, known };
}

/** How far a line through the samples of the ramp is from the counter, at the worst. */
function lineError(recorded: Recorded): number {
  const samples = valuesOf(recorded, "counter_ramp");
  let worst = 0;
  for (const [cycle, raw] of recorded.truth) {
    const next = samples.findIndex(({ timeNs }) => timeNs > cycle);
    const [from, to] = [samples[next - 1], samples[next]];
    if (from === undefined || to === undefined) continue;
    const [v0, v1] = [Number(from.value), Number(to.value)];
    const line = v0 + ((v1 - v0) * (cycle - from.timeNs)) / (to.timeNs - from.timeNs);
    // Where the line falls from the top to 0 it crosses every value within one tick.
    if (Math.abs(v1 - v0) > 2 && to.timeNs - from.timeNs <= 10) continue;
    worst = Math.max(worst, Math.abs(line - raw));
  }
  return worst;
}

const steps: readonly Step[] = [
  [300, "compare", 40],
  [900, "mask", 0],
  [77, "write", 5],
  [401, "clear", 0],
  [5, "compare", 6],
  [1500, "idle", 0],
  [3, "write", 63],
  [900, "mask", 0],
];

const chips: readonly (readonly [string, SimChipOptions])[] = [
  ["counting up", base],
  ["counting down", { ...base, countDown: true }],
  ["without a prescaler", { ...base, cyclesPerTick: 1 }],
  ["as wide as two words", { ...base, counterBits: 40, startCounter: 2 ** 32 - 20 }],
];

describe("the counter of a dump", () => {
  test.each(chips)("%s: what the file says is what the chip had, at every cycle", (_name, chip) => {
    const recorded = record(chip, steps);
    const { wrong, known } = compared(recorded);
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(50);
    expect(known).toBeLessThan(recorded.truth.size);
    expect(lineError(recorded)).toBeLessThanOrEqual(1);
  });

  test("ticks near an event are there one by one, and no value stands where it is not followed", () => {
    const recorded = record(base, [[600, "mask", 0]]);
    const near = valuesOf(recorded, "counter").map(({ timeNs, value }) => [timeNs, value]);
    // It wraps at 140, and the compare register is 0 from the start: a match as well.
    expect(near).toContainEqual([100, 60]);
    expect(near).toContainEqual([130, 63]);
    expect(near).toContainEqual([140, 0]);
    const gaps = near.filter(([, value]) => value === undefined);
    expect(gaps.length).toBeGreaterThan(0);
    const [from] = gaps.at(-1) ?? [];
    const [to, value] = near.find(([at = 0]) => Number(at) > Number(from)) ?? [];
    expect(Number(to) - Number(from)).toBeGreaterThan(100);
    expect(value).toBe(recorded.truth.get(Number(to)));
  });

  test("with any steps on a counter that drifts, the file is at most a tick off for a cycle", () => {
    const step = fc.tuple(
      fc.nat(700),
      fc.constantFrom("compare", "write", "clear", "mask", "idle"),
      fc.nat(63),
    );
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 12, size: "max" }),
        fc.constantFrom(...chips.map(([, chip]) => chip)),
        fc.boolean(),
        (given, chip, drifts) => {
          const drift = { shape: "step", ppm: 100_000, everyCycles: 1000 } as const;
          const recorded = record(chip, given as readonly Step[], drifts ? { drift } : {});
          const { wrong } = compared(recorded);
          if (!drifts) expect(wrong).toEqual([]);
          // Ticks that were planned before the rate changed are off by a part of a tick.
          else expect(wrong.length).toBeLessThanOrEqual(recorded.truth.size / 50 + 5);
        },
      ),
      { numRuns: 60 },
    );
  });
});
