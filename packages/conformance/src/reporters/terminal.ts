import { counted } from "@escapement/timeline";
import type { Verdict } from "../law.js";
import type { BoardReport, LawResult } from "../report.js";
import { cleanReport } from "./clean-report.js";
import { differsLines } from "./differs.js";
import {
  type CommandFor,
  failureLine,
  failureProgram,
  failureTimeline,
  resultsOf,
} from "./failure.js";
import { plainStyler, type Styler } from "./styler.js";

/** How the table is to look. */
export interface TerminalOptions {
  /** Columns to keep within, by cutting titles or leaving them out; 100 when absent. */
  readonly columns?: number;
  /** Gives text its looks; plain when absent. */
  readonly styler?: Styler;
  /** The command that shows a broken law again, under it. */
  readonly commandFor?: CommandFor;
}

const glyphs: Record<Verdict, string> = { pass: "✓", fail: "✗", skip: "-", error: "!" };

/** A cell is a glyph, a space and the longest word, `error`. */
const cellWidth = 7;

/** With less room than this for titles, ids must do. */
const titleMin = 12;

/** Failures and errors shown in full; the rest are counted. */
const shownMax = 20;

/**
 * Writes reports as a table for a terminal: a row for each law that was tried and a column for each
 * board, then what boards state otherwise than the contract, what was skipped and why, then each broken law with its timeline and the command that
 * shows it again, then a row of counts for each board.
 *
 * Pure. Ends with a newline.
 */
export function terminalTable(
  given: readonly BoardReport[],
  options: TerminalOptions = {},
): string {
  const reports = given.map(cleanReport);
  const styler = options.styler ?? plainStyler;
  const blocks = [
    ...diagnosisBlocks(reports, styler),
    lawTable(reports, options.columns ?? 100, styler),
    ...differsBlocks(reports, styler),
    skipLines(reports, styler),
    ...failureBlocks(reports, styler, options),
    errorLines(reports, styler),
    boardTable(reports, styler),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** What boards state otherwise stands once, and not with each law that is skipped for it. */
function differsBlocks(reports: readonly BoardReport[], styler: Styler): string[][] {
  return reports.map((report) => {
    const [title, ...rows] = differsLines(report);
    return title === undefined ? [] : [styler("title", title), ...rows];
  });
}

/** What broke many laws comes before them. */
function diagnosisBlocks(reports: readonly BoardReport[], styler: Styler): string[][] {
  return reports.flatMap(({ board, diagnosis }) => {
    if (diagnosis === undefined) return [];
    const { message, hint, laws } = diagnosis;
    const which = laws.length > 6 ? counted(laws.length, "law") : laws.join(", ");
    return [
      [
        styler("fail", `${glyphs.fail} ${board}: ${message}`),
        `  It explains ${which}.`,
        `  hint: ${hint}`,
      ],
    ];
  });
}

function lawTable(reports: readonly BoardReport[], columns: number, styler: Styler): string[] {
  const tried = new Set(reports.flatMap(triedLaws));
  const rows = reports
    .reduce<readonly LawResult[]>(
      (longest, { laws }) => (laws.length > longest.length ? laws : longest),
      [],
    )
    .filter(({ id }) => tried.has(id));
  if (rows.length === 0) return ["No laws were run."];
  const headings = reports.map(({ board }) => splitName(board));
  const widths = headings.map(([top, name]) => Math.max(top.length, name.length, cellWidth));
  const idWidth = Math.max(...rows.map(({ id }) => id.length));
  const cells = widths.reduce((sum, width) => sum + width + 2, 0);
  const room = columns - idWidth - 2 - cells;
  const longest = Math.max(...rows.map(({ title }) => title.length));
  const titleWidth = room < titleMin ? 0 : Math.min(room, longest);
  const indent = " ".repeat(titleWidth === 0 ? idWidth : idWidth + 2 + titleWidth);
  const lines: string[] = [];
  for (const part of [0, 1] as const) {
    const line = headings.map((heading, board) => `  ${heading[part].padEnd(widths[board] ?? 0)}`);
    if (line.some((cell) => cell.trim() !== "")) {
      lines.push(styler("title", `${indent}${line.join("")}`.trimEnd()));
    }
  }
  const byId = reports.map(({ laws }) => new Map(laws.map((law) => [law.id, law])));
  for (const { id, title } of rows) {
    const line = byId.map((laws, board) => cell(laws.get(id), widths[board] ?? 0, styler));
    const shown = titleWidth === 0 ? "" : `  ${cut(title, titleWidth).padEnd(titleWidth)}`;
    const name = `${id.padEnd(idWidth)}${shown}`;
    lines.push(`${name}${line.join("")}`.trimEnd());
  }
  return lines;
}

/** Laws that were asked of a board at all; the rest of a lost board's laws would be rows of one word. */
function triedLaws({ laws, description }: BoardReport): readonly string[] {
  if (description === undefined) return [];
  return laws.filter(({ code }) => code !== "not-run").map(({ id }) => id);
}

/** `sim:avr16` is written in two lines, so that a column is no wider than its profile's name. */
function splitName(board: string): readonly [string, string] {
  const colon = board.indexOf(":");
  return colon > 0 && !board.includes("/")
    ? [board.slice(0, colon + 1), board.slice(colon + 1)]
    : ["", board];
}

function cell(result: LawResult | undefined, width: number, styler: Styler): string {
  if (result === undefined) return " ".repeat(width + 2);
  const { verdict } = result;
  const text = `${glyphs[verdict]} ${verdict}`;
  return `  ${styler(verdict, text)}${" ".repeat(Math.max(0, width - text.length))}`;
}

function skipLines(reports: readonly BoardReport[], styler: Styler): string[] {
  const groups = new Map<string, string[]>();
  for (const { report, result } of resultsOf(reports, "skip")) {
    const key = `${report.board} ${result.reason ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result.id]);
    else group.push(result.id);
  }
  return [...groups].map(([key, ids]) => styler("skip", `- skip ${key}: ${ids.join(", ")}`));
}

function failureBlocks(
  reports: readonly BoardReport[],
  styler: Styler,
  options: TerminalOptions,
): string[][] {
  const failures = resultsOf(reports, "fail").filter(
    ({ report, result }) => !isExplained(report, result),
  );
  const blocks = failures.slice(0, shownMax).map(({ report, result }) => {
    const command = options.commandFor?.(report.board, result.id, result.failedProgram?.origin);
    return [
      styler("fail", `${glyphs.fail} ${failureLine(report, result)}`),
      `  law: ${result.statement}`,
      ...failureProgram(report, result).map((line) => `  ${line}`),
      ...failureTimeline(report, result).map((line) => styler("quiet", `    ${line}`)),
      ...(command === undefined ? [] : [`  again: ${command}`]),
    ];
  });
  const rest = failures.length - blocks.length;
  if (rest > 0) blocks.push([styler("fail", `and ${counted(rest, "more broken law")}`)]);
  return blocks;
}

/** What a difference explains is said once, above the table. */
function isExplained({ diagnosis }: BoardReport, { id }: LawResult): boolean {
  return diagnosis?.kind === "differs" && diagnosis.laws.includes(id);
}

/** One line for laws of one board that share a reason: a lost board says it once. */
function errorLines(reports: readonly BoardReport[], styler: Styler): string[] {
  const groups = new Map<string, { ids: string[]; board: string; result: LawResult }>();
  for (const { report, result } of resultsOf(reports, "error")) {
    const key = `${report.board} ${result.reason ?? ""}`;
    const group = groups.get(key);
    if (group !== undefined) group.ids.push(result.id);
    else groups.set(key, { ids: [result.id], board: report.board, result });
  }
  return [...groups.values()].slice(0, shownMax).flatMap(({ ids, board, result }) => {
    const which = ids.length > 3 ? `${ids.length} laws` : ids.join(", ");
    const line = `${glyphs.error} ${board}: ${which}: ${result.reason ?? ""}`;
    const hint = result.hint === undefined || result.hint === "" ? [] : [`  hint: ${result.hint}`];
    return [styler("error", line), ...hint];
  });
}

function boardTable(reports: readonly BoardReport[], styler: Styler): string[] {
  const width = Math.max(0, ...reports.map(({ board }) => board.length));
  return reports.map(({ board, laws, summary }) => {
    const counts = (["pass", "fail", "skip", "error"] as const).map((verdict) => {
      const count = summary[verdict];
      const text = `${String(count).padStart(3)} ${verdict}`;
      return styler(count === 0 && verdict !== "pass" ? "quiet" : verdict, text);
    });
    return `${styler("title", board.padEnd(width))}  ${counted(laws.length, "law")}: ${counts.join(" ")}`;
  });
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
