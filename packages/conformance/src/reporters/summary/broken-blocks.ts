import { counted, timelineText, traceTimeline } from "@escapement/timeline";
import type { BoardReport, LawResult } from "../../report.js";
import { type CommandFor, failureProgram, failureTimeline } from "../failure.js";
import type { Styler } from "../styler.js";
import { terminalGlyphs } from "../terminal-parts.js";
import { type BrokenLaw, findingLines } from "./folded.js";

/** Broken laws that are drawn; the rest have a line each. */
const drawnMax = 5;

/** Of those, lines; the rest are counted. */
const namedMax = 20;

/** Lines of a drawing. */
const linesMax = 16;

/** How broken laws are shown. */
export interface BrokenOptions {
  /** Columns to keep within. */
  readonly columns: number;
  /** Gives text its looks. */
  readonly styler: Styler;
  /** The command that shows a broken law again. */
  readonly commandFor?: CommandFor | undefined;
  /** The reports as they were given: those that are printed have no traces. */
  readonly given: readonly BoardReport[];
}

/** The first broken laws with what was found and the iteration that shows it, the rest a line each. */
export function brokenBlocks(laws: readonly BrokenLaw[], options: BrokenOptions): string[][] {
  const drawn = laws.slice(0, drawnMax).map((law) => lawBlock(law, options));
  const rest = laws.slice(drawnMax);
  return rest.length === 0 ? drawn : [...drawn, restBlock(rest, options)];
}

function lawBlock(law: BrokenLaw, options: BrokenOptions): string[] {
  const { styler, commandFor } = options;
  const { result, reports } = law;
  const [first] = reports;
  const title = `${terminalGlyphs.fail} ${result.id} fails on ${boardsText(law)}`;
  const command = commandFor?.(first.board, result.id, result.failedProgram?.origin);
  return [
    styler("fail", title),
    `  law: ${result.statement}`,
    // A random program comes with all that was found.
    ...(result.failedProgram === undefined ? findingLines(result).map((line) => `  ${line}`) : []),
    ...drawing(first, result, options).map((line) => `  ${line}`),
    ...(command === undefined ? [] : [`  again: ${command}`]),
  ];
}

/** All boards while they are few. */
function boardsText({ reports }: BrokenLaw): string {
  const names = reports.map(({ board }) => board);
  if (names.length <= 3) return names.join(", ");
  return `${names[0]} and ${counted(names.length - 1, "more board")}`;
}

function drawing(
  report: BoardReport,
  result: LawResult,
  { columns, styler, given }: BrokenOptions,
): readonly string[] {
  if (result.failedProgram !== undefined) return failureProgram(report, result);
  const kept = given
    .find(({ board }) => board === report.board)
    ?.laws.find(({ id }) => id === result.id)?.iteration;
  if (kept === undefined || report.description === undefined) {
    return failureTimeline(report, result).map((line) => styler("quiet", line));
  }
  const named = new Set((result.findings ?? []).flatMap(({ record }) => record ?? []));
  const highlight = kept.indices.flatMap((index, place) => (named.has(index) ? [place] : []));
  const which =
    kept.count === 1 ? "" : `, iteration ${kept.number} of ${kept.count}: variable ${kept.value}`;
  const timeline = traceTimeline({
    title: `${result.id} on ${report.board}${which}`,
    records: kept.records,
    frequencyHz: report.description.frequencyHz,
    highlight,
  });
  return timelineText(timeline, {
    width: columns - 2,
    linesMax,
    styler: (look, text) => (look === "move" || look === "plain" ? text : styler(look, text)),
  });
}

function restBlock(laws: readonly BrokenLaw[], { styler, commandFor }: BrokenOptions): string[] {
  const [first] = laws;
  const width = Math.max(...laws.map(({ result }) => result.id.length));
  const lines = laws.slice(0, namedMax).map(({ result, reports }) => {
    const where = reports.length === 1 ? reports[0].board : counted(reports.length, "board");
    return `  ${result.id.padEnd(width)}  ${result.title} (${where})`;
  });
  const more = laws.length - lines.length;
  const onFirst = laws.filter(({ reports }) => reports[0].board === first?.reports[0].board);
  const ids = onFirst.map(({ result }) => result.id).join(",");
  const command = first === undefined ? undefined : commandFor?.(first.reports[0].board, ids);
  return [
    styler("fail", `${terminalGlyphs.fail} ${counted(laws.length, "more law")} fail:`),
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(command === undefined ? [] : [`  again: ${command}`]),
  ];
}
