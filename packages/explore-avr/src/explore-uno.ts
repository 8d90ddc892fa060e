import { openUnoBoard } from "@escapement/board-uno";
import { ExploreError } from "@escapement/explore";
import { type BoardDescription, BoardError, type RunSignal } from "@escapement/scenario";
import { AvrMachine } from "./avr-machine.js";
import { CaseJudge, sweepOf, type UnoCase } from "./case-judge.js";
import { CaseSearch } from "./case-search.js";
import { Coverage, PathCoverage } from "./coverage.js";
import { setsPhase } from "./holds.js";
import type { UnoCaseReport, UnoFinding, UnoProgress, UnoReport } from "./report.js";
import { runSchedule } from "./run-schedule.js";
import { parseUnoSchedule } from "./schedule.js";
import { targetOf, type UnoTargetOptions, whole } from "./target.js";

/** What a sweep may be told. */
export interface ExploreUnoOptions extends UnoTargetOptions {
  /** Moves in one run; default 1. With 2 the number of runs grows by its square. */
  readonly bound?: 1 | 2;
  /** False runs every move, also those that another covers; default true. */
  readonly prune?: boolean;
  /** False leaves the counter's phase to chance; default true, see {@link exploreUno}. */
  readonly phases?: boolean;
  /** Findings after which a case is left; default 5. */
  readonly stopAfter?: number;
  /** Ends the sweep early; the report says what was swept. */
  readonly signal?: RunSignal;
  /** Called after each iteration. What it throws ends the sweep. */
  readonly onProgress?: (progress: UnoProgress) => void;
  /** Called with each finding as it is made. */
  readonly onFinding?: (finding: UnoFinding) => void;
}

/** What a replay may be told. */
export interface ReplayUnoOptions extends UnoTargetOptions {
  /** The iteration's value of the sweep variable; that of the first when absent. */
  readonly iteration?: number;
}

const STOP_AFTER = 5;

/**
 * The board that a sweep's programs are for and its checks are told of: the Uno, with the slack
 * added to how late it may be and to how long an operation takes.
 *
 * @throws ExploreError `invalid-argument` or `symbols`; BoardError when the image cannot be run.
 */
export async function describeUno(options: UnoTargetOptions = {}): Promise<BoardDescription> {
  const { image, slackTicks } = targetOf(options);
  const board = await openUnoBoard({ hex: image.hex, stock: image.stock });
  const described = board.describe();
  await board.close();
  const { lateTicks, minDeltaTicks, opTicks } = described.latencies;
  return {
    ...described,
    latencies: {
      lateTicks: lateTicks + slackTicks,
      minDeltaTicks,
      opTicks: opTicks + slackTicks,
    },
  };
}

/**
 * Places the wrap and the timer's interrupts before every instruction of the firmware that a program
 * reaches, one placement in each run, and judges each run by its trace.
 *
 * A *move* holds the CPU up before an instruction until the next wrap, compare match, or match of
 * the second interrupt has just happened, or until a tick before or after; all clocks go on, as
 * when a DMA transfer or a slow bus takes the CPU's cycles. The interrupt comes because the hardware
 * asks for it: at once where interrupts are enabled, and when they are unmasked where they are not.
 * All moves of one run take at most `slackTicks` together, so an instruction with no event that
 * near ahead gets none. A match is as far ahead as the program has it; programs that sweep across
 * one bring it to their operations. The wrap may fall anywhere: unless the program sets the counter's
 * `phase` itself, iterations are also run from other phases, chosen so that the wrap comes to what
 * has not had it. For that the CPU is held up before the iteration begins, while nothing of the
 * program runs, and that takes nothing of the slack. Each case has the wrap before each address at
 * each interrupt level, masked and not; and the sweep has it before each address by each chain of
 * calls that led there, in the first case that comes there. What runs only once the counter has
 * wrapped, such as the overflow's interrupt, cannot have another wrap so near.
 *
 * Points are the instructions of the HAL, the port, the interrupt entries and what those call; of
 * the agent around them, the first after each call and return. Waiting (`sleep`, `spin`) has none:
 * there the interrupts come in the plain run.
 *
 * A move before an instruction that touches no peripheral, not the interrupt flag, and no memory
 * but the stack (or any memory with interrupts masked) is covered by the same move before the next:
 * the same things happen in the same order, a few cycles apart. It is counted, not run. Traces of
 * the two differ in times by those cycles.
 *
 * The same cases give the same report, always. What a firmware does wrong is a finding; a hang is
 * one too.
 *
 * @throws ExploreError `invalid-argument`, `symbols` or `cannot-run`; BoardError for an image that
 * cannot be read or does not answer. Rejects with them, and with what a check or a callback throws.
 *
 * @example
 * ```ts
 * import { describeUno, type UnoCase, exploreUno } from "@escapement/explore-avr";
 * import { lawEnv, laws } from "@escapement/conformance";
 *
 * const env = lawEnv(await describeUno());
 * const cases = laws
 *   .filter(({ id }) => id === "STOP-06")
 *   .map((law) => ({
 *     name: law.id,
 *     program: law.program(env),
 *     check: (...[trace, , part]: Parameters<UnoCase["check"]>) => law.check(trace, env, part),
 *   }));
 * const { cases: swept } = await exploreUno(cases);
 * for (const { findings } of swept) {
 *   for (const { schedule, place, message } of findings) console.log(schedule, place, message);
 * }
 * ```
 */
export async function exploreUno(
  cases: readonly UnoCase[],
  options: ExploreUnoOptions = {},
): Promise<UnoReport> {
  const { image, slackTicks } = targetOf(options);
  const bound = oneOf("bound", options.bound ?? 1, [1, 2] as const);
  const stopAfter = whole("stopAfter", options.stopAfter ?? STOP_AFTER, 1, 1_000_000);
  const board = await describeUno(options);
  const machine = new AvrMachine(image, board.reference);
  const paths = new PathCoverage();
  const all = new Coverage(paths);
  const reports: UnoCaseReport[] = [];
  let placed = 0;
  for (const [index, each] of cases.entries()) {
    const phases = options.phases !== false && !setsPhase(each.program);
    const reach = { bound, slackTicks, prune: options.prune !== false, phases };
    const sweep = new CaseSearch(machine, reach, paths);
    const judge = new CaseJudge(each, board, machine, stopAfter, options.onFinding);
    const { count } = sweepOf(each.program);
    let done = 0;
    load(machine, each);
    while (!judge.isFull && options.signal?.aborted !== true && goesOn(machine, judge)) {
      judge.begin(done);
      const end = sweep.sweep(judge.plainCycles, (run) => judge.take(run));
      if (end === "again") continue;
      done += 1;
      options.onProgress?.({
        case: each.name,
        index,
        count: cases.length,
        iterationsDone: done,
        iterations: count,
        placed: placed + sweep.counts.placed,
      });
      await new Promise((resolve) => setImmediate(resolve));
      if (end === "hang") break;
    }
    placed += sweep.counts.placed;
    all.add(sweep.coverage);
    reports.push({
      name: each.name,
      iterations: done,
      ...sweep.counts,
      ...sweep.coverage.count(),
      findings: judge.findings,
      finished: done === count && !judge.isFull,
    });
  }
  return {
    board,
    emulator: image.stock ? "stock" : "corrected",
    bound,
    slackTicks,
    cases: reports,
    ...all.count(),
    paths: paths.reached.size,
    pathsWrapped: paths.reachedAndWrapped,
    gaps: all.gaps(machine.map),
    finished: reports.every(({ finished }) => finished),
  };
}

/**
 * Runs one iteration of a case by a schedule that {@link exploreUno} printed, and returns what it
 * found: the run's trace, and what the check says of it. Where nothing is wrong, the kind is `law`
 * and the message is empty.
 *
 * @throws ExploreError `bad-schedule`, `schedule-version` or `schedule-mismatch`; and as
 * {@link exploreUno} does.
 */
export async function replayUno(
  each: UnoCase,
  schedule: string,
  options: ReplayUnoOptions = {},
): Promise<UnoFinding> {
  const parsed = parseUnoSchedule(schedule);
  const { image, slackTicks } = targetOf(options);
  const board = await describeUno(options);
  const machine = new AvrMachine(image, board.reference);
  const { from, count, step } = sweepOf(each.program);
  const wanted = options.iteration ?? from;
  const number = count === 1 ? (wanted === from ? 0 : -1) : (wanted - from) / step;
  if (!Number.isInteger(number) || number < 0 || number >= count) {
    throw new ExploreError(
      "invalid-argument",
      `${each.name} has no iteration with the value ${wanted}`,
      `Give a value of its sweep: from ${from}, ${count} values, ${step} apart.`,
    );
  }
  const judge = new CaseJudge(each, board, machine, Number.POSITIVE_INFINITY, undefined);
  judge.begin(number);
  load(machine, each);
  let index = 0;
  while (machine.nextIteration() && index < number) {
    machine.runPlain(judge.plainCycles);
    if (!machine.isTakenBack) index += 1;
  }
  return judge.describe(runSchedule(machine, judge.plainCycles, slackTicks, parsed));
}

/** Whether there is another iteration; a firmware that gave up is the judge's. */
function goesOn(machine: AvrMachine, judge: CaseJudge): boolean {
  try {
    return machine.nextIteration();
  } catch (error) {
    if (!(error instanceof ExploreError)) throw error;
    judge.takeFault(error);
    return false;
  }
}

function load(machine: AvrMachine, { name, program }: UnoCase): void {
  try {
    machine.load(program);
  } catch (cause) {
    if (!(cause instanceof ExploreError || cause instanceof BoardError)) throw cause;
    throw new ExploreError(
      "cannot-run",
      `The program of ${name} cannot be loaded: ${cause.message}`,
      "Give programs for the board that describeUno() tells of.",
      { cause },
    );
  }
}

function oneOf<Value>(name: string, value: Value, values: readonly Value[]): Value {
  if (values.includes(value)) return value;
  throw new ExploreError(
    "invalid-argument",
    `${name} is ${String(value)}`,
    `Give one of ${values.join(", ")}.`,
  );
}
