import {
  type BoardReport,
  type CommandFor,
  type ConformanceProgress,
  type LawId,
  runConformance,
  selectLaws,
  skippedLaws,
  unopenedReport,
} from "@escapement/conformance";
import type { BoardTarget } from "../boards/board-target.js";
import type { OpenedBoard } from "../boards/board-world.js";
import { type BugWorld, worldWithBug } from "../boards/bug-world.js";
import { type BoardsRun, isSeeded, named, namedTargets, withBoard } from "../boards/open-target.js";
import { cliErrors } from "../cli-errors.js";
import { type ContextOf, commandLine, defineCommand } from "../command.js";
import { shownText } from "../error-text.js";
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { writeGithub } from "../github.js";
import { flag, jsonOutput, list, seed, text } from "../option.js";
import { progressLine } from "../progress-line.js";
import { prepareOutput, writeReports } from "../reports.js";
import { endCode, type RunEnd, watchRunEnd } from "../run-end.js";
import { beginRun } from "../run-facts.js";
import { waveformWriter } from "../waveforms.js";
import { boardGroup, boardOptions, timeoutMsOf } from "./board-options.js";
import { compileAgain, driverGroup, driverOptions } from "./compile-options.js";
import { fuzzForm } from "./fuzz.js";
import { deterministic, deterministicGroup } from "./report-options.js";

const options = {
  only: list({
    value: "<ids>",
    about: "only these laws or groups",
    example: "STOP-04,READ",
  }),
  skip: list({
    value: "<ids>",
    about: "not these; reported as skipped by request",
    example: "STOP-04,READ",
  }),
  bug: text({
    value: "<name>",
    about: "sim, uno: with this bug of `escapement bugs`",
    example: "pico-1953",
  }),
  "no-random": flag("leaves out kept and random programs, ANY"),
  verbose: flag("a row for every law, and every broken law in full"),
  json: jsonOutput("JSON, to a file that ends in .json, else to stdout"),
  junit: text({ value: "<file>", about: "JUnit XML", example: "out.xml" }),
  html: text({ value: "<file>", about: "one self-contained page", example: "out.html" }),
  vcd: text({
    value: "<dir>",
    about: "a waveform of each law, of simulated boards",
    example: "out",
  }),
  deterministic,
  profile: boardOptions.profile,
  ...driverOptions,
  seed: seed("seed of the simulated boards"),
  baud: boardOptions.baud,
  timeout: boardOptions.timeout,
  late: boardOptions.late,
  resume: boardOptions.resume,
  stock: boardOptions.stock,
};

/** What `escapement conform` is run with. */
type ConformContext = ContextOf<typeof options>;

/** `escapement conform`. */
export const conformCommand = defineCommand({
  name: "conform",
  summary: "runs the laws, and says which hold",
  topic: "Judge a board",
  words: { usage: "<board...>", most: Number.POSITIVE_INFINITY },
  options,
  groups: [
    { title: "Which laws", options: ["only", "skip", "no-random"] },
    { title: "Boards", options: ["bug", "profile", "seed", "baud", "timeout"] },
    { title: "Reports", options: ["verbose", "json", "junit", "html", "vcd"] },
    driverGroup,
    boardGroup,
    deterministicGroup,
  ],
  examples: [
    ["escapement conform sim", "every law on every simulated board"],
    ["escapement conform a0 --only READ,STOP-04", "a group and a law on /dev/ttyACM0"],
    ["escapement conform sim --bug pico-1953", "what a red suite looks like"],
    ["escapement conform ./my_timer.c", "a timer driver in C, with its adapter"],
    ["escapement conform uno --junit out.xml --timeout 120", "in CI"],
  ],
  run: conform,
});

/** One run over several boards. */
interface ConformRun extends ConformContext {
  readonly skip: readonly LawId[];
  readonly boards: BoardsRun;
}

async function conform(context: ConformContext): Promise<number> {
  const { io, options } = context;
  const random = !options["no-random"];
  const laws = selectLaws({ laws: context.laws, only: options.only, random });
  const skipped = skippedLaws({ laws: context.laws, skip: options.skip });
  // Those of laws that are not run anyway need no skipping.
  const skip = laws.flatMap(({ id }) => (skipped.has(id) ? [id] : []));
  if (skip.length === laws.length) throw cliErrors.noLawLeft();
  const targets = await namedTargets(context, options.profile);
  const { bug } = options;
  const withBug = bug === undefined ? undefined : await worldWithBug(context.world, bug, targets);
  const world = withBug ?? context.world;
  for (const file of [options.json, options.junit, options.html]) prepareOutput(io, file);
  const runMs = timeoutMsOf(options.timeout);
  const end = watchRunEnd(io, runMs);
  const progress = progressLine(io.stderr);
  const request = { ...options, record: options.vcd !== undefined, runMs, compile: options };
  const run = {
    ...context,
    laws,
    skip,
    boards: { context: { ...context, world }, request, end, progress },
  };
  const runEnded = beginRun(context, options.deterministic);
  const reports: BoardReport[] = [];
  let missing = false;
  try {
    for (const target of targets) {
      const board = await runBoard(run, target);
      missing ||= board.missing;
      reports.push(board.report);
    }
  } finally {
    progress.clear();
    end.dispose();
  }
  const filed = bug === undefined ? reports : reports.map((each) => withBugNamed(each, bug));
  const commandFor = againWith(options);
  const facts = runEnded(options.seed);
  writeReports(io, options, reports, filed, {
    run: facts,
    commandFor,
    heading: withBug === undefined ? [] : bugHeading(io, withBug.bug),
  });
  writeGithub(io, filed, commandFor, facts);
  return exitCode(reports, end, missing);
}

/** What is wrong on purpose, so that nobody takes it for the shipped HAL. */
function bugHeading({ stdout }: ConformContext["io"], bug: BugWorld["bug"]): readonly string[] {
  const { name, title, system, owner } = bug;
  return [
    stdout.style("title", `With the bug ${name}: ${title}`),
    `  Once in ${system}. Its law is ${owner}; \`escapement bugs ${name}\` has the rest.`,
  ];
}

/** In a file the board's name is all that says what it was. */
function withBugNamed(report: BoardReport, bug: string): BoardReport {
  return { ...report, board: `${report.board} with ${bug}` };
}

async function runBoard(
  run: ConformRun,
  target: BoardTarget,
): Promise<{ readonly report: BoardReport; readonly missing: boolean }> {
  const { laws, skip } = run;
  const opening = await withBoard(run.boards, target, async (opened) => {
    const report = { ...(await judge(run, target, opened)), board: target.name };
    showStopped(run, report);
    return report;
  });
  if (opening.opened) return { report: opening.value, missing: false };
  const { error } = opening;
  return {
    report: unopenedReport(target.name, error, { laws, skip }),
    missing: exitCodeOf(error.code) === exitCodes.noBoard,
  };
}

async function judge(
  run: ConformRun,
  target: BoardTarget,
  opened: OpenedBoard,
): Promise<BoardReport> {
  const { io, laws, skip, options } = run;
  const { end, progress } = run.boards;
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
  // The page draws every law, the terminal those that are broken.
  const keepTraces = options.html === undefined ? "failed" : "all";
  const chosen = { laws, skip, signal: end.signal, onProgress, keepTraces } as const;
  const report = await runConformance(opened.board, chosen);
  waveforms.end();
  return report;
}

/** Shows at once which board was lost, during which law, and why that may be. */
function showStopped({ io, boards }: ConformRun, report: BoardReport): void {
  if (report.stopped === undefined) return;
  const { law, code, message, hint } = report.stopped;
  boards.progress.clear();
  const shown = `${named(report.board, message)}; ${law} was in progress`;
  io.stderr.write(shownText({ code, message: shown, hint }));
}

/** The line that runs one law, or one of its programs, on one board again, with those of the options that it is subject to. */
function againWith(options: ConformContext["options"]): CommandFor {
  const { seed, stock, late, resume, bug } = options;
  return (board, law, origin) => {
    if (
      origin !== undefined &&
      "seed" in origin &&
      bug === undefined &&
      (seed === undefined || !isSeeded(board))
    ) {
      return commandLine(fuzzForm, [board], {
        seed: origin.seed,
        runs: 1,
        ...(board === "uno" && { stock }),
        ...compileAgain(board, options),
      });
    }
    return commandLine(conformCommand, [board], {
      only: [law],
      bug,
      ...(isSeeded(board) && { seed }),
      ...(board === "uno" && { stock }),
      ...(board.startsWith("mpy:") && { late, resume }),
      ...compileAgain(board, options),
    });
  };
}

/** The gravest thing that happened. */
function exitCode(reports: readonly BoardReport[], end: RunEnd, missing: boolean): number {
  const ended = endCode(end);
  if (ended !== undefined) return ended;
  if (missing) return exitCodes.noBoard;
  if (reports.some(({ summary }) => summary.error > 0)) return exitCodes.link;
  return reports.some(({ summary }) => summary.fail > 0) ? exitCodes.broken : exitCodes.ok;
}
