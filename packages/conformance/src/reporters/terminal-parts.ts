import { counted } from "@escapement/timeline";
import type { Verdict } from "../law.js";
import type { BoardReport, LawResult } from "../report.js";
import { differsLines } from "./differs.js";
import { resultsOf } from "./failure.js";
import type { Styler } from "./styler.js";

/** A sign for each verdict, as a terminal has it. */
export const terminalGlyphs: Record<Verdict, string> = {
  pass: "✓",
  fail: "✗",
  skip: "-",
  error: "!",
};

/** The verdicts in the order of every sum. */
export const verdictOrder = ["pass", "fail", "skip", "error"] as const satisfies readonly Verdict[];

/** Errors shown in full; the rest are counted. */
const errorsMax = 20;

/** Laws that a diagnosis names; more are counted. */
const namedMax = 6;

/** What broke many laws of a board, before anything else. */
export function diagnosisBlocks(reports: readonly BoardReport[], styler: Styler): string[][] {
  return reports.flatMap(({ board, diagnosis }) => {
    if (diagnosis === undefined) return [];
    const { message, hint, laws } = diagnosis;
    const which = laws.length > namedMax ? counted(laws.length, "law") : laws.join(", ");
    return [
      [
        styler("fail", `${terminalGlyphs.fail} ${board}: ${message}`),
        `  It explains ${which}.`,
        `  hint: ${hint}`,
      ],
    ];
  });
}

/** What boards state otherwise stands once, and not with each law that is skipped for it. */
export function differsBlocks(reports: readonly BoardReport[], styler: Styler): string[][] {
  return reports.map((report) => {
    const [title, ...rows] = differsLines(report);
    return title === undefined ? [] : [styler("title", title), ...rows];
  });
}

/** A line for each reason to skip laws, with the boards that have it. */
export function skipLines(reports: readonly BoardReport[], styler: Styler): string[] {
  const byBoard = new Map<string, { board: string; reason: string; ids: string[] }>();
  for (const { report, result } of resultsOf(reports, "skip")) {
    const reason = result.reason ?? "";
    const key = `${report.board} ${reason}`;
    const known = byBoard.get(key);
    if (known === undefined) byBoard.set(key, { board: report.board, reason, ids: [result.id] });
    else known.ids.push(result.id);
  }
  const groups = new Map<string, { reason: string; ids: string; boards: string[] }>();
  for (const { board, reason, ids } of byBoard.values()) {
    const named = ids.join(", ");
    const key = `${reason} ${named}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { reason, ids: named, boards: [board] });
    else known.boards.push(board);
  }
  return [...groups.values()].map(({ reason, ids, boards }) =>
    styler("skip", `${terminalGlyphs.skip} skip ${ids} on ${boards.join(", ")}: ${reason}`),
  );
}

/** One line for laws of one board that share a reason: a lost board says it once. */
export function errorLines(reports: readonly BoardReport[], styler: Styler): string[] {
  const groups = new Map<string, { ids: string[]; board: string; result: LawResult }>();
  for (const { report, result } of resultsOf(reports, "error")) {
    const key = `${report.board} ${result.reason ?? ""}`;
    const group = groups.get(key);
    if (group !== undefined) group.ids.push(result.id);
    else groups.set(key, { ids: [result.id], board: report.board, result });
  }
  return [...groups.values()].slice(0, errorsMax).flatMap(({ ids, board, result }) => {
    const which = ids.length > 3 ? `${ids.length} laws` : ids.join(", ");
    const line = `${terminalGlyphs.error} ${board}: ${which}: ${result.reason ?? ""}`;
    const hint = result.hint === undefined || result.hint === "" ? [] : [`  hint: ${result.hint}`];
    return [styler("error", line), ...hint];
  });
}

/** `sim:avr16` is written in two lines, so that a column is no wider than its profile's name. */
export function splitName(board: string): readonly [string, string] {
  const colon = board.indexOf(":");
  return colon > 0 && !board.includes("/")
    ? [board.slice(0, colon + 1), board.slice(colon + 1)]
    : ["", board];
}

/** The names of boards over their columns, in one line or two; empty lines are left out. */
export function boardHeadings(
  reports: readonly BoardReport[],
  {
    indent,
    widths,
    styler,
  }: {
    readonly indent: number;
    readonly widths: readonly number[];
    readonly styler: Styler;
  },
): string[] {
  const headings = reports.map(({ board }) => splitName(board));
  return ([0, 1] as const).flatMap((part) => {
    const line = headings.map((heading, board) => `  ${heading[part].padEnd(widths[board] ?? 0)}`);
    if (line.every((cell) => cell.trim() === "")) return [];
    return [styler("title", `${" ".repeat(indent)}${line.join("")}`.trimEnd())];
  });
}

/** What the counts of a board take, each at its widest. */
const countsWidth = 40;

/** A row of counts for each board; two lines where a row does not fit. */
export function boardTable(
  reports: readonly BoardReport[],
  styler: Styler,
  columns: number,
): string[] {
  const width = Math.max(0, ...reports.map(({ board }) => board.length));
  return reports.flatMap(({ board, laws, summary }) => {
    const counts = verdictOrder.map((verdict) => {
      const count = summary[verdict];
      const text = `${String(count).padStart(3)} ${verdict}`;
      return styler(count === 0 && verdict !== "pass" ? "quiet" : verdict, text);
    });
    const all = counted(laws.length, "law");
    const isNarrow = width + 2 + all.length + 2 + countsWidth > columns;
    return isNarrow
      ? [`${styler("title", board)}  ${all}:`, ` ${counts.join(" ")}`]
      : [`${styler("title", board.padEnd(width))}  ${all}: ${counts.join(" ")}`];
  });
}

/** Blocks of lines with an empty line between them; ends with a newline. */
export function joinBlocks(blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}
