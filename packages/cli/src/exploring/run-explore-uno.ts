import { patchedFirmware } from "@escapement/bug-museum/firmware";
import { type RunFacts, reportHead, selectLaws } from "@escapement/conformance";
import { formatReport, mergeReports } from "@escapement/explore";
import {
  describeUno,
  parseUnoReport,
  replayUno,
  exploreUno as searchUno,
  type UnoFinding,
  type UnoProgram,
  type UnoReport,
  type UnoTargetOptions,
  unoCoveragePage,
  unoPrograms,
} from "@escapement/explore-avr";
import type { BoardDescription } from "@escapement/scenario";
import { cliErrors } from "../cli-errors.js";
import { commandLine, usageOf } from "../command.js";
import { type ExploreUnoContext, exploreUnoForm } from "../commands/explore-uno.js";
import { exitCodes } from "../exit-codes.js";
import { writeGithubNotes } from "../github.js";
import { stdoutName } from "../option.js";
import { prepareOutput, writeOutput } from "../reports.js";
import { watchRunEnd } from "../run-end.js";
import { beginRun } from "../run-facts.js";
import { runText } from "./finding-text.js";
import { searchProgress } from "./search-progress.js";
import { printResume, readReportFile, searchExitCode } from "./search-report.js";
import { unoNotes } from "./uno-notes.js";
import { printUnoReport, unoFindingText } from "./uno-print.js";

/** Runs `escapement explore uno`. */
export async function exploreUno(context: ExploreUnoContext): Promise<number> {
  const { io, words, options, laws } = context;
  const { json, coverage, schedule, value, merge } = options;
  for (const file of [json, coverage]) prepareOutput(io, file);
  if (merge && schedule === undefined) return mergeFiles(context);
  const [word] = words;
  if (word !== undefined) throw cliErrors.extraWord({ word, usage: usageOf(exploreUnoForm) });
  const chosen = selectLaws({ laws, only: options.only });
  const target = targetOptions(context);
  const board = await describeUno(target);
  const programs = unoPrograms(chosen, board);
  if (programs.length === 0) throw cliErrors.boardLacksNeeds();
  if (schedule !== undefined) return replayOne(context, { programs, schedule, target, board });
  if (value !== undefined) throw cliErrors.valueWithoutSchedule();
  return search(context, programs, target);
}

function targetOptions({ options: { slack, bug, stock } }: ExploreUnoContext): UnoTargetOptions {
  const image = bug === undefined ? undefined : patchedFirmware(bug);
  return {
    stock,
    ...(slack !== undefined && { slackTicks: slack }),
    ...(image !== undefined && { hex: image.hex, symbols: image }),
  };
}

async function search(
  context: ExploreUnoContext,
  programs: readonly UnoProgram[],
  target: UnoTargetOptions,
): Promise<number> {
  const { io, options } = context;
  const { shard } = options;
  const resume =
    options.resume === undefined ? undefined : readReportFile(io, options.resume, parseUnoReport);
  const end = watchRunEnd(io, undefined);
  const progress = searchProgress(io);
  const runEnded = beginRun(context, options.deterministic);
  let report: UnoReport;
  try {
    report = await searchUno(programs, {
      ...target,
      limits: { bound: options.bound === 2 ? 2 : 1, stopAtFirst: options.first },
      signal: end.signal,
      onProgress: (each) => progress.show(each, each.name),
      ...(shard !== undefined && { shard }),
      ...(resume !== undefined && { resume }),
    });
  } finally {
    progress.clear();
    end.dispose();
  }
  const exitCode = finish(context, report, runEnded(undefined));
  if (end.reason() !== "interrupted") return exitCode;
  const { coverage: _, json, ...asked } = options;
  printResume(io, json, (file) =>
    commandLine(exploreUnoForm, [], { ...asked, json: file, resume: file }),
  );
  return exitCodes.interrupted;
}

/** Writes and prints a report, and returns the exit code. */
function finish(context: ExploreUnoContext, searched: UnoReport, run: RunFacts): number {
  const { io, options } = context;
  const { json, coverage, merge, deterministic } = options;
  const report = deterministic ? { ...searched, seconds: 0 } : searched;
  const makeJson = (): string => formatReport(report, reportHead("explore-uno", run));
  const ownShard = merge ? undefined : options.shard;
  const commandFor = (finding: UnoFinding): string => again(context, finding);
  if (json === stdoutName) io.stdout.writeData(makeJson());
  else {
    printUnoReport(io, report, ownShard, commandFor);
    writeOutput(io, json, makeJson);
  }
  writeOutput(io, coverage, () => unoCoveragePage(report));
  writeGithubNotes(io, () => unoNotes(report, ownShard, commandFor, run));
  return searchExitCode(report, ownShard);
}

function mergeFiles(context: ExploreUnoContext): number {
  const { io, words, options } = context;
  const runEnded = beginRun(context, options.deterministic);
  if (words.length === 0) throw cliErrors.noReportNamed({ usage: usageOf(exploreUnoForm) });
  const reports = words.map((file) => readReportFile(io, file, parseUnoReport));
  return finish(context, mergeReports(reports), runEnded(undefined));
}

/** The command that runs a finding's schedule again. */
function again({ options }: ExploreUnoContext, { name, value, schedule }: UnoFinding): string {
  const { bug, slack, stock } = options;
  return commandLine(exploreUnoForm, [], { only: [name], bug, stock, slack, value, schedule });
}

/** What a replay is made from. */
interface ReplayRequest {
  readonly programs: readonly UnoProgram[];
  readonly schedule: string;
  readonly target: UnoTargetOptions;
  readonly board: BoardDescription;
}

async function replayOne(
  context: ExploreUnoContext,
  { programs, schedule, target, board }: ReplayRequest,
): Promise<number> {
  const { io, options } = context;
  const [only, other] = programs;
  if (only === undefined || other !== undefined || options.only.length === 0) {
    throw cliErrors.manyReplayed({ example: "--only STOP-06 --value 9276 --schedule u1:" });
  }
  const { value, json } = options;
  const runEnded = beginRun(context, options.deterministic);
  const finding = await replayUno(only, schedule, {
    ...target,
    ...(value !== undefined && { value }),
  });
  const isSound = finding.kind === "law" && finding.message === "";
  const exitCode = isSound ? exitCodes.ok : exitCodes.broken;
  const makeJson = (): string =>
    formatReport(finding, reportHead("explore-uno-replay", runEnded(undefined)));
  if (json === stdoutName) {
    io.stdout.writeData(makeJson());
    return exitCode;
  }
  writeOutput(io, json, makeJson);
  const { trace } = finding;
  if (trace !== undefined) io.stdout.write(runText(io, only.name, trace, board.frequencyHz));
  io.stdout.write(
    isSound
      ? `  ${finding.shows}\n✓ ${only.name} holds in this run\n`
      : unoFindingText(io, finding, again(context, finding)),
  );
  return exitCode;
}
