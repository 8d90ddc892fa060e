import { isCleanLine } from "@escapement/scenario";
import { expect, test } from "vitest";
import { parseMarkup } from "../../../timeline/test/markup.js";
import {
  type BoardReport,
  htmlReport,
  jsonReport,
  junitReport,
  terminalTable,
} from "../../src/index.js";
import { exampleReports } from "./reports.js";

const base = await exampleReports();

/** Members whose texts decide what is drawn; they are ours. */
const ours = new Set(["id", "verdict", "kind", "op"]);

/** A report in which every text that a board or a module can give ends in this. */
function hostileReports(suffix: string): readonly BoardReport[] {
  const spoil = (value: unknown, name: string): unknown => {
    if (typeof value === "string") return ours.has(name) ? value : value + suffix;
    if (Array.isArray(value)) return value.map((member) => spoil(member, name));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoil(each, key)]));
  };
  return spoil(base, "") as readonly BoardReport[];
}

const commandFor = (board: string, law: string): string => `conform ${board} --only ${law}`;

const reporters = {
  terminal: (reports: readonly BoardReport[]) => terminalTable(reports, { commandFor }),
  json: jsonReport,
  junit: (reports: readonly BoardReport[]) => junitReport(reports, { hostname: "h\u001b\u202e" }),
  html: (reports: readonly BoardReport[]) =>
    htmlReport(reports, { commandFor, title: "t\u001b[2J<i>" }),
} as const;

const suffixes = [
  "\u001b[2J\u001b]0;PWNED\u0007",
  "\u009b31m\u007f\u0000\r",
  "\u202ereversed\u2066\u2069\u200f\u2028\u2029\ufeff",
  "\ud800<script>alert(1)</script>\"'&]]>",
  "\n0 laws: all is well",
];

test.each(
  Object.keys(reporters).flatMap((name) =>
    suffixes.map((suffix, at) => [name, at, suffix] as const),
  ),
)("%s: a board whose every text ends in hostile text %i steers nobody", (name, _at, suffix) => {
  const text = reporters[name as keyof typeof reporters](hostileReports(suffix));
  expect(text.split("\n").filter((line) => !isCleanLine(line))).toEqual([]);
  if (name === "html") expect(text.match(/<script>/g)).toHaveLength(1);
  if (name === "junit")
    expect(() => parseMarkup(text.slice(text.indexOf("<testsuites>")))).not.toThrow();
  if (name === "json") expect(JSON.parse(text).boards[0].board).toBe(`sim:avr16${suffix}`);
});

test("a line feed of a board's begins no line of the terminal's report", () => {
  const text = terminalTable(hostileReports("\n0 laws: all is well"), { commandFor });
  expect(text).not.toMatch(/^0 laws/m);
});
