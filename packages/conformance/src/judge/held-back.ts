import type { OpName } from "@escapement/scenario";
import type { Bounds } from "./bounds.js";
import { type Interruption, LookWindow } from "./look-window.js";
import { maskDepthAfter } from "./mask-depth.js";
import { type Activity, endOfMask, type Step } from "./trace-tree.js";

/*
 * What holds a handler back. A handler is entered within the board's lateness of its deadline "when
 * nothing masks or precedes it" (ARM-03). What does is a span of time: a masked section, and every
 * activity in an interrupt together with an operation's time for entering and leaving it. From a
 * deadline on the handler may be late by the lateness; where a span begins before that is over, by
 * the lateness after the span's end; and so on.
 *
 * The spans stay apart, although they may touch. Merged, they would excuse what only one masked section
 * or one handler of a lap excuses: lost laps under load (READ-16, READ-21).
 *
 * The second interrupt is held back by the same, but for handlers that it can interrupt: of those only by what
 * they mask (CALL-25).
 *
 * It leaves no record inside a `repeat`: where it may come, handlers may be late there.
 *
 * A call on another timer may program the compare once more when the handler is due already, some way ahead: where
 * one ends after the deadline and begins in time, it may take its own time in addition. Once, not for each call:
 * what calls put off again and again is starved.
 */

interface Span {
  readonly from: number;
  readonly to: number;
  /** The level of the activity; of a masked section −1; of a `repeat` that others may interrupt −2. */
  readonly level: number;
  /** The HAL looks at the clock before and after it: it is a timer's handler. */
  readonly isLookedAround: boolean;
}

/** The program's part in what holds back. */
interface HoldingProgram {
  /** It asks for the second interrupt. */
  readonly mayInterrupt: boolean;
  /** The sweep's variable. */
  readonly variable: number;
}

/** The spans of one iteration. */
export class HeldBack {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  /** Whether it is one masked section or one activity. */
  readonly #isOne: boolean[] = [];
  readonly #isLookedAround: boolean[] = [];
  /** The latest end of a span and of all before it. */
  readonly #latestEnd: number[] = [];
  /** The activities in interrupts alone. */
  readonly #interruptions: Interruption[] = [];
  readonly #looks: (LookWindow | undefined)[] = [];
  /** Calls that may program the compare: their beginnings, in the order of their ends. */
  readonly #callFrom: number[] = [];
  readonly #callTo: number[] = [];
  /** The end of the last of those that follow each other with no more than the lateness between. */
  readonly #chainEnd: number[] = [];
  readonly #lateTicks: number;
  readonly #opTicks: number;
  readonly #program: HoldingProgram;
  readonly #isByHandlers: boolean;
  readonly #makeForInterrupts: () => HeldBack;
  #forInterrupts: HeldBack | undefined;

  /** `isByHandlers`: whether hard handlers hold back, besides what they mask. */
  constructor(
    root: Activity,
    bounds: Pick<Bounds, "lateTicks" | "opTicks" | "canNest">,
    program: HoldingProgram,
    isByHandlers = true,
  ) {
    const { lateTicks, opTicks, canNest } = bounds;
    this.#program = program;
    this.#isByHandlers = isByHandlers;
    this.#makeForInterrupts = () => (canNest ? new HeldBack(root, bounds, program, false) : this);
    this.#lateTicks = lateTicks;
    this.#opTicks = opTicks;
    const spans: Span[] = [];
    const calls: Step[] = [];
    this.#collect(root, spans, calls);
    spans.sort((one, two) => one.from - two.from);
    calls.sort((one, two) => one.until - two.until);
    for (const { at, until } of calls) {
      this.#callFrom.push(at);
      this.#callTo.push(until);
    }
    let latest = Number.NEGATIVE_INFINITY;
    for (const { from, to, level, isLookedAround } of spans) {
      latest = Math.max(latest, to);
      if (level >= 0) this.#interruptions.push({ from, until: to - opTicks, level });
      this.#from.push(from);
      this.#to.push(to);
      this.#isOne.push(level >= -1);
      this.#isLookedAround.push(isLookedAround);
      this.#latestEnd.push(latest);
    }
    for (let index = spans.length - 1; index >= 0; index--) {
      const end = this.#latestEnd[index] as number;
      const next = this.#from[index + 1];
      const goesOn = next !== undefined && next <= end + lateTicks;
      this.#chainEnd[index] = goesOn ? (this.#chainEnd[index + 1] as number) : end;
    }
  }

  /** Until when a hard handler that is due at this time has to have been entered. */
  latestEntry(due: number): number {
    const first = firstAfter(this.#latestEnd, due);
    const from = this.#from[first];
    const isHeld = from !== undefined && from <= due + this.#lateTicks;
    const latest = (isHeld ? (this.#chainEnd[first] as number) : due) + this.#lateTicks;
    const begun = this.#callFrom[firstAfter(this.#callTo, due)];
    return begun !== undefined && begun <= latest ? latest + this.#opTicks : latest;
  }

  /** Until when the second interrupt that is due at this time has to have been entered, but for an operation's time. */
  latestInterrupt(due: number): number {
    this.#forInterrupts ??= this.#makeForInterrupts();
    return this.#forInterrupts.latestEntry(due);
  }

  /** The earliest look at the clock for a handler at that level that was entered at `at`. */
  earliestLook(at: number, level: number, lookTicks: number): number {
    let window = this.#looks[level];
    if (window === undefined) {
      window = new LookWindow(this.#interruptions, level, lookTicks);
      this.#looks[level] = window;
    }
    return window.earliest(at);
  }

  /**
   * The first time at which one masked section or handler has lasted for a lap; nothing is promised then
   * (READ-16). Masked sections and other interrupts that follow each other at once are one: the overflow is
   * not served between them, and the HAL does not look.
   */
  lapLost(lapTicks: number, end: number): number {
    let first = Number.POSITIVE_INFINITY;
    let runFrom = Number.NEGATIVE_INFINITY;
    let runTo = runFrom;
    for (const [index, from] of this.#from.entries()) {
      const to = Math.min(this.#to[index] as number, end);
      if (this.#isOne[index] === true && to - from >= lapTicks) {
        first = Math.min(first, from + lapTicks);
      }
      if (this.#isLookedAround[index] === true) {
        if (from >= runTo) runTo = Number.NEGATIVE_INFINITY;
        continue;
      }
      if (from > runTo + this.#lateTicks) runFrom = from;
      runTo = Math.max(runTo, to);
      if (runTo - runFrom >= lapTicks) first = Math.min(first, runFrom + lapTicks);
    }
    return first;
  }

  #collect(activity: Activity, spans: Span[], calls: Step[]): void {
    const masks: number[] = [];
    for (const step of activity.steps) {
      this.#collectAll(step.nested, spans, calls);
      if (programsCompare(step)) calls.push(step);
      if (step.repeats.length > 0) this.#collectRepeats(step, masks, spans);
      if (step.name === "mask" && step.result === "ok") masks.push(step.at);
      if (step.name === "restore" && step.result === "ok") {
        const from = masks.pop();
        if (from !== undefined)
          spans.push({ from, to: endOfMask(step), level: -1, isLookedAround: false });
      }
    }
    this.#collectAll(activity.closing, spans, calls);
    // A return from a handler restores what it left masked; the main list ends masked.
    const to = activity.kind === "main" ? Number.POSITIVE_INFINITY : activity.until + this.#opTicks;
    for (const from of masks) spans.push({ from, to, level: -1, isLookedAround: false });
  }

  /** `repeat`s whose operations mask may have masked all the time. */
  #collectRepeats(step: Step, masks: number[], spans: Span[]): void {
    const { at, until, repeats } = step;
    // A soft callback, whose operations have no records here, may have masked, too.
    const hasCallbacks = step.nested.some(({ context }) => context === 0);
    if (this.#program.mayInterrupt || hasCallbacks)
      spans.push({ from: at, to: until + this.#opTicks, level: -2, isLookedAround: false });
    if (repeats.some(({ body }) => body.some(({ op }) => op === "mask"))) {
      spans.push({ from: at, to: until, level: -1, isLookedAround: false });
    }
    const depth = maskDepthAfter(step, masks.length, this.#program.variable);
    while (masks.length > depth) {
      const from = masks.pop();
      if (from !== undefined) spans.push({ from, to: until, level: -1, isLookedAround: false });
    }
    while (masks.length < depth) masks.push(at);
  }

  #collectAll(activities: readonly Activity[], spans: Span[], calls: Step[]): void {
    for (const each of activities) {
      this.#collect(each, spans, calls);
      const { at, until, context: level, kind } = each;
      if (level === 0 || (kind === "handler" && !this.#isByHandlers)) continue;
      const isLookedAround = kind === "handler" || kind === "muted";
      spans.push({ from: at, to: until + this.#opTicks, level, isLookedAround });
    }
  }
}

/** Calls that may change which deadline is the first. */
const moving: ReadonlySet<OpName> = new Set<OpName>([
  "start",
  "startAt",
  "stop",
  "stopSync",
  "shutdown",
  "init",
  "deinit",
  "deinitAll",
  "setPeriod",
  "spawn",
]);

/** Whether the call may program the compare. */
function programsCompare({ name, result }: Step): boolean {
  return moving.has(name) && result !== "not-supported";
}

/** The place of the first of these rising numbers that is greater. */
function firstAfter(rising: readonly number[], number: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
