import { type RunFacts, reportHead } from "@escapement/conformance";
import {
  type ExploreReport,
  formatReport,
  mergeReports,
  parseReport,
  parseSchedule,
  type Replay,
  randomCaseName,
} from "@escapement/explore";
import { type CTargetRequest, compileRequested } from "@escapement/explore-c";
import { jsonText } from "@escapement/scenario";
import { cliErrors } from "../cli-errors.js";
import { commandLine, usageOf } from "../command.js";
import { type ExploreContext, exploreForm } from "../commands/explore.js";
import { exitCodes } from "../exit-codes.js";
import { writeGithubNotes } from "../github.js";
import { stdoutName } from "../option.js";
import { progressLine } from "../progress-line.js";
import { prepareOutput, writeOutput } from "../reports.js";
import { watchRunEnd } from "../run-end.js";
import { beginRun } from "../run-facts.js";
import { CaseFinder } from "./case-finder.js";
import { writeReplayFiles, writeReportFiles } from "./explore-files.js";
import { exploreNotes } from "./explore-notes.js";
import { printReport } from "./explore-print.js";
import { type ExploreRequest, exploreRequest } from "./explore-request.js";
import { runSearch } from "./explore-search.js";
import { caseOfValue, printReplay, replayCase } from "./schedule-replay.js";
import { printResume, readReportFile, searchExitCode } from "./search-report.js";
import { ShownFindings } from "./shown-findings.js";

/** Runs `escapement explore`. */
export async function explore(context: ExploreContext): Promise<number> {
  const { io, words, options } = context;
  const { json, html, sarif, vcd, coverage, schedule, value, merge } = options;
  const request = exploreRequest(context);
  for (const file of [json, html, sarif, vcd, coverage]) prepareOutput(io, file);
  const [word] = words;
  if (request.c !== undefined) await compileShown(io, request.c.request);
  else if (word !== undefined && (schedule !== undefined || !merge)) {
    throw cliErrors.extraWord({ word, usage: usageOf(exploreForm) });
  }
  if (schedule !== undefined) return replayOne(context, request, schedule);
  if (value !== undefined) throw cliErrors.valueWithoutSchedule();
  return merge ? mergeFiles(context, request) : search(context, request);
}

/** Compiles a driver in C once, before the threads of a search take it from the cache. */
async function compileShown(io: ExploreContext["io"], request: CTargetRequest): Promise<void> {
  const line = progressLine(io.stderr);
  line.show("compiling");
  try {
    const { driver } = await compileRequested(request, (done, total) =>
      line.show(`loading the compiler ${Math.floor((100 * done) / total)} %`),
    );
    line.clear();
    if (driver.cacheNote !== undefined) io.stderr.write(`note: ${driver.cacheNote}\n`);
  } finally {
    line.clear();
  }
}

async function search(context: ExploreContext, request: ExploreRequest): Promise<number> {
  const { io, options } = context;
  const resume =
    options.resume === undefined ? undefined : readReportFile(io, options.resume, parseReport);
  const end = watchRunEnd(io, undefined);
  const runEnded = beginRun(context, options.deterministic);
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
  const facts = runEnded(seedOf(request));
  const exitCode = await finish(context, request, report, facts);
  if (end.reason() !== "interrupted") return exitCode;
  const { json, html: _html, vcd: _vcd, coverage: _coverage, sarif: _sarif, ...asked } = options;
  printResume(io, json, (file) =>
    commandLine(exploreForm, context.words, { ...asked, json: file, resume: file }),
  );
  return exitCodes.interrupted;
}

/** Writes and prints a report, and returns the exit code. */
async function finish(
  context: ExploreContext,
  request: ExploreRequest,
  searched: ExploreReport,
  run: RunFacts,
): Promise<number> {
  const { io, options } = context;
  const { json, deterministic } = options;
  const report = deterministic ? { ...searched, seconds: 0 } : searched;
  const makeJson = (): string => formatReport(report, reportHead("explore", run));
  const findings = new ShownFindings(new CaseFinder(request.data), report.limits);
  if (json === stdoutName) io.stdout.writeData(makeJson());
  else {
    await printReport(context, request, report, findings);
    writeOutput(io, json, makeJson);
  }
  writeGithubNotes(io, () => exploreNotes(report, request, run));
  await writeReportFiles(context, request, report, { findings, run });
  return searchExitCode(report, request.shard);
}

async function mergeFiles(context: ExploreContext, request: ExploreRequest): Promise<number> {
  const { io, words: files, options } = context;
  const runEnded = beginRun(context, options.deterministic);
  if (files.length === 0) throw cliErrors.noReportNamed({ usage: usageOf(exploreForm) });
  const report = mergeReports(files.map((file) => readReportFile(io, file, parseReport)));
  // What the options would have searched is of no matter here, only where it was found.
  const targets = [...new Set(report.units.map(({ target }) => target))];
  const data = { ...request.data, profiles: targets };
  return finish(context, { ...request, data, shard: undefined }, report, runEnded(undefined));
}

/** The seed of its draws, or of its first random program. */
function seedOf({ random, data: { programs } }: ExploreRequest): number | undefined {
  return random?.seed ?? programs?.seed;
}

async function replayOne(
  context: ExploreContext,
  request: ExploreRequest,
  schedule: string,
): Promise<number> {
  const { options } = context;
  const runEnded = beginRun(context, options.deterministic);
  const { name, value } = replayedCase(context, request);
  // A text that is no schedule is refused first: it is what was pasted.
  parseSchedule(schedule);
  const usual = request.c === undefined ? "avr16" : request.data.profiles[0];
  const profile = options.profile[0] ?? (request.hal === undefined ? usual : undefined);
  const cases = await new CaseFinder(request.data).cases(name, profile, value);
  const found = caseOfValue(cases, name, value);
  const replayed = replayCase(found, schedule);
  const { json } = options;
  const run = runEnded(seedOf(request));
  if (json !== undefined) writeReplay(context, json, replayed, run);
  writeReplayFiles(context, request, replayed, run);
  if (json !== stdoutName) return printReplay(context, replayed);
  return replayed.findings.length === 0 ? exitCodes.ok : exitCodes.broken;
}

/** The one case that a replay is of: a law with its value, or the random program of a seed. */
function replayedCase(
  { options }: ExploreContext,
  { data: { programs, laws } }: ExploreRequest,
): { readonly name: string; readonly value: number | undefined } {
  const names = programs !== undefined ? [randomCaseName] : options.only.length > 0 ? laws : [];
  const [name, otherName] = names;
  const isMany = otherName !== undefined || options.profile.length > 1;
  if (name === undefined || isMany || (programs?.count ?? 1) > 1) {
    const example = "--only STOP-06 --profile avr16 --value 70 --schedule e1:76c";
    throw cliErrors.manyReplayed({ example });
  }
  return { name, value: programs?.seed ?? options.value };
}

function writeReplay({ io }: ExploreContext, file: string, replayed: Replay, run: RunFacts): void {
  const { target, name, value, schedule, fingerprint, findings, trace } = replayed;
  const head = reportHead("explore-replay", run);
  const shown = { ...head, target, name, value, schedule, fingerprint, findings, trace };
  const text = `${jsonText(shown, 2)}\n`;
  if (file === stdoutName) io.stdout.writeData(text);
  else writeOutput(io, file, () => text);
}
