import { hostname } from "node:os";
import {
  lawSkeleton,
  type RandomCommandFor,
  type RandomReport,
  randomHtmlReport,
  randomJsonReport,
  randomJunitReport,
  randomTerminal,
} from "@escapement/conformance";
import { timelineVcd, traceTimeline } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import type { FuzzContext } from "../commands/fuzz.js";
import { stdoutName } from "../option.js";
import { writeOutput } from "../reports.js";

/** What the reports say besides the failures. */
export interface FuzzFacts {
  /** When the run began. */
  readonly startedAt: Date;
  /** The command that shows a failure again. */
  readonly commandFor: RandomCommandFor;
}

/** Writes every report that was asked for; the text goes to stdout unless JSON does. */
export function writeFuzzReports(
  io: CommandIo,
  { json, junit, html }: FuzzContext["options"],
  reports: readonly RandomReport[],
  { startedAt, commandFor }: FuzzFacts,
): void {
  const makeJson = (): string => randomJsonReport(reports, { commandFor });
  if (json === stdoutName) io.stdout.writeData(makeJson());
  else {
    io.stdout.write(randomTerminal(reports, { styler: io.stdout.style, commandFor }));
    writeOutput(io, json, makeJson);
  }
  const facts = { timestamp: startedAt.toISOString(), hostname: hostname() || "localhost" };
  writeOutput(io, junit, () => randomJunitReport(reports, { ...facts, commandFor }));
  writeOutput(io, html, () => randomHtmlReport(reports, { commandFor }));
}

/** Writes the first failure as a law and as a waveform, where that was asked for. */
export function writeFuzzFiles(
  io: CommandIo,
  { save, vcd }: FuzzContext["options"],
  reports: readonly RandomReport[],
  { commandFor }: FuzzFacts,
): void {
  const first = reports.find(({ failures }) => failures.length > 0);
  const failure = first?.failures[0];
  if (first?.description === undefined || failure === undefined) {
    for (const [option, file] of Object.entries({ save, vcd })) {
      if (file === undefined) continue;
      io.stderr.write(`--${option}: nothing was found, so ${file} is not written\n`);
    }
    return;
  }
  const { board, description } = first;
  const { program, violation, iteration, origin } = failure;
  const again = commandFor(board, origin);
  writeOutput(io, save, () => lawSkeleton(program, violation, { description, origin: again }));
  const { records } = iteration;
  const { frequencyHz } = description;
  const timeline = traceTimeline({ records, frequencyHz, title: violation.rule });
  writeOutput(io, vcd, () => timelineVcd(timeline));
}
