import {
  generatorVersion,
  groupOf,
  keptProgramsLaw,
  type LawGroup,
  laws,
  type ProgramOrigin,
  type RandomReport,
  randomNotes,
  runRandomPrograms,
} from "@escapement/conformance";
import type { BoardError } from "@escapement/scenario";
import type { BoardTarget } from "../boards/board-target.js";
import type { OpenedBoard } from "../boards/board-world.js";
import { type BoardsRun, named, namedTargets, withBoard } from "../boards/open-target.js";
import { cliErrors } from "../cli-errors.js";
import { commandLine } from "../command.js";
import { timeoutMsOf } from "../commands/board-options.js";
import { compileAgain } from "../commands/compile-options.js";
import { conformCommand } from "../commands/conform.js";
import { type FuzzContext, fuzzForm, RUNS_USUAL } from "../commands/fuzz.js";
import { shownText } from "../error-text.js";
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { writeGithubNotes } from "../github.js";
import { progressLine } from "../progress-line.js";
import { prepareOutput } from "../reports.js";
import { endCode, type RunEnd, watchRunEnd } from "../run-end.js";
import { beginRun } from "../run-facts.js";
import { writeFuzzFiles, writeFuzzReports } from "./fuzz-files.js";
import { fuzzProgress } from "./fuzz-progress.js";

/** One run over several boards. */
interface FuzzRun {
  readonly context: FuzzContext;
  readonly boards: BoardsRun;
  /** Seed of the first program on each board. */
  readonly seed: number;
  /** Groups of rules that the programs are about; all where it is empty. */
  readonly groups: readonly LawGroup[];
}

/** Runs `escapement fuzz`. */
export async function fuzz(context: FuzzContext): Promise<number> {
  const { io, options } = context;
  const groups = options.only.map(namedGroup);
  const targets = await namedTargets(context, options.profile);
  const { json, junit, html, vcd, save, timeout, stock, baud, late, resume } = options;
  for (const file of [json, junit, html, vcd, save]) prepareOutput(io, file);
  const runMs = timeoutMsOf(timeout);
  const end = watchRunEnd(io, runMs);
  const progress = progressLine(io.stderr);
  const boards = {
    context,
    request: { stock, baud, late, resume, runMs, inProcess: true, compile: options },
    end,
    progress,
  };
  const run = { context, boards, seed: options.seed ?? freshSeed(), groups };
  const runEnded = beginRun(context, options.deterministic);
  const reports: RandomReport[] = [];
  try {
    for (const target of targets) reports.push(await runBoard(run, target));
  } finally {
    progress.clear();
    end.dispose();
  }
  const facts = { run: runEnded(run.seed), commandFor: againWith(options) };
  writeFuzzReports(io, options, reports, facts);
  writeFuzzFiles(io, options, reports, facts);
  writeGithubNotes(io, () => ({ ...randomNotes(reports, facts), run: facts.run }));
  return exitCode(reports, end);
}

function namedGroup(text: string): LawGroup {
  const groups = [...new Set(laws.map(({ id }) => groupOf(id) as LawGroup))];
  const found = groups.find((group) => group === text.toUpperCase());
  if (found !== undefined) return found;
  const expected = `one or more of ${groups.join(", ")}`;
  throw cliErrors.badValue({ name: "only", text, expected, example: "STOP,READ" });
}

/** Another one each time, so that each run tries what none before it did. */
function freshSeed(): number {
  return Date.now() % 0x1_0000_0000;
}

async function runBoard(run: FuzzRun, target: BoardTarget): Promise<RandomReport> {
  const opening = await withBoard(run.boards, target, async (opened) => {
    const report = { ...(await runPrograms(run, target, opened)), board: target.name };
    showStopped(run, report);
    return report;
  });
  return opening.opened ? opening.value : unopened(target.name, opening.error, run.seed);
}

/** The report of a board that could not be opened. */
function unopened(board: string, { code, message, hint }: BoardError, seed: number): RandomReport {
  const stopped = { code, message, hint };
  return { board, generatorVersion, seed, programs: 0, durationMs: 0, failures: [], stopped };
}

function runPrograms(
  { context, boards, seed, groups }: FuzzRun,
  target: BoardTarget,
  { board }: OpenedBoard,
): Promise<RandomReport> {
  const { io, options } = context;
  const { runs, for: forMs, first } = options;
  const hasEnd = runs !== undefined || forMs !== undefined;
  return runRandomPrograms(board, {
    seed,
    only: groups,
    // A seed names the programs that are run, and no others.
    kept: options.seed === undefined,
    signal: boards.end.signal,
    nowMs: () => io.nowMs(),
    onProgress: fuzzProgress(io, boards.progress, target.name),
    ...(hasEnd ? {} : { runs: RUNS_USUAL }),
    ...(runs !== undefined && { runs }),
    ...(forMs !== undefined && { forMs }),
    ...(first && { failuresMax: 1 }),
    ...(options["no-shrink"] && { shrinkRuns: 0 }),
  });
}

/** Shows at once which board was lost, with which program in progress, and why that may be. */
function showStopped({ boards }: FuzzRun, { board, stopped }: RandomReport): void {
  if (stopped === undefined) return;
  const { code, message, hint } = stopped;
  boards.progress.clear();
  boards.context.io.stderr.write(shownText({ code, message: named(board, message), hint }));
}

/**
 * The line that runs one program on one board again, with those of the options that it is subject to. The
 * kept programs are those of a law.
 */
function againWith(options: FuzzContext["options"]) {
  const { only, stock } = options;
  return (board: string, origin: ProgramOrigin): string => {
    const ofUno = { ...(board === "uno" && { stock }), ...compileAgain(board, options) };
    return "seed" in origin
      ? commandLine(fuzzForm, [board], { seed: origin.seed, runs: 1, only, ...ofUno })
      : commandLine(conformCommand, [board], { only: [keptProgramsLaw], ...ofUno });
  };
}

/** The gravest thing that happened. */
function exitCode(reports: readonly RandomReport[], end: RunEnd): number {
  const ended = endCode(end);
  if (ended !== undefined) return ended;
  const codes = reports.flatMap(({ stopped }) => (stopped === undefined ? [] : [stopped.code]));
  if (codes.some((code) => exitCodeOf(code) === exitCodes.noBoard)) return exitCodes.noBoard;
  if (codes.length > 0) return exitCodes.link;
  return reports.some(({ failures }) => failures.length > 0) ? exitCodes.broken : exitCodes.ok;
}
