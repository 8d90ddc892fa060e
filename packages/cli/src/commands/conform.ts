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
import { cliErrors } from "../cli-errors.js";
import { type ContextOf, commandLine, defineCommand } from "../command.js";
import { shownText } from "../error-text.js";
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { flag, jsonOutput, list, parsed, seed, text, whole } from "../option.js";
import { type ProgressLine, progressLine } from "../progress-line.js";
import { prepareOutput, writeReports } from "../reports.js";
import { type RunEnd, unlessEnded, watchRunEnd, withinGrace } from "../run-end.js";
import { waveformWriter } from "../waveforms.js";

/** Silence after which the driver of a module's board is taken for caught in a loop; less with a short `--timeout`. */
const SILENCE_MS = 10_000;
const SILENCE_LEAST_MS = 1_000;

const options = {
  only: list({
    value: "<ids>",
    about: "only these laws or groups, by commas or repeated",
    example: "STOP-04,READ",
  }),
  skip: list({
    value: "<ids>",
    about: "not these laws or groups; reported as skipped by request",
    example: "STOP-04,READ",
  }),
  json: jsonOutput(
    "JSON to the file, or to stdout and nothing else there; a file is taken only if it ends in .json, --json=<file> takes any name",
  ),
  junit: text({ value: "<file>", about: "JUnit XML", example: "out.xml" }),
  html: text({ value: "<file>", about: "one self-contained page", example: "out.html" }),
  vcd: text({
    value: "<dir>",
    about: "a waveform of each law on each simulated board",
    example: "out",
  }),
  seed: seed("seed of the simulated boards' models"),
  baud: whole({
    value: "<n>",
    about: "of a serial port, the same as the agent's; 115200 when absent",
    example: 500_000,
    range: [300, 4_000_000],
  }),
  timeout: parsed({
    value: "<seconds>",
    about:
      "for the whole run; ends it with exit code 42. A driver that gives no sign of life for a quarter of it, at most 10 s, has broken its law",
    example: "120",
    expected: "seconds above 0 and at most 86400",
    parse: secondsOf,
  }),
  stock: flag("uno: the emulator without its corrections"),
};

/** What `escapement conform` is run with. */
type ConformContext = ContextOf<typeof options>;

/** `escapement conform`. */
export const conformCommand = defineCommand({
  name: "conform",
  summary: "runs the laws and prints every verdict",
  words: { usage: "<board...>", most: Number.POSITIVE_INFINITY },
  options,
  examples: [
    ["escapement conform sim", "every law on every simulated board"],
    ["escapement conform a0 --only READ,STOP-04", "a group and one law on /dev/ttyACM0"],
    ["escapement conform uno --junit out.xml --timeout 120", "in CI"],
  ],
  run: conform,
});

/** One run over several boards. */
interface ConformRun extends ConformContext {
  readonly skip: readonly LawId[];
  readonly end: RunEnd;
  readonly progress: ProgressLine;
}

async function conform(context: ConformContext): Promise<number> {
  const { io, world, options } = context;
  const laws = selectLaws({ laws: context.laws, only: options.only });
  const skipped = skippedLaws({ laws: context.laws, skip: options.skip });
  // Those of laws that are not run anyway need no skipping.
  const skip = laws.flatMap(({ id }) => (skipped.has(id) ? [id] : []));
  if (skip.length === laws.length) throw cliErrors.noLawLeft();
  const names = boardNames(context);
  const profiles = (await world.profiles()).map(({ name }) => name);
  const targets = boardTargets(names, profiles);
  for (const file of [options.json, options.junit, options.html]) prepareOutput(io, file);
  const end = watchRunEnd(io, timeoutMs(options));
  const progress = progressLine(io.stderr);
  const startedAt = new Date();
  const reports: BoardReport[] = [];
  let missing = false;
  try {
    for (const target of targets) {
      const run = await runBoard({ ...context, laws, skip, end, progress }, target);
      missing ||= run.missing;
      reports.push(run.report);
    }
  } finally {
    progress.clear();
    end.dispose();
  }
  writeReports(io, options, reports, { startedAt, commandFor: againWith(options) });
  return exitCode(reports, end, missing);
}

function secondsOf(text: string): number | undefined {
  const seconds = Number(text);
  return /^\d*\.?\d+$/.test(text) && seconds > 0 && seconds <= 86_400 ? seconds : undefined;
}

function timeoutMs({ timeout }: ConformContext["options"]): number | undefined {
  return timeout === undefined ? undefined : Math.ceil(timeout * 1000);
}

function boardNames({ io, words }: ConformContext): readonly string[] {
  if (words.length > 0) return words;
  const port = (io.env.ESCAPEMENT_PORT ?? "").trim();
  if (port === "") throw cliErrors.noBoardNamed();
  return [port];
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
    io.stderr.write(shownText({ code, message: named(target.name, message), hint }));
    const report = unopenedReport(target.name, error, { laws, skip: run.skip });
    return { report, missing: exitCodeOf(code) === exitCodes.noBoard };
  }
  if (opened.note !== undefined) {
    progress.clear();
    io.stderr.write(`${cleanLine(`${target.name}: ${opened.note}`)}\n`);
  }
  try {
    const report = { ...(await judge(run, target, opened)), board: target.name };
    showStopped(run, report);
    return { report, missing: false };
  } finally {
    await withinGrace(opened.board.close());
  }
}

function openBoard({ world, options }: ConformRun, target: BoardTarget): Promise<OpenedBoard> {
  const { seed, baud, stock } = options;
  const seeded = seed === undefined ? {} : { seed };
  switch (target.kind) {
    case "sim":
      return world.openSim({
        profile: target.profile,
        record: options.vcd !== undefined,
        ...seeded,
      });
    case "uno":
      return world.openUno({ stock });
    case "module":
      return world.openModule({ file: target.name, ...seeded, ...silenceOf(timeoutMs(options)) });
    case "port":
      return world.openPort(target.name, baud);
  }
}

/** A loop must not use up the time that the laws behind it have. */
function silenceOf(runMs: number | undefined): { readonly silenceMs?: number } {
  if (runMs === undefined) return {};
  return { silenceMs: Math.max(SILENCE_LEAST_MS, Math.min(SILENCE_MS, runMs / 4)) };
}

async function judge(
  run: ConformRun,
  target: BoardTarget,
  opened: OpenedBoard,
): Promise<BoardReport> {
  const { io, laws, skip, end, progress, options } = run;
  const waveforms = waveformWriter(io, options.vcd, target.name, opened);
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
  const keepTraces = options.html === undefined ? "none" : "all";
  const chosen = { laws, skip, signal: end.signal, onProgress, keepTraces } as const;
  const report = await runConformance(opened.board, chosen);
  waveforms.end();
  return report;
}

/** Shows at once which board was lost, during which law, and why that may be. */
function showStopped({ io, progress }: ConformRun, report: BoardReport): void {
  if (report.stopped === undefined) return;
  const { law, code, message, hint } = report.stopped;
  progress.clear();
  const shown = `${named(report.board, message)}; ${law} was in progress`;
  io.stderr.write(shownText({ code, message: shown, hint }));
}

/** Most messages name the port; where one does not, the board goes before it. */
function named(board: string, message: string): string {
  return message.includes(board) ? message : `${board}: ${message}`;
}

/** The line that runs one law on one board again, with those of the options that it is subject to. */
function againWith({ seed, stock }: ConformContext["options"]) {
  return (board: string, law: string): string => {
    const isSeeded = /^sim:|\.[cm]?[jt]s$/.test(board);
    return commandLine(conformCommand, [board], {
      only: [law],
      ...(isSeeded && { seed }),
      ...(board === "uno" && { stock }),
    });
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
