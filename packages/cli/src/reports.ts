import { hostname } from "node:os";
import {
  type BoardReport,
  type CommandFor,
  htmlReport,
  jsonReport,
  junitReport,
  terminalTable,
} from "@escapement/conformance";
import { thrownText } from "@escapement/scenario";
import { cliErrors } from "./cli-errors.js";
import type { CommandIo } from "./command-io.js";
import { stdoutName } from "./option.js";

/** Where the reports of a run go. */
export interface ReportOutputs {
  /** A file, `-` for stdout, or nowhere. */
  readonly json: string | undefined;
  /** A file or nowhere. */
  readonly junit: string | undefined;
  /** A file or nowhere. */
  readonly html: string | undefined;
}

/** What the reports say besides the verdicts. */
export interface ReportFacts {
  /** When the run began. */
  readonly startedAt: Date;
  /** The command that shows one law on one board again. */
  readonly commandFor: CommandFor;
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

/** Writes every report that was asked for; the table goes to stdout unless JSON does. */
export function writeReports(
  io: CommandIo,
  outputs: ReportOutputs,
  reports: readonly BoardReport[],
  filed: readonly BoardReport[],
  { startedAt, commandFor }: ReportFacts,
): void {
  if (outputs.json === stdoutName) {
    io.stdout.writeData(jsonReport(filed));
  } else {
    const { columns, style: styler } = io.stdout;
    io.stdout.write(terminalTable(reports, { columns, styler, commandFor }));
    writeOutput(io, outputs.json, () => jsonReport(filed));
  }
  const facts = { timestamp: startedAt.toISOString(), hostname: hostname() || "localhost" };
  writeOutput(io, outputs.junit, () => junitReport(filed, facts));
  writeOutput(io, outputs.html, () => htmlReport(filed, { commandFor }));
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
