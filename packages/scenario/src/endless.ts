import type { Op, Operand, Program } from "./program.js";
import type { RunActivity } from "./run-activity.js";

/** Operations that last for as long as the program says, or that run soft callbacks. */
const LASTING: ReadonlySet<string> = new Set(["spin", "phase", "readMany", "service"]);

/** How much later than it should a `sleep` may end, in ticks, before something keeps it. */
const GRACE_TICKS = 2 ** 20;

/** Entries beyond what is accounted for, before something else than the program is the cause. */
const GRACE_ENTRIES = 100;

/**
 * Whether it is the driver that never lets the program end: handlers follow each other, and the main
 * list's operation, which should long be over, does not return. Else the program itself is too long.
 *
 * @param sinceTicks how long the main list's operation has been under way
 * @param sleepTicks how long that was to last, where it is a `sleep`
 */
export function isKeptByDriver(
  activities: readonly RunActivity[],
  sinceTicks: number,
  sleepTicks: number,
): boolean {
  const main = activities[0]?.doing.op;
  if (main === undefined || !activities.some(({ doing }) => doing.op === "handler")) return false;
  if (main === "sleep") return sinceTicks > sleepTicks + GRACE_TICKS;
  return main !== "handler" && main !== "second-interrupt" && !LASTING.has(main);
}

/** What happened in one iteration until it was given up. */
export interface GivenUp {
  readonly program: Program;
  /** The value of an operand in this iteration. */
  readonly operandValue: (operand: Operand) => number;
  readonly sinceTicks: number;
  /** Handler entries of each timer. */
  readonly counts: readonly number[];
  /** Operations that gave each timer a new deadline. */
  readonly armings: readonly number[];
}

/**
 * Whether a timer ran far more often than its starts and its periods account for: then the driver is at
 * fault, whatever the program asked for. A burst of all periods that have passed is within it.
 */
export function hasRunTooOften(given: GivenUp): boolean {
  const { program, operandValue, sinceTicks, counts, armings } = given;
  return program.timers.some(({ mode, period }, timer) => {
    const ops = timerOps(program, timer);
    const asked = (armings[timer] ?? 0) + 1;
    const periods = [period, ...ops.flatMap((op) => (op.op === "setPeriod" ? [op.period] : []))];
    const shortest = Math.max(1, Math.min(...periods.map(operandValue)));
    // Each of the anonymous ones that `spawn` makes has periods of its own.
    const timers = ops.some(({ op }) => op === "spawn") ? asked : 1;
    const most = mode === "periodic" ? asked + timers * (sinceTicks / shortest) : asked;
    return (counts[timer] ?? 0) > most + GRACE_ENTRIES;
  });
}

/** What a program does with a timer, in whatever list. */
function timerOps({ main, timers, interrupts }: Program, timer: number): readonly Op[] {
  const flat = (op: Op): readonly Op[] => (op.op === "repeat" ? op.body.flatMap(flat) : [op]);
  const lists = [main, ...timers.map(({ handler }) => handler), ...interrupts];
  return lists
    .flat()
    .flatMap(flat)
    .filter((op) => "timer" in op && op.timer === timer);
}
