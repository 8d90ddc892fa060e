import {
  type BoardReport,
  type ConformanceProgress,
  type LawId,
  runConformance,
  selectLaws,
  skippedLaws,
  unopenedReport,
} from "@escapement/conformance";
import { BoardError, cleanLine } from "@escapement/scenario";
import { type BoardTarget, boardTargets } from "../boards/board-target.js";
import type { OpenedBoard } from "../boards/board-world.js";
import { CliError } from "../cli-error.js";
import { boardExitCode, toldText } from "../error-text.js";
import { exitCodes } from "../exit-codes.js";
import { baudOption, secondsOption, seedOption } from "../numbers.js";
import { type ProgressLine, progressLine } from "../progress-line.js";
import { prepareReports, writeReports } from "../reports.js";
import { type RunEnd, unlessEnded, watchRunEnd, withinGrace } from "../run-end.js";
import { waveformWriter } from "../waveforms.js";
import type { Command, CommandContext } from "./command.js";

/** One run over several boards. */
interface ConformRun extends CommandContext {
  readonly skip: readonly LawId[];
  readonly end: RunEnd;
  readonly progress: ProgressLine;
  readonly seed: number | undefined;
  readonly baudRate: number | undefined;
}

/** Silence after which the driver of a module's board is taken for caught in a loop; less with a short `--timeout`. */
const SILENCE_MS = 10_000;
const SILENCE_LEAST_MS = 1_000;

/** `escapement conform <board…>`. */
export const conformCommand: Command = async (context) => {
  const { io, world, args } = context;
  const laws = selectLaws({ laws: context.laws, only: args.list("only") });
  const skipped = skippedLaws({ laws: context.laws, skip: args.list("skip") });
  // Those of laws that are not run anyway need no skipping.
  const skip = laws.flatMap(({ id }) => (skipped.has(id) ? [id] : []));
  if (skip.length === laws.length) {
    throw new CliError(
      "invalid-option",
      "--skip leaves no law to run",
      "Leave one in, or leave the run out.",
    );
  }
  const seed = seedOption(args.text("seed"));
  const baudRate = baudOption(args.text("baud"));
  const timeoutMs = secondsOption(args.text("timeout"));
  const names = boardNames(context);
  const profiles = (await world.profiles()).map(({ name }) => name);
  const targets = boardTargets(names, profiles);
  const outputs = prepareReports(context);
  const end = watchRunEnd(io, timeoutMs);
  const progress = progressLine(io.stderr);
  const startedAt = new Date();
  const reports: BoardReport[] = [];
  let missing = false;
  try {
    for (const target of targets) {
      const run = await runBoard({ ...context, laws, skip, end, progress, seed, baudRate }, target);
      missing ||= run.missing;
      reports.push(run.report);
    }
  } finally {
    progress.clear();
    end.dispose();
  }
  writeReports(context, outputs, reports, {
    startedAt,
    commandFor: commandFor(args.flag("stock"), seed),
  });
  return exitCode(reports, end, missing);
};

function boardNames({ io, args }: CommandContext): readonly string[] {
  if (args.words.length > 0) return args.words;
  const port = (io.env.ESCAPEMENT_PORT ?? "").trim();
  if (port !== "") return [port];
  throw new CliError(
    "no-board-named",
    "no board was named",
    "Name one, such as `escapement conform sim`, or set ESCAPEMENT_PORT; `escapement` lists what is here.",
  );
}

async function runBoard(
  run: ConformRun,
  target: BoardTarget,
): Promise<{ readonly report: BoardReport; readonly missing: boolean }> {
  const { io, laws, end, progress } = run;
  progress.show(`${target.name}  opening`);
  let opened: OpenedBoard;
  try {
    opened = await unlessEnded(openBoard(run, target), end.signal, ({ board }) => {
      withinGrace(board.close()).catch(() => {});
    });
  } catch (error) {
    // Only a board's own errors belong into a report; anything else is ours, and ends the run.
    if (!(error instanceof BoardError)) throw error;
    progress.clear();
    const { code, message, hint } = error;
    io.stderr.write(toldText({ code, message: named(target.name, message), hint }));
    const report = unopenedReport(target.name, error, { laws, skip: run.skip });
    return { report, missing: boardExitCode(error) === exitCodes.noBoard };
  }
  if (opened.note !== undefined) {
    progress.clear();
    io.stderr.write(`${cleanLine(`${target.name}: ${opened.note}`)}\n`);
  }
  try {
    const report = { ...(await judge(run, target, opened)), board: target.name };
    tellStopped(run, report);
    return { report, missing: false };
  } finally {
    await withinGrace(opened.board.close());
  }
}

function openBoard(run: ConformRun, target: BoardTarget): Promise<OpenedBoard> {
  const { world, args, seed, baudRate } = run;
  switch (target.kind) {
    case "sim": {
      const record = args.text("vcd") !== undefined;
      const request = { profile: target.profile, record };
      return world.openSim(seed === undefined ? request : { ...request, seed });
    }
    case "uno":
      return world.openUno({ stock: args.flag("stock") });
    case "module":
      return world.openModule({
        file: target.name,
        ...(seed !== undefined && { seed }),
        ...silenceOf(secondsOption(args.text("timeout"))),
      });
    case "port":
      return world.openPort(target.name, baudRate);
  }
}

/** A loop must not use up the time that the laws behind it have. */
function silenceOf(timeoutMs: number | undefined): { readonly silenceMs?: number } {
  if (timeoutMs === undefined) return {};
  return { silenceMs: Math.max(SILENCE_LEAST_MS, Math.min(SILENCE_MS, timeoutMs / 4)) };
}

async function judge(
  run: ConformRun,
  target: BoardTarget,
  opened: OpenedBoard,
): Promise<BoardReport> {
  const { io, laws, end, progress, args } = run;
  const waveforms = waveformWriter(io, args.text("vcd"), target.name, opened);
  const onProgress = (event: ConformanceProgress): void => {
    if (event.kind === "law-finished") {
      waveforms.write(event.result.id);
      return;
    }
    const law = laws[event.index];
    progress.show(
      `${target.name}  ${event.index + 1}/${event.count}  ${event.law} ${law?.title ?? ""}`,
    );
  };
  // Only the page draws traces; without it there is nobody to keep them for.
  const keepTraces = args.text("html") === undefined ? "none" : "all";
  const { skip } = run;
  const options = { laws, skip, signal: end.signal, onProgress, keepTraces } as const;
  const report = await runConformance(opened.board, options);
  waveforms.end();
  return report;
}

/** Says at once which board was lost, during which law, and why that may be. */
function tellStopped({ io, progress }: ConformRun, report: BoardReport): void {
  if (report.stopped === undefined) return;
  const { law, code, message, hint } = report.stopped;
  progress.clear();
  const told = `${named(report.board, message)}; ${law} was in progress`;
  io.stderr.write(toldText({ code, message: told, hint }));
}

/** Most messages name the port; where one does not, the board goes before it. */
function named(board: string, message: string): string {
  return message.includes(board) ? message : `${board}: ${message}`;
}

function commandFor(
  stock: boolean,
  seed: number | undefined,
): (board: string, law: string) => string {
  return (board, law) => {
    const seeded = seed !== undefined && /^sim:|\.[cm]?[jt]s$/.test(board) ? ` --seed ${seed}` : "";
    return `escapement conform ${board} --only ${law}${seeded}${stock && board === "uno" ? " --stock" : ""}`;
  };
}

/** The gravest thing that happened. */
function exitCode(reports: readonly BoardReport[], end: RunEnd, missing: boolean): number {
  if (end.reason() === "interrupted") return exitCodes.interrupted;
  if (end.reason() === "timeout") return exitCodes.timeout;
  if (missing) return exitCodes.noBoard;
  if (reports.some(({ summary }) => summary.error > 0)) return exitCodes.link;
  return reports.some(({ summary }) => summary.fail > 0) ? exitCodes.broken : exitCodes.ok;
}
