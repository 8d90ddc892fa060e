import { type SearchReport, type Shard, shardUnits, type UnitReport } from "@escapement/explore";
import { thrownText } from "@escapement/scenario";
import { cliErrors } from "../cli-errors.js";
import type { CommandIo } from "../command-io.js";
import { exitCodes } from "../exit-codes.js";
import { stdoutName } from "../option.js";

/** A report of a search on either machine. */
export type AnyReport = SearchReport<{ readonly stopAtFirst: boolean }, UnitReport<unknown>>;

/**
 * Reads a report from a file.
 *
 * @throws {@link CliError} `cannot-read`; ExploreError `report-mismatch` for what is no report.
 */
export function readReportFile<Report>(
  io: CommandIo,
  file: string,
  parse: (text: string) => Report,
): Report {
  let text: string;
  try {
    text = io.readFile(file);
  } catch (cause) {
    throw cliErrors.cannotRead({ file, reason: thrownText(cause) }, { cause });
  }
  return parse(text);
}

/** The exit code of a search, by its report: whether it is whole, and what it found. */
export function searchExitCode(
  { units, limits, planned }: AnyReport,
  shard: Shard | undefined,
): number {
  const hasFindings = units.some(({ findings }) => findings.length > 0);
  const isEnded = limits.stopAtFirst && hasFindings;
  const done = new Set(units.map(({ id }) => id));
  const isWhole = isEnded || shardUnits(planned, shard).every((id) => done.has(id));
  if (!isWhole || units.some(({ error }) => error !== undefined)) return exitCodes.link;
  return hasFindings ? exitCodes.broken : exitCodes.ok;
}

/** Prints how a search that was ended early is resumed from the file of its report. */
export function printResume(
  io: CommandIo,
  json: string | undefined,
  lineOf: (file: string) => string,
): void {
  io.stderr.write(
    json === undefined || json === stdoutName
      ? "ended early; with --json <file> such a search can be resumed\n"
      : `resume: ${lineOf(json)}\n`,
  );
}
