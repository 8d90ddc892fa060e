import type { Op, Program } from "@escapement/scenario";
import type { Bounds } from "./bounds.js";
import type { HeldBack } from "./held-back.js";
import { distinct, type Hypothesis } from "./hypothesis.js";
import { longestInterruptTicks, operandValue } from "./operand.js";
import type { IterationRange } from "./record-cursor.js";
import { Registers } from "./registers.js";
import { type Refutation, TimerModel } from "./timer-model.js";
import type { Activity, Step } from "./trace-tree.js";
import { IterationOver, type Violation } from "./violation.js";

/** All that the judge knows at one place of an iteration; the walk takes it from record to record. */
export class Model {
  readonly program: Program;
  readonly bounds: Bounds;
  readonly heldBack: HeldBack;
  readonly timers: readonly TimerModel[];
  readonly registers: Registers;
  /** The sweep variable. */
  readonly value: number;
  /** Ticks that handlers without records may take, again and again. */
  readonly unseenTicks: number;
  /** Ticks that the second interrupt may take between the look for a handler and its entry, without a record. */
  readonly unseenInterruptTicks: number;
  /** A soft periodic timer is armed again at each expiry, and a call may meet any number of them. */
  readonly isRearmedUnseen: boolean;
  /** Numbers what happens, one after the other. */
  order = 0;
  /** Operations that have begun and not returned, outermost first. */
  readonly inProgress: Step[] = [];
  /** Activities that were entered and have not returned, outermost first, the main list aside. */
  readonly running: Activity[] = [];
  /** Callbacks of anonymous timers that have returned, or are about to: their slots may be live. */
  anonymousLeaving = 0;
  /** How deep the interrupts are masked, by the level of whoever masked them; −1 where they are not. */
  maskedBy = -1;
  /** When the last `repeat` was over: what ran in that tick may have run in it. */
  repeatedUntil = Number.NEGATIVE_INFINITY;
  /** Nothing is judged from this time on (READ-16). */
  readonly judgedUntil: number;
  readonly #violations: Violation[];

  constructor(
    program: Program,
    bounds: Bounds,
    heldBack: HeldBack,
    { value, zeroTicks }: Pick<IterationRange, "value" | "zeroTicks">,
    judgedUntil: number,
    violations: Violation[],
  ) {
    this.program = program;
    this.bounds = bounds;
    this.heldBack = heldBack;
    this.value = value;
    this.registers = new Registers(zeroTicks, quietCaptures(program));
    this.judgedUntil = judgedUntil;
    this.#violations = violations;
    const { missedPeriods } = bounds.semantics;
    this.timers = program.timers.map((spec, number) => {
      const ticks = operandValue(spec.period, value);
      const isBad = ticks < 1 || ticks > bounds.maxDelayTicks;
      const policy = missedPeriods === "by-policy" ? spec.overrun : missedPeriods;
      return new TimerModel(number, spec, policy, this.periodOf(ticks), isBad);
    });
    this.unseenTicks = unseenTicksOf(program, bounds);
    this.unseenInterruptTicks = longestInterruptTicks(program, value, bounds.opTicks);
    this.isRearmedUnseen =
      bounds.semantics.softRearm === "at-expiry" &&
      program.timers.some(({ dispatch, mode }) => dispatch === "soft" && mode === "periodic");
  }

  /** A period as the board counts it: in whole ticks of its own. */
  periodOf(ticks: number): number {
    const { granularityTicks } = this.bounds.semantics;
    return granularityTicks === 1 ? ticks : Math.ceil(ticks / granularityTicks) * granularityTicks;
  }

  /**
   * Whether what runs is of handlers without entries in the trace: where one of them ends and another
   * begins is not known, nor what the one that ended left masked.
   */
  get isQuiet(): boolean {
    return this.running.at(-1)?.kind === "quiet";
  }

  /** Gives up following the timers that this operation acts on. */
  forgetTimersOf(op: Op): void {
    if ("timer" in op) this.timers[op.timer]?.forget();
    if (op.op === "deinitAll") for (const timer of this.timers) timer.forget();
  }

  /** Sets a hypothesis's deadline and the time and place of its arming. */
  arm(
    hypothesis: Hypothesis,
    deadlineLo: number,
    deadlineHi: number,
    armedLo: number,
    armedHi: number,
    orderLo: number,
    orderHi: number,
  ): void {
    hypothesis.isArmed = true;
    hypothesis.deadlineLo = deadlineLo;
    hypothesis.deadlineHi = deadlineHi;
    hypothesis.deadlineStep = 1;
    hypothesis.armedLo = armedLo;
    hypothesis.armedHi = armedHi;
    hypothesis.orderLo = orderLo;
    hypothesis.orderHi = orderHi;
    hypothesis.pass = 0;
    hypothesis.waitingPeriodTicks = 0;
    hypothesis.latest = this.heldBack.latestEntry(Math.max(deadlineHi, armedHi));
  }

  /** Keeps these hypotheses of a timer; without any, the iteration ends with the reason why. */
  keep(timer: TimerModel, hypotheses: Hypothesis[], index: number, time: number): void {
    if (hypotheses.length === 0) {
      const reason: Refutation = timer.refutation ?? unexplained;
      this.violate(
        reason.rule,
        reason.kind,
        reason.expected,
        reason.found,
        index,
        time,
        timer.number,
      );
    }
    timer.hypotheses = distinct(hypotheses);
    if (timer.hypotheses.length > MOST_HYPOTHESES) timer.forget();
  }

  /** Notes a violation and ends the iteration; from the time on at which a lap was lost, ends it without. */
  violate(
    rule: string,
    kind: string,
    expected: string,
    found: string,
    index: number,
    time: number,
    timer?: number,
  ): never {
    if (time < this.judgedUntil) {
      const { value } = this;
      const whose = timer === undefined ? {} : { timer };
      this.#violations.push({ rule, value, record: index, ...whose, kind, expected, found });
    }
    throw new IterationOver(`${rule} ${kind}`);
  }
}

/**
 * What runs without a record inside a call or before a handler: soft timers' expiries, each once, those of
 * anonymous ones too; of quiet handlers any number, as they may be due all the time.
 */
export function unseenTicksOf(program: Program, { opTicks, capacity }: Bounds): number {
  const { timers } = program;
  if (timers.some(({ quiet }) => quiet)) return Number.POSITIVE_INFINITY;
  const named = timers.filter(({ dispatch }) => dispatch === "soft").length;
  return (named + Math.min(capacity, softSpawns(program))) * opTicks;
}

/** How many anonymous soft timers a program makes; without end, where handlers or a `repeat` do. */
function softSpawns({ main, timers, interrupts }: Program): number {
  const isOne = (op: Op) => op.op === "spawn" && timers[op.timer]?.dispatch === "soft";
  const repeated = main.flatMap((op) => (op.op === "repeat" ? op.body : []));
  const again = [...repeated, ...timers.flatMap(({ handler }) => handler), ...interrupts.flat()];
  return again.some(isOne) ? Number.POSITIVE_INFINITY : main.filter(isOne).length;
}

/** The registers that handlers without records capture into. */
function quietCaptures({ timers }: Program): readonly number[] {
  const ops = timers.filter(({ quiet }) => quiet).flatMap(({ handler }) => handler);
  return ops.flatMap((op) => (op.op === "capture" ? [op.register] : []));
}

/** More than any known program leads to; beyond it a timer is not followed any further. */
export const MOST_HYPOTHESES = 200;

const unexplained: Refutation = {
  rule: "WIRE",
  kind: "structure",
  expected: "a trace that the contract allows",
  found: "none of the ways in which it could have come about",
};
