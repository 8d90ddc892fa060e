import { counted, grouped } from "@escapement/timeline";
import type { RandomFailure, RandomReport } from "../../random/random-report.js";
import { differsLines } from "../differs.js";
import { plainStyler, type Styler } from "../styler.js";
import { cleanRandomReport } from "./clean-random.js";
import { failedProgramLines } from "./failed-program.js";
import { originText, type RandomCommandFor, ratePerSecond } from "./parts.js";

/** How the text is to look. */
export interface RandomTerminalOptions {
  /** Gives text its looks; plain when absent. */
  readonly styler?: Styler;
  /** The command that shows a failure again. */
  readonly commandFor?: RandomCommandFor;
}

/** Failures of one board shown in full; the rest are counted. */
const shownMax = 10;

/**
 * Writes reports of random programs for a terminal: each broken rule with the program that shows it, its
 * trace, and the command that shows it again; then what ended a run early; then a line for each board.
 *
 * Pure. Ends with a newline.
 */
export function randomTerminal(
  given: readonly RandomReport[],
  options: RandomTerminalOptions = {},
): string {
  const reports = given.map(cleanRandomReport);
  const styler = options.styler ?? plainStyler;
  const blocks = [
    ...reports.flatMap((report) => failureBlocks(report, styler, options.commandFor)),
    ...reports.map(differsLines).filter((lines) => lines.length > 0),
    ...reports.flatMap((report) => stoppedBlock(report, styler)),
    boardLines(reports, styler),
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function failureBlocks(
  report: RandomReport,
  styler: Styler,
  commandFor: RandomCommandFor | undefined,
): string[][] {
  const { board, failures } = report;
  const blocks = failures
    .slice(0, shownMax)
    .map((failure) => failureBlock(report, failure, styler, commandFor));
  const rest = failures.length - blocks.length;
  if (rest > 0) blocks.push([styler("fail", `and ${counted(rest, "more failure")} on ${board}`)]);
  return blocks;
}

function failureBlock(
  { board, description, programs }: RandomReport,
  failure: RandomFailure,
  styler: Styler,
  commandFor: RandomCommandFor | undefined,
): string[] {
  const command = commandFor?.(board, failure.origin);
  const lines = failedProgramLines(failure, {
    programs,
    ...(description && { frequencyHz: description.frequencyHz }),
    ...(command !== undefined && { command }),
  });
  return [
    styler("fail", `✗ ${failure.violation.rule} fails on ${board}`),
    ...lines.map((line) => `  ${line}`),
  ];
}

function stoppedBlock({ board, stopped }: RandomReport, styler: Styler): string[][] {
  if (stopped === undefined) return [];
  const { code, message, hint, origin } = stopped;
  const during = origin === undefined ? "" : `; ${originText(origin)} was in progress`;
  return [
    [
      styler("error", `! ${board}: ${code}: ${message}${during}`),
      ...(hint === "" ? [] : [`  hint: ${hint}`]),
    ],
  ];
}

function boardLines(reports: readonly RandomReport[], styler: Styler): string[] {
  const width = Math.max(0, ...reports.map(({ board }) => board.length));
  return reports.map((report) => {
    const { board, description, programs, noRoom = 0, failures, stopped } = report;
    if (description === undefined) return `${styler("title", board.padEnd(width))}  not opened`;
    const rules = new Set(failures.map(({ violation }) => violation.rule)).size;
    const broken = rules === 0 ? "no rule broken" : `${counted(rules, "rule")} broken`;
    const ended = stopped === undefined ? "" : `, ${styler("error", "ended early")}`;
    const rate = ratePerSecond(report);
    const room = noRoom === 0 ? "" : `, and ${grouped(noRoom)} without room`;
    return [
      `${styler("title", board.padEnd(width))}  `,
      `${counted(programs, "program")}${room}: ${styler(rules === 0 ? "pass" : "fail", broken)}${ended}`,
      rate === undefined ? "" : `, ${counted(rate, "program")} a second`,
    ].join("");
  });
}
