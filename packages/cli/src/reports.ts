import { hostname } from "node:os";
import {
  type BoardReport,
  type CommandFor,
  htmlReport,
  jsonReport,
  junitReport,
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
}

/** What the reports say besides the verdicts. */
export interface ReportFacts {
  /** When the run began. */
  readonly startedAt: Date;
  /** The command that shows one law on one board again. */
  readonly commandFor: CommandFor;
  /** How long the run took. */
  readonly seconds: number;
  /** The seed that was given. */
  readonly seed: number | undefined;
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
  filed: readonly BoardReport[],
  facts: ReportFacts,
): void {
  const { startedAt, commandFor } = facts;
  if (outputs.json === stdoutName) io.stdout.writeData(jsonReport(filed));
  else writeOutput(io, outputs.json, () => jsonReport(filed));
  const host = { timestamp: startedAt.toISOString(), hostname: hostname() || "localhost" };
  writeOutput(io, outputs.junit, () => junitReport(filed, host));
  writeOutput(io, outputs.html, () => htmlReport(filed, { commandFor }));
  if (outputs.json !== stdoutName) io.stdout.write(shownText(io, outputs, reports, facts));
}

/** What a person reads of a run. */
function shownText(
  { stdout: { columns, style: styler } }: CommandIo,
  { json, junit, html, verbose }: ReportOutputs,
  reports: readonly BoardReport[],
  { commandFor, seconds, seed, heading }: ReportFacts,
): string {
  const seeded = seed === undefined ? "" : `, seed ${seed}`;
  const ending = `in ${timeText(seconds)}${seeded}`;
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
