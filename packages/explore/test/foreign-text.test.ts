import { isCleanLine } from "@escapement/scenario";
import { expect, test } from "vitest";
import {
  coverageMarkdown,
  coveragePage,
  coverageTable,
  type ExploreReport,
  explore,
  formatReport,
  parseReport,
  replayHtml,
} from "../src/index.js";
import { fewJobs } from "./jobs.js";

const whole = await explore(fewJobs(), { limits: { bound: 1 } });

const suffixes = [
  "\u001b[2J\u001b]0;PWNED\u0007",
  "\u009b31m\u007f\u0000\r\n## heading",
  "\u202ereversed\u2066\u2069\u200f\u2028\u2029\ufeff",
  "<script>alert(1)</script>|`{{ 1 + 1 }}`|[a](http://b)",
];

/** A report of a shard as somebody hostile would write it. */
function hostile(suffix: string): ExploreReport {
  const units = whole.units.map((unit) => ({
    ...unit,
    target: unit.target + suffix,
    name: unit.name + suffix,
    coverage: { ...unit.coverage, atomic: [`cell${suffix}`] },
  }));
  return { ...whole, units };
}

const writers = {
  coverageMarkdown,
  coveragePage,
  coverageTable: (report: ExploreReport) => coverageTable(report).join("\n"),
  formatReport,
  replayHtml: (report: ExploreReport) => replayHtml([], { report }),
};

test.each(
  Object.keys(writers).flatMap((name) => suffixes.map((suffix, at) => [name, at, suffix] as const)),
)("%s: a report with hostile text %i steers nobody", (name, _at, suffix) => {
  const report = hostile(suffix);
  const text = writers[name as keyof typeof writers](report);
  expect(text.split("\n").filter((line) => !isCleanLine(line))).toEqual([]);
  if (name === "formatReport") expect(parseReport(text)).toEqual(report);
  else if (name !== "replayHtml") expect(text).not.toMatch(/^## heading/m);
  if (name.startsWith("coverageM") || name === "coveragePage") {
    expect(text).not.toMatch(/<script>|\{\{|\|`|\]\(/);
    const [, row = ""] = /^(\| READ-01.*)$/m.exec(text) ?? [];
    expect(row.split("|")).toHaveLength(9);
  }
  // The page has one script of its own, the filter.
  if (name === "replayHtml") {
    expect(text.match(/<script\b/gi)).toHaveLength(1);
    expect(text).not.toContain("<script>alert");
  }
});
