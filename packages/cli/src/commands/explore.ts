import {
  commandLine,
  type ExploreReport,
  formatReport,
  mergeReports,
  parseReport,
  parseSchedule,
  type Replay,
  shardUnits,
  summarize,
} from "@escapement/explore";
import { jsonText } from "@escapement/scenario";
import { stdoutName } from "../arguments.js";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import { CaseFinder } from "../exploring/case-finder.js";
import { writeReplayFiles, writeReportFiles } from "../exploring/explore-files.js";
import { printReport } from "../exploring/explore-print.js";
import { type ExploreRequest, exploreRequest } from "../exploring/explore-request.js";
import { runSearch } from "../exploring/explore-search.js";
import { caseOfValue, printReplay, replayCase } from "../exploring/schedule-replay.js";
import { valueOption } from "../numbers.js";
import { prepareOutput, writeOutput } from "../reports.js";
import { watchRunEnd } from "../run-end.js";
import { atMostWords, type Command, type CommandContext } from "./command.js";

const usage = "escapement explore [options]; --merge takes files";

/** `escapement explore`: a search, a replay with `--schedule`, or a merge of reports with `--merge`. */
export const exploreCommand: Command = async (context) => {
  const { io, args } = context;
  const request = exploreRequest(context);
  for (const name of ["json", "html", "vcd", "coverage"]) prepareOutput(io, args.text(name));
  if (args.text("schedule") !== undefined) return replayCommand(context, request);
  if (args.text("value") !== undefined) {
    throw new CliError(
      "invalid-option",
      "--value is of a replay",
      "Give --schedule with it; the plain run is --schedule e1:.",
    );
  }
  return args.flag("merge") ? mergeCommand(context, request) : searchCommand(context, request);
};

async function searchCommand(context: CommandContext, request: ExploreRequest): Promise<number> {
  const { io, args } = context;
  atMostWords(args, 0, usage);
  const resumeFile = args.text("resume");
  const resume = resumeFile === undefined ? undefined : readReport(context, resumeFile);
  const end = watchRunEnd(io, undefined);
  let report: ExploreReport;
  try {
    report = await runSearch(io, request, end.signal, resume);
  } finally {
    end.dispose();
  }
  if (end.reason() === "interrupted" && report.planned.length === 0) {
    io.stderr.write("ended before the search was laid out\n");
    return exitCodes.interrupted;
  }
  const exitCode = await finish(context, request, report);
  if (end.reason() !== "interrupted") return exitCode;
  const json = args.text("json");
  io.stderr.write(
    json === undefined || json === stdoutName
      ? "ended early; with --json <file> such a search can be resumed\n"
      : `resume: ${commandLine(["escapement", "explore", ...request.words, "--resume", json, "--json", json])}\n`,
  );
  return exitCodes.interrupted;
}

/** Writes and prints a report, and returns the exit code. */
async function finish(
  context: CommandContext,
  request: ExploreRequest,
  report: ExploreReport,
): Promise<number> {
  const { io, args } = context;
  const json = args.text("json");
  const finder = new CaseFinder(request.data);
  if (json === stdoutName) io.stdout.write(formatReport(report));
  else {
    await printReport(context, request, report, finder);
    writeOutput(io, json, () => formatReport(report));
  }
  await writeReportFiles(context, request, report, finder);
  const { units, limits, planned } = report;
  const { findings, errors } = summarize(report);
  const isEnded = limits.stopAtFirst && findings > 0;
  const mine = shardUnits(planned, request.shard);
  const done = new Set(units.map(({ id }) => id));
  const isWhole = isEnded || mine.every((id) => done.has(id));
  if (!isWhole || errors > 0) return exitCodes.link;
  return findings > 0 ? exitCodes.broken : exitCodes.ok;
}

async function mergeCommand(context: CommandContext, request: ExploreRequest): Promise<number> {
  const files = context.args.words;
  if (files.length === 0) {
    throw new CliError("invalid-argument", "no report was named", `Usage: ${usage}`);
  }
  const report = mergeReports(files.map((file) => readReport(context, file)));
  // What the options would have searched is of no matter here, only where it was found.
  const targets = [...new Set(report.units.map(({ target }) => target))];
  const data = { ...request.data, profiles: targets };
  return finish(context, { ...request, data, shard: undefined }, report);
}

function readReport({ io }: CommandContext, file: string): ExploreReport {
  let text: string;
  try {
    text = io.readFile(file);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const hint = "Give a file that `escapement explore --json` wrote.";
    throw new CliError("cannot-read", `${file} cannot be read: ${message}`, hint, { cause });
  }
  return parseReport(text);
}

async function replayCommand(context: CommandContext, request: ExploreRequest): Promise<number> {
  const { args } = context;
  atMostWords(args, 0, usage);
  const [law, otherLaw] = args.list("law").length === 0 ? [] : request.data.laws;
  const [given, otherProfile] = args.list("profile");
  if (law === undefined || otherLaw !== undefined || otherProfile !== undefined) {
    throw new CliError(
      "invalid-option",
      "a replay is of one law on one profile",
      "For instance --law STOP-04 --profile avr16 --value 12 --schedule e1:12c.",
    );
  }
  const schedule = args.text("schedule") ?? "";
  // A text that is no schedule is told first: it is what was pasted.
  parseSchedule(schedule);
  const profile = given ?? (request.hal === undefined ? "avr16" : undefined);
  const cases = await new CaseFinder(request.data).cases(law, profile);
  const found = caseOfValue(cases, law, valueOption(args.text("value")));
  const replayed = replayCase(found, schedule);
  const json = args.text("json");
  if (json !== undefined) writeReplay(context, json, replayed);
  writeReplayFiles(context, request, replayed);
  if (json !== stdoutName) return printReplay(context, replayed);
  return replayed.findings.length === 0 ? exitCodes.ok : exitCodes.broken;
}

function writeReplay({ io }: CommandContext, file: string, replayed: Replay): void {
  const { target, name, value, schedule, fingerprint, findings, trace } = replayed;
  const told = { target, name, value, schedule, fingerprint, findings, trace };
  const text = `${jsonText(told, 2)}\n`;
  if (file === stdoutName) io.stdout.write(text);
  else writeOutput(io, file, () => text);
}
