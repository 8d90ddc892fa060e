import type { Op, Program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import naive from "../examples/naive-hal.mjs";
import {
  defaultLimits,
  type ExploreJob,
  explore,
  halTarget,
  mergeReports,
  parseSchedule,
  randomCases,
  replay,
  type SearchLimits,
  sameResult,
  shrinkFinding,
  summarize,
  World,
} from "../src/index.js";

const limits: SearchLimits = {
  ...defaultLimits,
  bound: 1,
  pointsMax: 200_000,
  maskedMax: Number.POSITIVE_INFINITY,
};

function jobs(count: number): readonly ExploreJob[] {
  return (["avr16", "rp2040"] as const).map((profile) => {
    const target = halTarget({ profile });
    return { target, cases: randomCases({ seed: 100, count }, target) };
  });
}

function size({ main, timers, interrupts }: Program): number {
  const lists: readonly (readonly Op[])[] = [main, ...timers.map((t) => t.handler), ...interrupts];
  return lists.reduce((sum, list) => sum + list.length, 0);
}

describe("random programs in every interleaving", () => {
  it("nothing is found in our HAL, on two levels of interrupts; the parts of a search merge into it", async () => {
    let deepest = 0;
    const watched = jobs(12).map(({ target, cases }) => ({
      target,
      cases: cases.map((subject) => ({
        ...subject,
        check: (trace: Parameters<typeof subject.check>[0]) => {
          for (const record of trace.records) {
            if ("context" in record) deepest = Math.max(deepest, record.context);
          }
          return subject.check(trace);
        },
      })),
    }));
    const whole = await explore(watched, { limits });
    const { findings, errors, cases, schedules } = summarize(whole);
    expect([whole.units.flatMap((unit) => unit.findings), findings, errors]).toEqual([[], 0, 0]);
    expect(cases).toBe(24);
    expect(schedules).toBeGreaterThan(cases);
    expect(deepest).toBe(2);
    const parts = [1, 2].map((index) => explore(jobs(12), { limits, shard: { index, count: 2 } }));
    expect(sameResult(mergeReports(await Promise.all(parts)), whole)).toBe(true);
    const [half] = await Promise.all(parts);
    const resumed = await explore(jobs(12), { limits, ...(half && { resume: half }) });
    expect(sameResult(resumed, whole)).toBe(true);
  });

  it("what is found in a HAL of the first day is shown by a small program, and that replays", async () => {
    const cases = randomCases({ seed: 1, count: 20 }, naive);
    const { units } = await explore([{ target: naive, cases }], { limits });
    const found = units.flatMap(({ findings, value }) =>
      findings.map((finding) => ({ finding, subject: cases.find((each) => each.value === value) })),
    );
    // Some by a plain run, some only where the interrupt is placed.
    const moves = found.map(({ finding }) => parseSchedule(finding.schedule).length);
    expect([...new Set(moves)].sort()).toEqual([0, 1]);
    const world = new World(naive, limits.pointsMax);
    const sizes: number[] = [];
    for (const { finding, subject } of found.slice(0, 12)) {
      if (subject === undefined) throw new Error(`no case of seed ${finding.value}`);
      const small = await shrinkFinding(world, subject, finding, { limits });
      if (small === undefined) throw new Error(`seed ${finding.value} ${finding.schedule} is gone`);
      const { program } = small.subject;
      sizes.push(size(program));
      expect(size(program)).toBeLessThanOrEqual(size(subject.program));
      expect([small.finding.kind, small.finding.violation]).toEqual([
        finding.kind,
        finding.violation,
      ]);
      // A race is seen by comparing runs, not in one.
      if (finding.kind === "race") continue;
      const again = replay(world, small.subject, parseSchedule(small.finding.schedule));
      expect(again.findings.map(({ message }) => message)).toContain(small.finding.message);
    }
    expect(sizes.sort((a, b) => a - b)[6]).toBeLessThanOrEqual(5);
  });

  it("the same seed is the same program; seeds and counts out of range are refused", () => {
    const target = halTarget({ profile: "rp2040" });
    const [alone] = randomCases({ seed: 7, count: 1 }, target);
    expect(randomCases({ seed: 5, count: 3 }, target)[2]?.program).toEqual(alone?.program);
    for (const wrong of [
      { seed: 1, count: 0 },
      { seed: -1, count: 1 },
      { seed: 0xffff_ffff, count: 2 },
    ]) {
      expect(() => randomCases(wrong, target)).toThrow(
        expect.objectContaining({ code: "invalid-argument" }),
      );
    }
  });
});
