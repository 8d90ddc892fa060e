import { isCleanLine } from "@escapement/scenario";
import { expect, test } from "vitest";
import { parseMarkup } from "../../../timeline/test/markup.js";
import {
  generateProgram,
  htmlReport,
  junitReport,
  programSource,
  type RandomReport,
  randomHtmlReport,
  randomJsonReport,
  randomJunitReport,
  randomTerminal,
  ruleStatement,
  runConformance,
  terminalTable,
} from "../../src/index.js";
import { operationCount } from "../../src/random/program-edits.js";
import { forgetfulBoard, randomReports } from "./random-reports.js";

const reports = await randomReports();
const [wrong] = reports;
const commandFor = (board: string, origin: object): string =>
  `fuzz ${board} ${JSON.stringify(origin)}`;

const reporters = {
  terminal: (given: readonly RandomReport[]) => randomTerminal(given, { commandFor }),
  json: (given: readonly RandomReport[]) => randomJsonReport(given, { commandFor }),
  junit: (given: readonly RandomReport[]) => randomJunitReport(given, { commandFor }),
  html: (given: readonly RandomReport[]) => randomHtmlReport(given, { commandFor }),
};

test("there is a failure to show, shrunk", () => {
  expect(wrong?.failures.length).toBeGreaterThan(0);
  for (const { program, original } of wrong?.failures ?? []) {
    expect(operationCount(program)).toBeLessThan(operationCount(original));
  }
});

test.each(Object.keys(reporters))(
  "%s: a failure has its rule, both sides, the program, its trace and its command",
  (name) => {
    const text = reporters[name as keyof typeof reporters](reports);
    const plain = name === "html" || name === "junit" ? textOf(text) : text;
    for (const { violation, program, origin } of wrong?.failures ?? []) {
      const command = commandFor("sim:forgetful", origin);
      const lines = [
        ...[violation.rule, ruleStatement(violation.rule) ?? "?"],
        ...[violation.expected, violation.found, ...programSource(program).split("\n")],
        ...["iteration, variable = 0", command],
      ];
      for (const line of lines) {
        const wanted = name === "json" ? JSON.stringify(line).slice(1, -1) : line.trim();
        expect(plain).toContain(wanted);
      }
    }
  },
);

/** The text of markup, with its entities resolved, and that of its attributes. */
function textOf(markup: string): string {
  return markup
    .replace(/&#10;/g, "\n")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&amp;/g, "&");
}

test("terminal: failures, what ended early, a line for each board", () => {
  const text = reporters.terminal(reports);
  const [first] = wrong?.failures ?? [];
  expect(text).toMatch(/^✗ [A-Z]+-\d\d fails on sim:forgetful\n {2}rule: /);
  expect(text).toContain(
    `  program: ${operationCount(first?.program ?? empty)} operations, shrunk`,
  );
  expect(text).toContain(
    "! /dev/ttyACM0: disconnected: /dev/ttyACM0 went away <4>; seed 4 was in progress\n  hint: The cable?\n  The board's power?\n",
  );
  expect(text.trimEnd().split("\n").slice(-3)).toEqual([
    expect.stringMatching(
      /^sim:forgetful {2}\d+ programs: \d rules? broken, \d+ programs a second$/,
    ),
    "sim:rtc24      5 programs: no rule broken, 3 programs a second",
    "/dev/ttyACM0   3 programs, and 2 without room: no rule broken, ended early, 2 programs a second",
  ]);
});

const empty = { timers: [], interrupts: [], main: [] };

test("json: two runs of the same give the same bytes, and the program can be run from it", async () => {
  const text = reporters.json(reports);
  expect(reporters.json(await randomReports())).toBe(text);
  const { boards } = JSON.parse(text);
  expect(boards.map(({ board }: { board: string }) => board)).toEqual([
    "sim:forgetful",
    "sim:rtc24",
    "/dev/ttyACM0",
  ]);
  const [failure] = boards[0].failures;
  expect(failure.program).toEqual(wrong?.failures[0]?.program);
  expect(failure.first).toEqual(wrong?.failures[0]?.origin);
  expect(failure.operations.shrunk).toBeLessThan(failure.operations.original);
  expect(boards[2].stopped).toEqual({
    code: "disconnected",
    message: "/dev/ttyACM0 went away <4>",
  });
});

test("json: the program that a seed names is the original", () => {
  const [failure] = wrong?.failures ?? [];
  const { description } = wrong ?? {};
  if (failure === undefined || description === undefined || !("seed" in failure.origin)) {
    throw new Error("no failure of a seed");
  }
  expect(generateProgram(failure.origin.seed, description)).toEqual(failure.original);
});

test("junit: the run is a case, each broken rule another, and an early end is an error", () => {
  const xml = reporters.junit(reports);
  const suites = parseMarkup(xml.slice(xml.indexOf("<testsuites>")));
  expect(suites).toBeDefined();
  const counts = [...xml.matchAll(/tests="(\d+)" failures="(\d+)" errors="(\d+)"/g)];
  const failures = wrong?.failures.length ?? 0;
  expect(counts.map(([, ...each]) => each.map(Number))).toEqual([
    [failures + 1, failures, 0],
    [1, 0, 0],
    [1, 0, 1],
  ]);
});

test("html: the page is well formed, draws each failure and runs no script but its own", () => {
  const html = reporters.html(reports);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html.match(/<svg/g)).toHaveLength(wrong?.failures.length ?? 0);
  for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) {
    expect(html).toContain(`id="${anchor}"`);
  }
});

test("a law of random programs shows the program in every report of conform", async () => {
  const report = await runConformance(forgetfulBoard(), { only: ["ANY-02"], keepTraces: "all" });
  const failure = report.laws[0]?.failedProgram;
  if (failure === undefined) throw new Error("no failed program");
  const shown = [
    terminalTable([report]),
    textOf(junitReport([report])),
    textOf(htmlReport([report])),
  ];
  const lines = programSource(failure.program).split("\n");
  for (const text of shown) {
    for (const line of [...lines, ruleStatement(failure.violation.rule) ?? "?"]) {
      expect(text).toContain(line.trim());
    }
    expect(text).toContain(failure.violation.found);
  }
  expect(htmlReport([report]).match(/<svg/g)?.length).toBeGreaterThan(0);
});

/** A report in which every text that a board can give ends in this. */
function hostile(suffix: string): readonly RandomReport[] {
  // What decides how a program or a record is written is ours.
  const ours = /^(kind|op|mode|dispatch|overrun|late|rule|code)$/;
  const spoil = (value: unknown, name: string): unknown => {
    if (typeof value === "string") return ours.test(name) ? value : value + suffix;
    if (Array.isArray(value)) return value.map((member) => spoil(member, name));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoil(each, key)]));
  };
  return spoil(reports, "") as readonly RandomReport[];
}

test.each(Object.keys(reporters))("%s: hostile text of a board steers nobody", (name) => {
  for (const suffix of [
    "\u001b[2J\u009b31m",
    "\u202e\u2066\u2028",
    "<script>\"'&]]>",
    "\n0 laws",
  ]) {
    const text = reporters[name as keyof typeof reporters](hostile(suffix));
    expect(text.split("\n").filter((line) => !isCleanLine(line))).toEqual([]);
    if (name === "html") expect(text.match(/<script/g)).toHaveLength(1);
    if (name === "terminal") expect(text).not.toMatch(/^0 laws/m);
  }
});
