import { hostname } from "node:os";
import {
  type BoardReport,
  type CommandFor,
  htmlReport,
  jsonReport,
  junitReport,
  type RunFacts,
  sumLine,
  terminalSummary,
  terminalTable,
} from "@escapement/conformance";
import { thrownText } from "@escapement/scenario";
import { cliErrors } from "./cli-errors.js";
import type { CommandIo } from "./command-io.js";
import { timeText } from "./numbers.js";
import { stdoutName } from "./option.js";

/** Where the reports of a run go. */
export interface ReportOutputs {
  /** A file, `-` for stdout, or nowhere. */
  readonly json: string | undefined;
  /** A file or nowhere. */
  readonly junit: string | undefined;
  /** A file or nowhere. */
  readonly html: string | undefined;
  /** Whether every law has a row on the terminal. */
  readonly verbose: boolean;
  /** Whether what differs from run to run is left out. */
  readonly deterministic: boolean;
}

/** What the reports say besides the verdicts. */
export interface ReportFacts {
  /** What is known of the run. */
  readonly run: RunFacts;
  /** The command that shows one law on one board again. */
  readonly commandFor: CommandFor;
  /** What was done to the boards, for who reads it. */
  readonly heading: readonly string[];
}

/**
 * Makes the folder of the file that an option names, if it names one.
 *
 * @throws {@link CliError} `cannot-write` where there can be no such file.
 */
export function prepareOutput(io: CommandIo, file: string | undefined): void {
  if (file === undefined || file === stdoutName) return;
  attempt(file, () => io.prepareFile(file));
}

/**
 * Writes every report that was asked for; what a person reads goes to stdout unless JSON does, after the
 * files, so that its last line is the sum.
 */
export function writeReports(
  io: CommandIo,
  outputs: ReportOutputs,
  reports: readonly BoardReport[],
  kept: readonly BoardReport[],
  facts: ReportFacts,
): void {
  const { run, commandFor } = facts;
  const filed = outputs.deterministic ? kept.map(withoutTimes) : kept;
  if (outputs.json === stdoutName) io.stdout.writeData(jsonReport(filed, { run }));
  else writeOutput(io, outputs.json, () => jsonReport(filed, { run }));
  const facing = { run, ...hostOf(outputs) };
  writeOutput(io, outputs.junit, () => junitReport(filed, facing));
  writeOutput(io, outputs.html, () => htmlReport(filed, { commandFor, run }));
  if (outputs.json !== stdoutName) io.stdout.write(shownText(io, outputs, reports, facts));
}

/** The host of JUnit's suites, which differs from machine to machine. */
export function hostOf({ deterministic }: Pick<ReportOutputs, "deterministic">): {
  readonly hostname?: string;
} {
  return deterministic ? {} : { hostname: hostname() || "localhost" };
}

function withoutTimes(report: BoardReport): BoardReport {
  return { ...report, laws: report.laws.map((law) => ({ ...law, durationMs: 0 })) };
}

/** What a person reads of a run. */
function shownText(
  { stdout: { columns, style: styler } }: CommandIo,
  { json, junit, html, verbose }: ReportOutputs,
  reports: readonly BoardReport[],
  { commandFor, run: { seconds, seed }, heading }: ReportFacts,
): string {
  const ending = [
    ...(seconds === undefined ? [] : [`in ${timeText(seconds)}`]),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ].join(", ");
  const files = [json, junit, html].filter((file) => file !== undefined);
  const notes = files.length === 0 ? [] : [`wrote ${files.join(", ")}`];
  if (!verbose) {
    return terminalSummary(reports, { columns, styler, commandFor, heading, notes, ending });
  }
  const table = terminalTable(reports, { columns, styler, commandFor });
  const above = heading.length === 0 ? [] : [`${heading.join("\n")}\n`];
  return [
    ...above,
    table,
    ...notes.map((note) => `${note}\n`),
    `${sumLine(reports, styler, ending)}\n`,
  ].join("\n");
}

/**
 * Writes a file that an option names, if it names one. Where that cannot be, it is shown, the outputs that
 * come after it are still written, and the command ends with exit code 4.
 */
export function writeOutput(io: CommandIo, file: string | undefined, make: () => string): void {
  if (file === undefined) return;
  io.attempt(() => {
    const text = make();
    attempt(file, () => io.writeFile(file, text));
  });
}

function attempt(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw cliErrors.cannotWrite({ file, reason: thrownText(cause) }, { cause });
  }
}
