import {
  lawSkeleton,
  type RandomCommandFor,
  type RandomReport,
  type RunFacts,
  randomHtmlReport,
  randomJsonReport,
  randomJunitReport,
  randomTerminal,
} from "@escapement/conformance";
import { timelineVcd, traceTimeline } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import type { FuzzContext } from "../commands/fuzz.js";
import { stdoutName } from "../option.js";
import { hostOf, writeOutput } from "../reports.js";

/** What the reports say besides the failures. */
export interface FuzzFacts {
  /** What is known of the run. */
  readonly run: RunFacts;
  /** The command that shows a failure again. */
  readonly commandFor: RandomCommandFor;
}

/** Writes every report that was asked for; the text goes to stdout unless JSON does. */
export function writeFuzzReports(
  io: CommandIo,
  { json, junit, html, deterministic }: FuzzContext["options"],
  kept: readonly RandomReport[],
  facts: FuzzFacts,
): void {
  // The rates come from the durations.
  const reports = deterministic ? kept.map((each) => ({ ...each, durationMs: 0 })) : kept;
  const { commandFor } = facts;
  const makeJson = (): string => randomJsonReport(reports, facts);
  if (json === stdoutName) io.stdout.writeData(makeJson());
  else {
    io.stdout.write(randomTerminal(reports, { styler: io.stdout.style, commandFor }));
    writeOutput(io, json, makeJson);
  }
  const host = hostOf({ deterministic });
  writeOutput(io, junit, () => randomJunitReport(reports, { ...facts, ...host }));
  writeOutput(io, html, () => randomHtmlReport(reports, facts));
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
