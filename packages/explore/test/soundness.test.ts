import type { Trace } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import naive from "../examples/naive-hal.mjs";
import {
  CaseSearch,
  type ExploreTarget,
  halTarget,
  programCases,
  type SearchLimits,
  World,
} from "../src/index.js";
import { randomProgram } from "./fixtures/random-program.js";

const limits: SearchLimits = {
  bound: 2,
  length: Number.POSITIVE_INFINITY,
  pointsMax: 20_000,
  maskedMax: Number.POSITIVE_INFINITY,
  findingsMax: 100,
  prune: true,
  stopAtFirst: false,
};

interface Searched {
  readonly outcomes: readonly string[];
  readonly schedules: number;
  readonly pruned: number;
}

/** All traces that a search of a random program meets, and all it says besides. */
function search(target: ExploreTarget, seed: number, bound: number, prune: boolean): Searched {
  const outcomes = new Set<string>();
  const [subject] = programCases({
    name: `seed ${seed}`,
    program: randomProgram(seed),
    check: (trace: Trace) => {
      outcomes.add(JSON.stringify(trace.records));
      return [];
    },
  });
  if (subject === undefined) throw new Error("no case");
  const world = new World(target, limits.pointsMax);
  const found = new CaseSearch(world, subject, { ...limits, bound, prune }).run();
  for (const { kind, message } of found.findings) outcomes.add(`${kind} ${message}`);
  const { schedules, pruned } = found.coverage;
  return { outcomes: [...outcomes].sort(), schedules, pruned };
}

/** Seeds of programs whose unpruned search is small enough to be made. */
function compare(target: ExploreTarget, seeds: readonly number[], bound: number) {
  let saved = 0;
  let outcomes = 0;
  for (const seed of seeds) {
    const pruned = search(target, seed, bound, true);
    const whole = search(target, seed, bound, false);
    const missed = whole.outcomes.filter((outcome) => !pruned.outcomes.includes(outcome));
    expect([seed, missed[0], missed.length, pruned.outcomes.length]).toEqual([
      seed,
      undefined,
      0,
      whole.outcomes.length,
    ]);
    expect(whole.pruned).toBe(0);
    saved += whole.schedules - pruned.schedules;
    outcomes += whole.outcomes.length;
  }
  return { saved, outcomes };
}

const seeds = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

describe("pruned and unpruned search find the same outcomes", () => {
  it.each([
    ["our HAL on avr16, one move", halTarget({ profile: "avr16", slackTicks: 6 }), 1, 120],
    ["our HAL on stm32, one move", halTarget({ profile: "stm32", slackTicks: 6 }), 1, 80],
    ["a HAL that masks nothing, one move", naive, 1, 120],
    ["a HAL that masks nothing, two moves", naive, 2, 30],
    ["our HAL on rp2040, two moves", halTarget({ profile: "rp2040", slackTicks: 4 }), 2, 12],
  ] as const)("%s", (_, target, bound, count) => {
    const { saved, outcomes } = compare(target, seeds(1, count), bound);
    expect(saved).toBeGreaterThan(0);
    expect(outcomes).toBeGreaterThan(2 * count);
  });
});
