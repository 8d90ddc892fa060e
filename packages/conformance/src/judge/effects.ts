import type { OpName } from "@escapement/scenario";
import type { Course } from "./course.js";
import type { Hypothesis } from "./hypothesis.js";
import type { Model } from "./model.js";
import { expireQuietly } from "./quiet-timers.js";
import type { Registry } from "./registry.js";
import type { TimerModel } from "./timer-model.js";
import type { Step } from "./trace-tree.js";
import { transitions } from "./transitions/index.js";
import type { Transition } from "./transitions/transition.js";

/*
 * A call takes effect at one time, in one of the gaps between the activities that are nested in it. In
 * which is not known: at each gap the hypotheses in which it has not happened yet are continued both
 * with it and without. At the return only those with it stay. A hypothesis notes by a bit for each
 * operation in progress whether that has happened.
 */

/** The effect under consideration; one object for all, as there are very many. */
interface MutableEffect {
  step: Step;
  lo: number;
  hi: number;
  orderLo: number;
  orderHi: number;
}

/** Lets operations take effect. */
export class EffectTracker {
  readonly #model: Model;
  readonly #registry: Registry;
  #effect: MutableEffect | undefined;

  constructor({ model, registry }: Course) {
    this.#model = model;
    this.#registry = registry;
  }

  /** An operation that nothing interrupts takes effect between its call and its return. */
  once(step: Step): void {
    const transition = transitions[step.name];
    if (transition === undefined) {
      if (step.name === "stats") this.#registry.mayCount(step, step.at, step.until);
      return;
    }
    if (isWithoutEffect(step)) return;
    const { order } = this.#model;
    const effect = this.#at(step, step.at, step.until, order, order);
    if (step.op.op === "deinitAll") {
      for (const timer of this.#model.timers) this.#takeOnce(timer, transition, effect);
      this.#releaseAnonymous(step);
    } else if ("timer" in step.op) {
      this.#takeOnce(this.#model.timers[step.op.timer] as TimerModel, transition, effect);
    }
  }

  /** The operation may take effect between these times. */
  maybe(step: Step, lo: number, hi: number): void {
    const model = this.#model;
    model.order += 1;
    if (step.name === "stats") this.#registry.mayCount(step, lo, Math.max(lo, hi));
    this.#registry.noteThere(step);
    const transition = transitions[step.name];
    if (transition === undefined || isWithoutEffect(step)) return;
    const effect = this.#at(step, lo, Math.max(lo, hi), step.orderAtBegin, model.order);
    if (step.op.op === "deinitAll") {
      for (const timer of model.timers) this.#mayTake(timer, transition, effect);
    } else if ("timer" in step.op) {
      this.#mayTake(model.timers[step.op.timer] as TimerModel, transition, effect);
    }
  }

  /** It returned: it has taken effect. */
  end(step: Step): void {
    const model = this.#model;
    if (transitions[step.name] === undefined || isWithoutEffect(step)) return;
    if (step.op.op === "deinitAll") {
      for (const timer of model.timers) this.#hasTaken(timer, step);
      this.#releaseAnonymous(step);
    } else if ("timer" in step.op) {
      this.#hasTaken(model.timers[step.op.timer] as TimerModel, step);
    }
  }

  #takeOnce(timer: TimerModel, transition: Transition, effect: MutableEffect): void {
    if (effect.step.isGuess && isGuessed(effect.step.name)) timer.forget();
    if (!timer.isKnown) {
      mayKnowAgain(timer, effect.step, this.#model);
      return;
    }
    expireQuietly(timer, effect.lo, effect.hi, effect.step.context, this.#model);
    if (!timer.isKnown) return;
    const out: Hypothesis[] = [];
    for (const each of timer.hypotheses) transition(each, timer, effect, this.#model, out);
    const { index, until } = effect.step;
    this.#model.keep(timer, out, index, until);
  }

  #mayTake(timer: TimerModel, transition: Transition, effect: MutableEffect): void {
    if (effect.step.isGuess && isGuessed(effect.step.name)) timer.forget();
    expireQuietly(timer, effect.lo, effect.hi, effect.step.context, this.#model);
    if (!timer.isKnown) return;
    const bit = 1 << this.#model.inProgress.indexOf(effect.step);
    const out = [...timer.hypotheses];
    for (const each of timer.hypotheses) {
      if ((each.effects & bit) !== 0) continue;
      const from = out.length;
      transition(each.copy(), timer, effect, this.#model, out);
      for (let next = from; next < out.length; next++) (out[next] as Hypothesis).effects |= bit;
    }
    const { index, until } = effect.step;
    this.#model.keep(timer, out, index, until);
  }

  #hasTaken(timer: TimerModel, step: Step): void {
    if (!timer.isKnown) return;
    const bit = 1 << this.#model.inProgress.indexOf(step);
    const left: Hypothesis[] = [];
    for (const each of timer.hypotheses) {
      if ((each.effects & bit) === 0) continue;
      each.effects &= ~bit;
      left.push(each);
    }
    this.#model.keep(timer, left, step.index, step.until);
  }

  #releaseAnonymous(step: Step): void {
    if (step.result !== "ok") return;
    for (const timer of this.#model.timers) {
      if (timer.anonymous.length === 0) continue;
      timer.anonymous = timer.anonymous.filter((each) => each.armedLo > step.at);
    }
  }

  #at(step: Step, lo: number, hi: number, orderLo: number, orderHi: number): MutableEffect {
    const effect = this.#effect;
    if (effect === undefined) {
      this.#effect = { step, lo, hi, orderLo, orderHi };
      return this.#effect;
    }
    effect.step = step;
    effect.lo = lo;
    effect.hi = hi;
    effect.orderLo = orderLo;
    effect.orderHi = orderHi;
    return effect;
  }
}

/** A call that the board cannot make changes nothing; whether it says so rightly, the machine's rules judge. */
function isWithoutEffect(step: Step): boolean {
  return step.result === "not-supported";
}

/** Operations with numbers that their records do not show. */
function isGuessed(name: OpName): boolean {
  return name === "startAt" || name === "setPeriod";
}

/** Set up again by the thread, with no handler of it running, a timer is known again. */
function mayKnowAgain(timer: TimerModel, step: Step, model: Model): void {
  const isMine = model.running.some((each) => each.subject === timer.number);
  if (step.name !== "init" || step.result !== "ok" || step.context > 0 || isMine) return;
  timer.begin();
}
