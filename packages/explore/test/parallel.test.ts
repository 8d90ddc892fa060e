import { laws } from "@escapement/conformance";
import { beforeAll, expect, test } from "vitest";
import {
  type ExploreReport,
  explore,
  mergeReports,
  type SearchLimits,
  sameResult,
  summarize,
} from "../src/index.js";
import type * as node from "../src/node.js";
import { builtNode, fixture } from "./dist.js";
import { fewJobs } from "./jobs.js";

let built: typeof node;
let alone: ExploreReport;
beforeAll(async () => {
  built = await builtNode();
  alone = await explore(fewJobs(few.laws), { limits: { bound: 2 } });
});

/** ARM-11 is shared out in parts, STOP-01 has several cases, STOP-25 has moves within reach. */
const few = { profiles: ["avr16", "rp2040"], laws: ["ARM-11", "STOP-01", "STOP-25"] };
/** A silence that no honest unit of these tests comes near, however busy the machine. */
const silenceMs = 4_000;

const searchFew = (workers: number, limits: Partial<SearchLimits>): Promise<ExploreReport> =>
  built.exploreParallel({ module: built.lawJobsModule, data: few, workers, limits });

const searchStrange = (
  wrong: string,
  more: Partial<node.ParallelOptions> = {},
): Promise<ExploreReport> =>
  built.exploreParallel({
    module: fixture("strange-jobs.mjs"),
    data: { wrong },
    workers: 2,
    limits: { bound: 1 },
    silenceMs,
    ...more,
  });

test.each([1, 2, 3])("with %i workers the report is that of one thread", async (workers) => {
  const report = await searchFew(workers, { bound: 2 });
  expect(report.units).toEqual(alone.units);
  expect(sameResult(report, alone)).toBe(true);
  expect(summarize(report)).toMatchObject({ findings: 0, errors: 0, bound: 2 });
  expect(report.planned.filter((id) => id.endsWith(" part 2/2")).length).toBeGreaterThan(0);
});

test("three shards, each in threads, merge into the whole", async () => {
  const limits = { bound: 1 };
  const options = { module: built.lawJobsModule, data: few, workers: 2, limits };
  const shards = await Promise.all(
    [1, 2, 3].map((index) => built.exploreParallel({ ...options, shard: { index, count: 3 } })),
  );
  expect(sameResult(mergeReports(shards), await searchFew(1, limits))).toBe(true);
});

test("ended early, the report is partial; resumed, it is the whole", async () => {
  const limits = { bound: 1 };
  const controller = new AbortController();
  const options = { module: built.lawJobsModule, data: few, workers: 2, limits };
  const partial = await built.exploreParallel({
    ...options,
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done >= 2) controller.abort();
    },
  });
  const whole = await searchFew(2, limits);
  expect(partial.units.length).toBeGreaterThanOrEqual(2);
  expect(partial.units.length).toBeLessThan(whole.units.length);
  const ids = new Set(partial.units.map(({ id }) => id));
  expect(partial.units).toEqual(whole.units.filter(({ id }) => ids.has(id)));
  const resumed = await built.exploreParallel({ ...options, resume: partial });
  expect(sameResult(resumed, whole)).toBe(true);
});

test("ended before it began, it comes back with nothing done", async () => {
  const report = await searchStrange("none", { signal: AbortSignal.abort() });
  expect(report.units).toEqual([]);
});

test.each([
  ["exit", "worker-lost", "exit code 7"],
  ["uncaught", "worker-lost", "from nowhere"],
  ["memory", "worker-lost", "memory limit"],
])(
  "a thread that is lost (%s) costs its unit; the others are searched",
  async (wrong, code, words) => {
    const report = await searchStrange(wrong, { memoryMb: 96 });
    const broken = report.units.filter(({ error }) => error !== undefined);
    expect(broken.map(({ name }) => name)).toEqual(["reads"]);
    expect(broken[0]?.error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(broken[0]?.error?.message).toContain(broken[0]?.id);
    expect(report.units.map(({ id }) => id)).toEqual(report.planned);
    const sound = await searchStrange("none");
    const others = ({ units }: ExploreReport) => units.filter(({ name }) => name !== "reads");
    expect(others(report)).toEqual(others(sound));
    expect(others(report).every(({ coverage }) => coverage.bound === 1)).toBe(true);
  },
);

test("a loop that touches nothing is a finding with its schedule, while the search is laid out", async () => {
  const report = await searchStrange("endless", { limits: { bound: 2 } });
  const broken = report.units.filter(({ findings }) => findings.length > 0);
  expect(broken.map(({ name }) => name)).toEqual(["reads"]);
  expect(broken[0]?.findings).toEqual([
    expect.objectContaining({
      kind: "livelock",
      schedule: "e1:",
      message: "read() did not return: it touches neither the chip nor a shared cell",
    }),
  ]);
  // What lies behind it in its unit was not searched, and no count says so.
  expect(broken[0]?.coverage.bound).toBe(-1);
  expect(summarize(report)).toMatchObject({ errors: 0, findings: 1 });
  expect(report.units.map(({ id }) => id)).toEqual(report.planned);
});

test("a loop that one interleaving alone leads to is found by its moves", async () => {
  const report = await searchStrange("rare", { limits: { bound: 1, stopAtFirst: true } });
  const [finding] = report.units.flatMap(({ findings }) => findings);
  expect(finding).toMatchObject({
    kind: "livelock",
    message: expect.stringContaining("stop(0) did not return"),
    schedule: expect.stringMatching(/^e1:\d+c/),
  });
});

test("Math.random in a HAL is reported as `nondeterministic`; the other units are searched", async () => {
  const report = await searchStrange("random");
  const codes = report.units.map(({ name, error }) => `${name} ${error?.code ?? "done"}`);
  expect(codes.filter((code) => !code.endsWith(" done"))).toEqual(["reads nondeterministic"]);
  expect(codes).toHaveLength(report.planned.length);
});

test("an operation that throws is no error of the search", async () => {
  const report = await searchStrange("throws");
  expect(summarize(report).errors).toBe(0);
});

test("when too many units are lost, the search ends with what is known", async () => {
  const data = {
    profiles: ["avr16"],
    laws: laws.slice(0, 4).map(({ id }) => id),
    hal: fixture("dying-hal.mjs"),
  };
  const report = await built.exploreParallel({
    module: built.lawJobsModule,
    data,
    workers: 2,
    limits: { bound: 0 },
    lossesMax: 2,
  });
  const { done, planned, errors } = summarize(report);
  expect(errors).toBeGreaterThanOrEqual(2);
  expect(done).toBeLessThan(planned);
});

test.each([
  ["load", "no such thing"],
  ["nothing", "no array"],
])("a jobs module that cannot be used is refused (%s)", async (wrong, words) => {
  const refused = searchStrange(wrong);
  await expect(refused).rejects.toMatchObject({
    code: "cannot-run",
    message: expect.stringContaining(words),
  });
});

test.each([
  [{ module: "file:///no/such/module.mjs" }, "cannot-run", "cannot be imported"],
  [{ module: fixture("not-a-target.mjs") }, "cannot-run", "no function jobs"],
  [{ workers: 0 }, "invalid-argument", "workers is 0"],
  [{ silenceMs: 1 }, "invalid-argument", "silenceMs is 1"],
  [{ memoryMb: 0.5 }, "invalid-argument", "memoryMb is 0.5"],
  [{ lossesMax: 0 }, "invalid-argument", "lossesMax is 0"],
  [{ limits: { bound: 99 } }, "invalid-argument", "bound is 99"],
])("%j is refused", async (more, code, words) => {
  await expect(searchStrange("none", more)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
    hint: expect.stringMatching(/./),
  });
});

test.each([
  ["not-a-target.mjs", [], "is no target"],
  ["dying-hal.mjs", ["rtc24"], "has no target for rtc24"],
])("a HAL module without a fitting target is refused: %s", async (name, profiles, words) => {
  const data = { profiles, laws: ["READ-01"], hal: fixture(name) };
  const refused = built.exploreParallel({ module: built.lawJobsModule, data });
  await expect(refused).rejects.toMatchObject({
    code: "cannot-run",
    message: expect.stringContaining(words),
  });
});

test.each([
  ["throws", "The target hard cannot be put up: it threw something that has no text"],
  ["loops", "The target hard cannot be put up: its boot did not return"],
])("a target that cannot be put up (%s) is reported by its name", async (wrong, message) => {
  const data = { profiles: [wrong], laws: ["READ-01"], hal: fixture("hard-to-boot.mjs") };
  const refused = built.exploreParallel({ module: built.lawJobsModule, data });
  await expect(refused).rejects.toMatchObject({ code: "cannot-run", message });
});

test("a driver that does not return when it is tried out has its finding in the search", async () => {
  const data = { profiles: ["reads"], laws: ["READ-01"], hal: fixture("hard-to-boot.mjs") };
  const { module, limits } = { module: built.lawJobsModule, limits: { bound: 0 } };
  await built.checkJobs({ module, data });
  const report = await built.exploreParallel({ module, data, limits, lossesMax: 1, silenceMs });
  expect(report.units[0]?.findings).toMatchObject([
    { kind: "livelock", message: expect.stringContaining("did not return") },
  ]);
});
