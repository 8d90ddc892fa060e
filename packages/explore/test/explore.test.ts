import { SimRandom } from "@escapement/board-sim";
import { TimerHal } from "@escapement/core";
import { program } from "@escapement/scenario";
import { expect, test } from "vitest";
import {
  type ExploreProgress,
  type ExploreReport,
  explore,
  halTarget,
  programCases,
  runUnit,
  sameResult,
  summarize,
  World,
} from "../src/index.js";
import { defaultLimits } from "../src/limits.js";
import { type ExploreJob, planUnits } from "../src/unit.js";
import { fewJobs } from "./jobs.js";

const jobs = fewJobs();

/** One job whose HAL does this at each read of the time. */
function readingJob(onRead: (read: () => number) => number, name = "reads"): ExploreJob {
  class Hal extends TimerHal {
    override now(): number {
      return onRead(() => super.now());
    }
  }
  const target = halTarget({ name, hal: (port, options) => new Hal(port, options) });
  return {
    target,
    cases: programCases({
      name: "READ",
      program: program(({ main, sweep, variable }) => {
        sweep({ from: 65_530, count: 3, step: 2 });
        main.spin(variable()).read().spin(20).read();
      }),
    }),
  };
}

test("all units of all jobs are searched within the bound, without a finding, the same twice", async () => {
  const first = await explore(jobs, { limits: { bound: 1 } });
  const second = await explore(jobs, { limits: { bound: 1 } });
  expect(sameResult(first, second)).toBe(true);
  expect(first.planned).toEqual(
    planUnits(jobs, { ...defaultLimits, bound: 1 }).map(({ id }) => id),
  );
  const { done, planned, findings, errors, bound, cases, schedules, runs } = summarize(first);
  expect({ findings, errors, bound }).toEqual({ findings: 0, errors: 0, bound: 1 });
  expect(done).toBe(planned);
  expect(cases).toBe(planned);
  expect(schedules).toBeGreaterThan(2 * cases);
  expect(runs).toBeGreaterThan(schedules);
});

test("two shards are the halves of the whole, none of them twice", async () => {
  const limits = { bound: 0 };
  const whole = await explore(jobs, { limits });
  const shards = await Promise.all(
    [1, 2].map((index) => explore(jobs, { limits, shard: { index, count: 2 } })),
  );
  const ids = shards.flatMap(({ units }) => units.map(({ id }) => id));
  expect([...ids].sort()).toEqual([...whole.planned].sort());
  expect(shards.map(({ planned }) => planned)).toEqual([whole.planned, whole.planned]);
  await expect(explore(jobs, { limits, shard: { index: 3, count: 2 } })).rejects.toMatchObject({
    code: "invalid-argument",
    hint: expect.stringContaining("2/8"),
  });
});

test.each([1, 3, 7])("ended after %i units and resumed it is the whole", async (units) => {
  const limits = { bound: 1 };
  const whole = await explore(jobs, { limits });
  const controller = new AbortController();
  const partial = await explore(jobs, {
    limits,
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done === units) controller.abort();
    },
  });
  expect(partial.units).toEqual(whole.units.slice(0, units));
  const shown: ExploreProgress[] = [];
  const rest = await explore(jobs, {
    limits,
    resume: partial,
    onProgress: (progress) => shown.push(progress),
  });
  expect(sameResult(rest, whole)).toBe(true);
  expect(shown[0]).toMatchObject({ done: units + 1, takenOver: units });
});

test("a search that is ended before it begins has done nothing, and says what it had planned", async () => {
  const signal = AbortSignal.abort();
  const report = await explore(jobs, { limits: { bound: 0 }, signal });
  expect(report.units).toEqual([]);
  expect(summarize(report)).toMatchObject({ done: 0, planned: report.planned.length, bound: -1 });
});

test("a report of another search is not resumed", async () => {
  const other = await explore(fewJobs(["READ-01"]), { limits: { bound: 0 } });
  const refused = { code: "report-mismatch", hint: expect.stringContaining("limits") };
  await expect(explore(jobs, { limits: { bound: 0 }, resume: other })).rejects.toMatchObject(
    refused,
  );
  const deeper = explore(fewJobs(["READ-01"]), { limits: { bound: 1 }, resume: other });
  await expect(deeper).rejects.toMatchObject(refused);
});

test("neither is one of the same search on other code: its plain runs are not the same", async () => {
  const limits = { bound: 1 };
  const before = readingJob((read) => read());
  const after = readingJob((read) => Math.max(read(), read()));
  const report = await explore([before], { limits });
  const again = await explore([readingJob((read) => read())], { limits, resume: report });
  expect(sameResult(again, report)).toBe(true);
  await expect(explore([after], { limits, resume: report })).rejects.toMatchObject({
    code: "report-mismatch",
    hint: expect.stringContaining("the code under test as it was"),
  });
});

test("stopAtFirst leaves out what comes behind the first unit with a finding", async () => {
  const sound = readingJob((read) => read());
  const wrong: ExploreJob = {
    ...sound,
    cases: sound.cases.map((each, at) => ({
      ...each,
      check: () => (at === 0 ? [] : [{ message: "it is wrong" }]),
    })),
  };
  const limits = { bound: 1, stopAtFirst: true };
  const report = await explore([wrong, ...jobs], { limits });
  expect(report.units.map(({ id }) => id)).toEqual(report.planned.slice(0, 2));
  expect(report.units[1]?.findings).toMatchObject([{ message: "it is wrong", schedule: "e1:" }]);
});

test("a HAL in which chance decides is reported as `nondeterministic`, and the other units are searched", async () => {
  const seed = 5;
  // Chance that the test can repeat: its state goes on from run to run, as that of Math.random does.
  const chance = new SimRandom(seed);
  const random = readingJob(
    (read) => (chance.below(2) === 0 ? read() : Math.max(read(), read())),
    "random",
  );
  const report = await explore([random, ...jobs], { limits: { bound: 1 } });
  const broken = report.units.filter(({ error }) => error !== undefined);
  expect(broken.length, `seed ${seed}`).toBeGreaterThan(0);
  for (const { target, error } of broken) {
    expect(target).toBe("random");
    expect(error).toMatchObject({
      code: "nondeterministic",
      hint: expect.stringContaining("Math.random"),
    });
  }
  const others = (units: ExploreReport["units"]) =>
    units.filter(({ target }) => target !== "random");
  const without = await explore(jobs, { limits: { bound: 1 } });
  expect(others(report.units)).toEqual(without.units);
  expect(summarize(report)).toMatchObject({ bound: -1, errors: broken.length });
});

test("a check that throws, and a target that cannot be put up, are reported as `cannot-run`", async () => {
  const job = readingJob((read) => read());
  const [unit] = planUnits([job], defaultLimits);
  if (unit === undefined) throw new Error("no unit");
  const throwing = job.cases.map((each) => ({
    ...each,
    check: () => {
      throw new RangeError("no such record");
    },
  }));
  const report = runUnit([{ ...job, cases: throwing }], unit, { limits: defaultLimits });
  expect(report.error).toMatchObject({
    code: "cannot-run",
    message: expect.stringContaining("no such record"),
  });
  const boot = (): never => {
    throw new TypeError("boot is broken");
  };
  const unbootable = runUnit([{ ...job, target: { ...job.target, boot } }], unit, {
    limits: defaultLimits,
  });
  expect(unbootable.error?.message).toContain("boot is broken");
  expect(runUnit([], unit, { limits: defaultLimits }).error?.message).toContain(unit.id);
});

test.each([
  ["bound", { bound: -1 }],
  ["bound", { bound: 1.5 }],
  ["length", { length: 0 }],
  ["pointsMax", { pointsMax: Number.NaN }],
  ["findingsMax", { findingsMax: 0 }],
])("a %s out of range is refused: %j", async (name, limits) => {
  await expect(explore(jobs, { limits })).rejects.toMatchObject({
    code: "invalid-argument",
    message: expect.stringContaining(`${name} is `),
  });
});

test("drawn schedules: the same seed gives the same report, and says what was drawn", async () => {
  const random = { kind: "pct", schedules: 5, depth: 3, seed: 11 } as const;
  const first = await explore(jobs, { random });
  expect(sameResult(first, await explore(jobs, { random }))).toBe(true);
  expect(first.random).toEqual(random);
  expect(summarize(first)).toMatchObject({ findings: 0, errors: 0, bound: 0 });
  const other = await explore(jobs, { random: { ...random, seed: 12 } });
  expect(other.search).not.toBe(first.search);
  await expect(explore(jobs, { random: { ...random, depth: 0 } })).rejects.toMatchObject({
    code: "invalid-argument",
  });
});

test("the units of a case that is shared out give together what one unit gives", () => {
  const [job] = fewJobs(["READ-01"]);
  const [subject] = job?.cases ?? [];
  if (job === undefined || subject === undefined) throw new Error("no case");
  const world = new World(job.target, 1e6);
  world.run(subject.program, []);
  const [unit] = planUnits([job], { ...defaultLimits, bound: 1 });
  if (unit === undefined) throw new Error("no unit");
  const schedulesOf = (count: number): number =>
    Array.from({ length: count }, (_, index) => {
      const { coverage } = runUnit(
        [job],
        { ...unit, part: { index, count } },
        { limits: defaultLimits },
      );
      return coverage.schedules;
    }).reduce((sum, schedules) => sum + schedules, 0);
  const whole = schedulesOf(1);
  expect(whole).toBeGreaterThan(10);
  // A part cannot know what the part before it tried; so parts leave out less, but never more.
  expect(schedulesOf(3)).toBeGreaterThanOrEqual(whole);
});
