import { hostname } from "node:os";
import {
  type BoardReport,
  htmlReport,
  jsonReport,
  junitReport,
  terminalTable,
} from "@escapement/conformance";
import { stdoutName } from "./arguments.js";
import { CliError } from "./cli-error.js";
import type { CommandIo } from "./command-io.js";
import type { CommandContext } from "./commands/command.js";
import { exitCodes } from "./exit-codes.js";

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
  readonly commandFor: (board: string, law: string) => string;
}

/** Reads where reports go, and makes their folders: better to fail before a long run than after. */
export function prepareReports({ io, args }: CommandContext): ReportOutputs {
  const outputs = { json: args.text("json"), junit: args.text("junit"), html: args.text("html") };
  for (const file of Object.values(outputs)) prepareOutput(io, file);
  return outputs;
}

/**
 * Makes the folder of the file that an option names, if it names one.
 *
 * @throws {@link CliError} `cannot-write` where there can be no such file.
 */
export function prepareOutput(io: CommandIo, file: string | undefined): void {
  if (file === undefined || file === stdoutName) return;
  attempt(file, exitCodes.usage, () => io.prepareFile(file));
}

/** Writes every report that was asked for; the table goes to stdout unless JSON does. */
export function writeReports(
  { io }: CommandContext,
  outputs: ReportOutputs,
  reports: readonly BoardReport[],
  { startedAt, commandFor }: ReportFacts,
): void {
  if (outputs.json === stdoutName) {
    io.stdout.write(jsonReport(reports));
  } else {
    const { columns, style: styler } = io.stdout;
    io.stdout.write(terminalTable(reports, { columns, styler, commandFor }));
    writeOutput(io, outputs.json, () => jsonReport(reports));
  }
  const facts = { timestamp: startedAt.toISOString(), hostname: hostname() || "localhost" };
  writeOutput(io, outputs.junit, () => junitReport(reports, facts));
  writeOutput(io, outputs.html, () => htmlReport(reports, { commandFor }));
}

/**
 * Writes a file that an option names, if it names one. Where that cannot be, it is told, the outputs that
 * come after it are still written, and the command ends with exit code 4.
 */
export function writeOutput(io: CommandIo, file: string | undefined, make: () => string): void {
  if (file === undefined) return;
  io.attempt(() => {
    const text = make();
    attempt(file, exitCodes.link, () => io.writeFile(file, text));
  });
}

function attempt(file: string, exitCode: number, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const hint = "Choose a file in a folder that you may write to.";
    throw new CliError("cannot-write", `${file} cannot be written: ${message}`, hint, {
      exitCode,
      cause,
    });
  }
}
