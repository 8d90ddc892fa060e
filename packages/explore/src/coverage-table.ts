import { cleanLine, markdownText } from "@escapement/scenario";
import { grouped } from "@escapement/timeline";
import { type CoverageRow, coverageRows, summarize } from "./coverage.js";
import { randomCaseName } from "./random-case.js";
import type { ExploreReport } from "./report.js";

const columns = ["cases", "points", "schedules", "pruned", "bound", "findings"] as const;

/**
 * Writes what was searched as Markdown: a table for each target, a row for each law.
 *
 * Ends with a newline.
 */
export function coverageMarkdown(report: ExploreReport): string {
  const rows = coverageRows(report);
  const targets = [...new Set(rows.map(({ target }) => target))];
  const blocks = targets.map((target) =>
    [
      `## ${markdownText(target)}`,
      "",
      `| law | ${columns.join(" | ")} |`,
      `| --- |${" ---: |".repeat(columns.length)}`,
      ...rows
        .filter((row) => row.target === target)
        .map(
          (row) =>
            `| ${markdownText(row.name)} | ${columns.map((name) => cell(row, name)).join(" | ")} |`,
        ),
    ].join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}

const ofLaws = `Every law on every simulated chip, with the interrupt at every place within the bound: \`escapement explore
--all --coverage docs/coverage.md\` writes this page again, and CI compares it. A *case* is a law with one
value of its sweep`;

const ofModule = ({
  name,
  command,
}: CoveredModule) => `The laws on the timer HAL of ${markdownText(name)}, with the interrupt at every place within the bound: \`${command}\`
writes this page again. A *case* is a law with one value of its sweep`;

const ofPrograms = `Random programs, with the interrupt at every place within the bound, judged by the whole contract. A *case* is the
program of one seed`;

/** A HAL of the user's that was searched. */
export interface CoveredModule {
  /** What the page calls it. */
  readonly name: string;
  /** The command that writes the page again. */
  readonly command: string;
}

/**
 * Writes a page of what was searched: what the columns mean, the totals, a table for each target.
 * The same search gives the same page; how long it took is not on it.
 *
 * @param module - the HAL, where it is not Escapement's own in TypeScript
 */
export function coveragePage(report: ExploreReport, module?: CoveredModule): string {
  const { cases, points, schedules, pruned, findings, errors, bound, maskedPoints } =
    summarize(report);
  const races = report.units.flatMap((unit) => unit.findings).filter(({ kind }) => kind === "race");
  const atomic = [...new Set(report.units.flatMap(({ coverage }) => coverage.atomic))].sort();
  const isRandom = report.units.every(({ name }) => name === randomCaseName);
  const lawsOf = module === undefined ? ofLaws : ofModule(module);
  const what = isRandom && report.units.length > 0 ? ofPrograms : lawsOf;
  return `# What the search covered

${what}; a *point*, an access to the port or to shared state, or a record of the trace, in the
plain run; a *schedule*, a way in which events fall between the points, with at most *bound* moves;
*pruned*, those that are equivalent to one that was run.

${grouped(cases)} cases, ${grouped(points)} points, ${grouped(schedules)} schedules within bound ${bound}, ${grouped(pruned)} pruned: ${findings} findings,
${races.length} unprotected conflicting accesses, ${errors} errors. Interrupts were masked for ${grouped(maskedPoints)} points at most, handlers of
chips that mask while one runs included. Used by two contexts at once without a mask, as declared:
${atomic.length === 0 ? "nothing" : atomic.map(markdownText).join(", ")}.

${coverageMarkdown(report)}`;
}

/**
 * Writes what was searched for a terminal: a heading and a row for each law, of all targets
 * together where there are several. Where a row would be wider than `width`, each law has its counts in words.
 */
export function coverageTable(
  report: ExploreReport,
  width = Number.POSITIVE_INFINITY,
): readonly string[] {
  const rows = coverageRows(report, "name");
  const cells = rows.map((row) => [cleanLine(row.name), ...columns.map((name) => cell(row, name))]);
  const all = [["", ...columns], ...cells];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  if (widths.reduce((sum, each) => sum + each + 2, -2) > width) {
    return ["what was searched", ...cells.map(inWords)];
  }
  return all.map((row) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function inWords([name = "", ...counts]: readonly string[]): string {
  return `${name}: ${columns.map((column, at) => `${column} ${counts[at]}`).join(", ")}`;
}

/** Thousands are parted by a space, which a column of numbers needs. */
function cell(row: CoverageRow, name: (typeof columns)[number]): string {
  if (name === "bound" && row.bound < 0) return "none";
  return grouped(row[name]);
}
