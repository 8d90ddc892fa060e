import { expect, test } from "vitest";
import {
  coverageMarkdown,
  coverageRows,
  coverageTable,
  type ExploreReport,
  explore,
  formatReport,
  mergeReports,
  parseReport,
  sameResult,
  summarize,
} from "../src/index.js";
import { fewJobs } from "./jobs.js";

const jobs = fewJobs();
const limits = { bound: 1 };
const whole = await explore(jobs, { limits });
const shards = await Promise.all(
  [1, 2, 3].map((index) => explore(jobs, { limits, shard: { index, count: 3 } })),
);

test("three shards, in any order, merge into the whole", () => {
  expect(sameResult(mergeReports(shards), whole)).toBe(true);
  expect(sameResult(mergeReports([...shards].reverse()), whole)).toBe(true);
  expect(mergeReports(shards).seconds).toBeCloseTo(
    shards.reduce((sum, { seconds }) => sum + seconds, 0),
  );
});

test("overlapping reports merge; two that disagree do not", () => {
  expect(sameResult(mergeReports([whole, ...shards]), whole)).toBe(true);
  const [unit, ...rest] = whole.units;
  if (unit === undefined) throw new Error("no unit");
  const other = { ...unit, coverage: { ...unit.coverage, schedules: 1_000_000 } };
  const disagree = () => mergeReports([whole, { ...whole, units: [other, ...rest] }]);
  expect(disagree).toThrow(expect.objectContaining({ code: "report-mismatch" }));
  expect(disagree).toThrow(unit.id);
});

test("a unit that broke off in one report and was done in another is done", () => {
  const error = { code: "worker-lost", message: "gone", hint: "look" } as const;
  const broken = { ...whole, units: whole.units.map((unit) => ({ ...unit, error })) };
  expect(sameResult(mergeReports([broken, whole]), whole)).toBe(true);
  expect(sameResult(mergeReports([whole, broken]), whole)).toBe(true);
  expect(summarize(broken)).toMatchObject({ errors: whole.units.length, cases: 0 });
});

test("reports of different searches, and none, are refused", async () => {
  const deeper = await explore(fewJobs(["READ-01"]), { limits });
  for (const reports of [[whole, deeper], [whole, { ...whole, planned: [] }], []]) {
    expect(() => mergeReports(reports)).toThrow(
      expect.objectContaining({ code: "report-mismatch" }),
    );
  }
});

test("a report survives JSON, with limits that are Infinity", () => {
  const endless = { ...whole, limits: { ...whole.limits, maskedMax: Number.POSITIVE_INFINITY } };
  expect(parseReport(formatReport(endless))).toEqual(endless);
  expect(parseReport(formatReport(whole)).limits.length).toBe(Number.POSITIVE_INFINITY);
});

const wrongTexts: readonly (readonly [string, (report: ExploreReport) => unknown])[] = [
  ["version", (report) => ({ ...report, version: 2 })],
  ["search", ({ search: _, ...report }) => report],
  ["limits.bound", (report) => ({ ...report, limits: { ...report.limits, bound: "2" } })],
  ["planned[0]", (report) => ({ ...report, planned: [1] })],
  ["units[0].id", (report) => ({ ...report, units: [{ ...report.units[0], id: "another" }] })],
  ["units[0].coverage", (report) => ({ ...report, units: [{ ...report.units[0], coverage: [] }] })],
  [
    "units[0].findings[0]",
    (report) => ({ ...report, units: [{ ...report.units[0], findings: [1] }] }),
  ],
  ["the report", () => []],
];

test.each(wrongTexts)("a text whose %s is wrong is refused by that name", (name, change) => {
  const parse = () => parseReport(JSON.stringify(change(whole)));
  expect(parse).toThrow(expect.objectContaining({ code: "report-mismatch" }));
  expect(parse).toThrow(name);
});

/** A unit's report with another figure in its coverage. */
function covered(report: ExploreReport, members: Readonly<Record<string, unknown>>): unknown {
  const [first, ...units] = report.units;
  return {
    ...report,
    units: [{ ...first, coverage: { ...first?.coverage, ...members } }, ...units],
  };
}

test.each([-1, 0.5, 1e308, 2 ** 53, "1", null])(
  "a count of %j is none: refused with its place",
  (count) => {
    const places: readonly (readonly [string, unknown])[] = [
      ["units[0].coverage.points", covered(whole, { points: count })],
      ["units[0].coverage.byMoves[1]", covered(whole, { byMoves: [1, count] })],
      ["limits.bound", { ...whole, limits: { ...whole.limits, bound: count } }],
      ["units[0].value", { ...whole, units: [{ ...whole.units[0], value: count }] }],
      ["seconds", { ...whole, seconds: typeof count === "number" && count > 0 ? -count : count }],
    ];
    for (const [place, report] of places) {
      const parse = () => parseReport(JSON.stringify(report));
      expect(parse, place).toThrow(expect.objectContaining({ code: "report-mismatch" }));
      expect(parse).toThrow(place);
    }
  },
);

test("a text that is no JSON is refused", () => {
  expect(() => parseReport(formatReport(whole).slice(0, 100))).toThrow(
    expect.objectContaining({ code: "report-mismatch", hint: expect.stringContaining("--json") }),
  );
});

test("coverage by target and law adds up to the summary", () => {
  const rows = coverageRows(whole);
  expect(rows.map(({ target, name }) => `${target} ${name}`)).toEqual([
    "avr16 READ-01",
    "avr16 STOP-01",
    "rp2040 READ-01",
    "rp2040 STOP-01",
  ]);
  const summary = summarize(whole);
  for (const name of ["cases", "points", "schedules", "pruned", "runs", "findings"] as const) {
    expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(summary[name]);
    const byName = coverageRows(whole, "name").reduce((sum, row) => sum + row[name], 0);
    expect(byName).toBe(summary[name]);
  }
  expect(coverageTable(whole)).toHaveLength(3);
  expect(coverageTable(whole)[0]).toMatch(/^ +cases +points +schedules +pruned +bound +findings$/);
  const markdown = coverageMarkdown(whole);
  expect(markdown.match(/^## /gm)).toHaveLength(2);
  expect(markdown.match(/^\| (READ|STOP)-01 \|( [\d ]+ \|){6}$/gm)).toHaveLength(4);
});

test("a search that searched no bound whole says −1, and no other number below 0", () => {
  const ended = covered(whole, { bound: -1 });
  expect(parseReport(JSON.stringify(ended))).toEqual(ended);
  expect(() => parseReport(JSON.stringify(covered(whole, { bound: -2 })))).toThrow(
    "units[0].coverage.bound is -2",
  );
});
