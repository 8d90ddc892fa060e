import { counted, wrapText } from "@escapement/timeline";
import type { BoardReport, LawResult } from "../report.js";
import { cleanReport } from "./clean-report.js";
import {
  type CommandFor,
  failureLine,
  failureProgram,
  failureTimeline,
  isExplained,
  resultsOf,
} from "./failure.js";
import { plainStyler, type Styler } from "./styler.js";
import {
  boardHeadings,
  boardTable,
  diagnosisBlocks,
  differsBlocks,
  errorLines,
  terminalGlyphs as glyphs,
  joinBlocks,
  skipLines,
  splitName,
} from "./terminal-parts.js";

/** How the table is to look. */
export interface TerminalOptions {
  /** Columns to keep within, by breaking titles into lines or leaving them out; 100 when absent. */
  readonly columns?: number;
  /** Gives text its looks; plain when absent. */
  readonly styler?: Styler;
  /** The command that shows a broken law again, under it. */
  readonly commandFor?: CommandFor;
}

/** A cell is a glyph, a space and the longest word, `error`. */
const cellWidth = 7;

/** With less room than this for titles, ids must do. */
const titleMin = 12;

/** Failures shown in full; the rest are counted. */
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
    ...lawTables(reports, options.columns ?? 100, styler),
    ...differsBlocks(reports, styler),
    skipLines(reports, styler),
    ...failureBlocks(reports, styler, options),
    errorLines(reports, styler),
    boardTable(reports, styler, options.columns ?? 100),
  ];
  return joinBlocks(blocks);
}

/** As many tables as it takes, each of the boards that fit side by side. */
function lawTables(reports: readonly BoardReport[], columns: number, styler: Styler): string[][] {
  const idWidth = Math.max(0, ...reports.flatMap(({ laws }) => laws.map(({ id }) => id.length)));
  const parts: BoardReport[][] = [];
  let room = 0;
  for (const report of reports) {
    const [top, name] = splitName(report.board);
    const width = Math.max(top.length, name.length, cellWidth) + 2;
    room -= width;
    const last = parts.at(-1);
    if (last !== undefined && room >= 0) last.push(report);
    else {
      parts.push([report]);
      room = columns - idWidth - width;
    }
  }
  if (parts.length === 0) return [["No laws were run."]];
  return parts.map((part) => lawTable(part, columns, styler));
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
  const indent = titleWidth === 0 ? idWidth : idWidth + 2 + titleWidth;
  const lines = boardHeadings(reports, { indent, widths, styler });
  const byId = reports.map(({ laws }) => new Map(laws.map((law) => [law.id, law])));
  for (const { id, title } of rows) {
    const line = byId.map((laws, board) => cell(laws.get(id), widths[board] ?? 0, styler));
    const [first = "", ...more] = titleWidth === 0 ? [] : wrapText(title, titleWidth);
    const shown = titleWidth === 0 ? "" : `  ${first.padEnd(titleWidth)}`;
    lines.push(`${id.padEnd(idWidth)}${shown}${line.join("")}`.trimEnd());
    lines.push(...more.map((part) => `${" ".repeat(idWidth + 2)}${part}`));
  }
  return lines;
}

/** Laws that were asked of a board at all; the rest of a lost board's laws would be rows of one word. */
function triedLaws({ laws, description }: BoardReport): readonly string[] {
  if (description === undefined) return [];
  return laws.filter(({ code }) => code !== "not-run").map(({ id }) => id);
}

function cell(result: LawResult | undefined, width: number, styler: Styler): string {
  if (result === undefined) return " ".repeat(width + 2);
  const { verdict } = result;
  const text = `${glyphs[verdict]} ${verdict}`;
  return `  ${styler(verdict, text)}${" ".repeat(Math.max(0, width - text.length))}`;
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
