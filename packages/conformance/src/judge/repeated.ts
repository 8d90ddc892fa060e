import type { CallRecord, Op, OpResult } from "@escapement/scenario";
import type { Callbacks } from "./callbacks.js";
import type { Course } from "./course.js";
import type { Hypothesis } from "./hypothesis.js";
import type { Model } from "./model.js";
import { operandValue } from "./operand.js";
import { expireQuietly } from "./quiet-timers.js";
import type { TimerModel } from "./timer-model.js";
import { endOf, nothing, Step } from "./trace-tree.js";
import { transitions } from "./transitions/index.js";
import { leaveOpen } from "./unseen.js";

/*
 * The operations of a `repeat`. They leave no record, but they were made, in their order, each after
 * whatever the ones before it take at the least, and early enough for those after it. Between any two of
 * the expiries that are recorded each may have had its effect, with whatever result it had to have.
 */

/** An operation of a `repeat`, with its place among them as a bit. */
interface Unseen {
  /** The same operation with each result that it may have had. */
  readonly steps: readonly Step[];
  /** The timer that it acts on; −1 for all. */
  readonly timer: number;
  readonly bit: number;
  readonly lo: number;
  readonly hi: number;
}

/** The most operations that are followed; a hypothesis has a bit for each. */
const MOST_UNSEEN = 24;

/** Follows a `repeat`. */
export class Repeated {
  readonly #course: Course;
  readonly #model: Model;
  readonly #callbacks: Callbacks;

  constructor(course: Course, callbacks: Callbacks) {
    this.#course = course;
    this.#model = course.model;
    this.#callbacks = callbacks;
  }

  /** Takes the model over the whole of it. */
  run(step: Step): void {
    const model = this.#model;
    leaveOpen(step, this.#course);
    const unseen = this.#unroll(step);
    step.orderAtBegin = model.order;
    let from = endOf(step.record);
    for (const each of step.nested) {
      this.#gap(step, unseen, from, each.at);
      this.#callbacks.muted(each);
      from = each.at;
    }
    this.#gap(step, unseen, from, step.until);
    this.#end(step, unseen);
    model.order += 1;
  }

  /** All rounds, one after the other; none where they are too many. */
  #unroll(step: Step): readonly Unseen[] {
    const { op } = step;
    const model = this.#model;
    if (op.op !== "repeat") return [];
    const rounds = operandValue(op.count, model.value);
    const changing = op.body.filter(isFollowed);
    if (changing.length * rounds > MOST_UNSEEN) {
      for (const each of changing) model.forgetTimersOf(each);
      return [];
    }
    if (changing.length === 0) return [];
    const ticks = op.body.map((each) => leastTicks(each, model.value));
    const all = rounds * ticks.reduce((sum, each) => sum + each, 0);
    const unseen: Unseen[] = [];
    let passed = 0;
    for (let round = 0; round < rounds; round++) {
      for (const [place, each] of op.body.entries()) {
        const lo = endOf(step.record) + passed;
        const hi = step.until - (all - passed);
        passed += ticks[place] as number;
        if (!isFollowed(each)) continue;
        unseen.push(unseenStep(each, step, 1 << unseen.length, lo, Math.max(lo, hi)));
      }
    }
    return unseen;
  }

  /** Between two expiries: each operation, in their order, may have its effect here. */
  #gap(step: Step, unseen: readonly Unseen[], from: number, to: number): void {
    const model = this.#model;
    model.order += 1;
    for (const each of unseen) {
      const lo = Math.max(each.lo, from);
      const hi = Math.min(each.hi, to);
      if (lo > hi) continue;
      for (const timer of this.#timersOf(each)) {
        if (timer.isKnown) this.#mayTake(timer, each, before(unseen, each, timer), step, lo, hi);
      }
    }
  }

  #mayTake(
    timer: TimerModel,
    { steps, bit }: Unseen,
    needed: number,
    repeat: Step,
    lo: number,
    hi: number,
  ): void {
    const model = this.#model;
    expireQuietly(timer, lo, hi, repeat.context, model);
    if (!timer.isKnown) return;
    const out = [...timer.hypotheses];
    for (const each of timer.hypotheses) {
      if ((each.effects & bit) !== 0 || (each.effects & needed) !== needed) continue;
      const first = out.length;
      for (const step of steps) {
        const effect = { step, lo, hi, orderLo: repeat.orderAtBegin, orderHi: model.order };
        transitions[step.name]?.(each.copy(), timer, effect, model, out);
      }
      for (let next = first; next < out.length; next++) (out[next] as Hypothesis).effects |= bit;
    }
    model.keep(timer, out, repeat.index, repeat.until);
  }

  /** It is over: all of its operations have had their effects. */
  #end(step: Step, unseen: readonly Unseen[]): void {
    const model = this.#model;
    for (const timer of model.timers) {
      const own = unseen.filter((each) => each.timer < 0 || each.timer === timer.number);
      if (!timer.isKnown || own.length === 0) continue;
      const bits = own.reduce((sum, { bit }) => sum | bit, 0);
      const left = timer.hypotheses.filter((each) => (each.effects & bits) === bits);
      for (const each of left) each.effects = 0;
      const time = Math.min(step.until, Number.MAX_SAFE_INTEGER);
      model.keep(timer, left, step.index, time);
    }
  }

  #timersOf({ timer }: Unseen): readonly TimerModel[] {
    const { timers } = this.#model;
    return timer < 0 ? timers : [timers[timer] as TimerModel];
  }
}

/** The operations on that timer that come before this one. */
function before(unseen: readonly Unseen[], one: Unseen, timer: TimerModel): number {
  let bits = 0;
  for (const each of unseen) {
    if (each.bit >= one.bit) break;
    if (each.timer < 0 || each.timer === timer.number) bits |= each.bit;
  }
  return bits;
}

function unseenStep(op: Op, repeat: Step, bit: number, lo: number, hi: number): Unseen {
  const timer = "timer" in op ? op.timer : -1;
  const steps = resultsOf(op).map((result) => {
    const record: CallRecord = {
      kind: "call",
      op: op.op,
      subject: Math.max(0, timer),
      context: repeat.context,
      result,
      value: 0,
      at: lo,
      until: hi,
    };
    const step = new Step(op, record, repeat.index, repeat.context, nothing);
    step.isUnseen = true;
    return step;
  });
  return { steps, timer, bit, lo, hi };
}

/** Whether an operation changes a timer: those that only look do not, whatever they saw. */
function isFollowed({ op }: Op): boolean {
  return transitions[op] !== undefined && op !== "pending" && op !== "remaining";
}

/** What an operation may return that is no refusal. */
function resultsOf({ op }: Op): readonly OpResult[] {
  switch (op) {
    case "start":
      return ["armed", "late"];
    case "startAt":
      return ["armed", "late", "missed"];
    case "stop":
    case "stopSync":
    case "shutdown":
      return ["removed", "in-flight", "fired", "idle", "ok"];
    default:
      return ["ok"];
  }
}

/** The least time that an operation takes. */
function leastTicks(op: Op, variable: number): number {
  return op.op === "spin" || op.op === "sleep" ? operandValue(op.ticks, variable) : 0;
}
