import type { BoardDescription, Program, Trace, TraceRecord } from "@escapement/scenario";
import { type Bounds, boundsOf } from "./bounds.js";
import { checkDescriptionOnce, checkTrace } from "./check-input.js";
import { HeldBack } from "./held-back.js";
import { LostLaps } from "./lost-laps.js";
import { Model, unseenTicksOf } from "./model.js";
import { asksForInterrupts, longestTicks } from "./operand.js";
import { IterationParser, type ParsedIteration } from "./parse-iteration.js";
import { Reads } from "./reads.js";
import type { IterationRange, Misfit } from "./record-cursor.js";
import { endOf } from "./trace-tree.js";
import { IterationOver, type Violation } from "./violation.js";
import { Walk } from "./walk.js";

/*
 * The contract as code: which traces can a board that keeps it leave?
 *
 * A law knows what its author imagined. The judge knows the rules, and follows the trace of any program
 * with a model of them. It runs nothing: program, trace and description are all it is given, so that
 * it judges a chip on the desk as it judges a simulation.
 *
 * Its steps, one file each:
 *
 * 1. A trace is a list; what happened is a tree. `parse-iteration` follows the program and finds for
 *    each operation its record, and the handlers and interrupts that ran while it did (`trace-tree`).
 * 2. What the trace does not show has to be left open. When exactly did a start read the clock? Was a
 *    handler that is entered just after an interrupt already taken when that came? So a timer is not
 *    in a state but in any of several, its hypotheses (`hypothesis`). Every record leaves those out
 *    that it excludes. When none is left the contract is broken, and the rule that left out the last
 *    one is the one that is named.
 * 3. An operation takes effect at one time, in one of the gaps between what is nested in it
 *    (`effects`). What it does there is written beside the contract's sentences in `transitions`.
 * 4. Handlers: whether the timer was armed, for that time and in its turn (`callbacks`, `entry`,
 *    `next-deadlines`, `serving-order`); in time, unless something held it back (`held-back`); and
 *    whether one that had to run by now has (`overdue`).
 * 5. What needs no timer: reads (`reads`), masks and the registry (`machine-rules`, `registry`), the
 *    second interrupt (`second-interrupt`). After a lost lap, an iteration by its own times (`lost-laps`).
 *
 * Two rules of thumb. Nothing sound may be accused: where the trace leaves something open, all that
 * the contract allows is followed, and where that would be too much (an operation inside a `repeat`),
 * the timer is not followed until it is set up again. And nothing is left open that need not be: each
 * tolerance is a hole that a bug fits into, so each has a reason, at the place where it is.
 *
 * What the board states about itself bounds all of it: its latencies, its capabilities, and its
 * semantics where it is different from the contract on purpose.
 */

/** Judging ends after that many violations: one broken rule often shows in every iteration. */
const MOST_VIOLATIONS = 20;

/**
 * Follows the trace of a program with a model of the contract; returns what it breaks, at most one
 * broken rule of the model for each iteration, in the order of the trace. Nothing where the trace fits.
 *
 * Pure: it runs nothing and keeps nothing. A trace that cannot be one of this program, because it was
 * cut off or is of another program, is a violation of rule `WIRE`.
 *
 * @throws ConformanceError `bad-trace` for what is no trace at all: without records, or with one that
 * is none. BoardError `invalid-description` for a description that contradicts itself,
 * `invalid-program` for a program that no board would run.
 *
 * @example
 * ```ts
 * import { describeViolation, judgeTrace } from "@escapement/conformance";
 * import type { Board, Program } from "@escapement/scenario";
 *
 * export async function brokenRules(board: Board, program: Program): Promise<string[]> {
 *   const trace = await board.run(program);
 *   return judgeTrace(program, trace, board.describe()).map(describeViolation);
 * }
 * ```
 */
export function judgeTrace(
  program: Program,
  trace: Trace,
  description: BoardDescription,
): readonly Violation[] {
  checkDescriptionOnce(description);
  const violations: Violation[] = [];
  const iterations = checkTrace(program, trace, violations);
  const bounds = boundsOf(description);
  const lostLaps = new LostLaps(bounds.lapTicks);
  for (const range of iterations) {
    judgeIteration(program, range, bounds, lostLaps, violations);
    if (violations.length >= MOST_VIOLATIONS) break;
  }
  return violations;
}

function judgeIteration(
  program: Program,
  range: IterationRange,
  bounds: Bounds,
  lostLaps: LostLaps,
  violations: Violation[],
): void {
  const found: Violation[] = [];
  try {
    follow(program, range, bounds, lostLaps, found);
  } catch (over) {
    if (!(over instanceof IterationOver)) throw over;
  }
  if (found.length > 1) found.sort((one, two) => one.record - two.record);
  violations.push(...found);
}

function follow(
  program: Program,
  recorded: IterationRange,
  bounds: Bounds,
  lostLaps: LostLaps,
  found: Violation[],
): void {
  const { value } = recorded;
  const misfit: Misfit = (rule, kind, expected, what, record) => {
    found.push({ rule, value, record, kind, expected, found: what });
    throw new IterationOver(`${rule} ${kind}`);
  };
  const parse = (range: IterationRange) =>
    new IterationParser(program, range, bounds, misfit).parse();
  const first = parse(recorded);
  const quiet = program.timers.filter((each) => each.quiet);
  // Handlers without records hold others back, each once before any other has its turn (ARM-31).
  const unseenTicks = quiet.reduce(
    (sum, each) => sum + longestTicks(each.handler, value, bounds.opTicks),
    0,
  );
  const heldBack = new HeldBack(
    first.root,
    { ...bounds, lateTicks: bounds.lateTicks + unseenTicks },
    { mayInterrupt: asksForInterrupts(program), variable: value },
  );
  const lapTicks = bounds.lapTicks - bounds.opTicks;
  const judgedUntil = heldBack.lapLost(lapTicks, lastTime(recorded));
  const { mayBeReported } = lostLaps;
  const range = lostLaps.realign(recorded, judgedUntil);
  // What the main list leaves masked stays so until the next iteration.
  const next = recorded.records[recorded.end] ?? { at: judgedUntil };
  if (heldBack.lapLost(lapTicks, next.at) < Number.POSITIVE_INFINITY) lostLaps.lost();
  const parsed = range === recorded ? first : parse(range);
  const readTicks = bounds.opTicks + unseenTicksOf(program, bounds);
  judgeReads(range, bounds, readTicks, judgedUntil, found);
  judgeErrors(parsed, range, judgedUntil, mayBeReported, found);
  const model = new Model(program, bounds, heldBack, range, judgedUntil, found);
  new Walk(model).run(parsed.root);
}

function judgeReads(
  { records, begin, end, value }: IterationRange,
  { description }: Bounds,
  readTicks: number,
  judgedUntil: number,
  found: Violation[],
): void {
  const reads = new Reads(description, readTicks, (rule, kind, expected, what, record) => {
    const { at } = records[record] as TraceRecord;
    if (at < judgedUntil) found.push({ rule, value, record, kind, expected, found: what });
  });
  for (let index = begin + 1; index < end; index++) reads.judge(records, index, end);
}

/** Errors that no program asks for. A lost lap is to be reported, once and only then; of an iteration before, too. */
function judgeErrors(
  { errors }: ParsedIteration,
  { value }: IterationRange,
  judgedUntil: number,
  mayBeReported: boolean,
  found: Violation[],
): void {
  let isReported = !mayBeReported;
  for (const { record, index } of errors) {
    const { code, at } = record;
    if (at >= judgedUntil) continue;
    if (code === "overflow-missed" && !isReported) {
      isReported = true;
      continue;
    }
    const rule =
      code === "overflow-missed" ? "READ-16" : code === "callback-threw" ? "CALL-05" : "WIRE";
    const what = `the HAL reported ${code}`;
    found.push({ rule, value, record: index, kind: code, expected: "no error", found: what });
    throw new IterationOver(code);
  }
}

function lastTime({ records, begin, end }: IterationRange): number {
  let last = Number.NEGATIVE_INFINITY;
  for (let index = begin; index < end; index++) {
    last = Math.max(last, endOf(records[index] as TraceRecord));
  }
  return last;
}
