import { cleanLine, cleanText } from "@escapement/scenario";
import type { BoardReport } from "../report.js";

/**
 * A report as it may be printed. Names, codes, returns and messages come from a board or from somebody's
 * module: every text in it becomes one line in which nothing steers the terminal. Hints keep their lines.
 * The traces that are kept for drawings are left out.
 */
export function cleanReport(report: BoardReport): BoardReport {
  const laws = report.laws.map(({ hint, iteration: _, lateness: __, ...law }) => ({
    ...cleaned(law),
    ...(hint === undefined ? {} : { hint: cleanText(hint).replaceAll("\n", "\n  ") }),
  }));
  return { ...cleaned({ ...report, laws: [] }), laws };
}

/** A copy of plain data with every text cleaned. */
export function cleaned<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value === "string") return cleanLine(value);
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyOf(member)]));
}
