import { type CoverageRow, coverageRows } from "./coverage.js";
import type { ExploreReport } from "./report.js";

const columns = ["cases", "points", "schedules", "pruned", "bound", "findings"] as const;

/**
 * Writes what was gone through as Markdown: a table for each target, a row for each law.
 *
 * Ends with a newline.
 */
export function coverageMarkdown(report: ExploreReport): string {
  const rows = coverageRows(report);
  const targets = [...new Set(rows.map(({ target }) => target))];
  const blocks = targets.map((target) =>
    [
      `## ${target}`,
      "",
      `| law | ${columns.join(" | ")} |`,
      `| --- |${" ---: |".repeat(columns.length)}`,
      ...rows
        .filter((row) => row.target === target)
        .map((row) => `| ${row.name} | ${columns.map((name) => cell(row, name)).join(" | ")} |`),
    ].join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}

/**
 * Writes what was gone through for a terminal: a heading and a row for each law, of all targets
 * together where there are several.
 */
export function coverageTable(report: ExploreReport): readonly string[] {
  const rows = coverageRows(report, "name");
  const cells = rows.map((row) => [row.name, ...columns.map((name) => cell(row, name))]);
  const all = [["", ...columns], ...cells];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** Thousands are parted by a space, which a column of numbers needs. */
function cell(row: CoverageRow, name: (typeof columns)[number]): string {
  if (name === "bound" && row.bound < 0) return "none";
  return grouped(row[name]);
}

/** A whole number with its thousands parted by spaces. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, " ");
}
