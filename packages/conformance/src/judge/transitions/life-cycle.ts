import { type Hypothesis, Life } from "../hypothesis.js";
import type { Model } from "../model.js";
import { operandValue } from "../operand.js";
import type { TimerModel } from "../timer-model.js";
import type { Step } from "../trace-tree.js";
import { dropWaiting } from "./starting.js";
import { type Effect, refusedWith, returned, type Transition } from "./transition.js";

/**
 * LIFE-03: "deinit() twice is fine." LIFE-08: what was pending or waited does not fire. A handler that
 * runs goes on to its end (REG-07).
 */
export const deinit: Transition = (hypothesis, timer, effect, model, out) => {
  if (hypothesis.life === Life.Never) {
    refusedWith("stale-handle", "REG-04", hypothesis, timer, effect, out);
  } else if (effect.step.result !== "ok") {
    timer.refute("LIFE-03", "refused", "ok", returned(effect.step));
  } else {
    release(hypothesis, timer, effect, model, out);
  }
};

/** LIFE-04, REG-10: every timer is released. CALL-21: in an interrupt it is refused and changes nothing. */
export const deinitAll: Transition = (hypothesis, timer, effect, model, out) => {
  const { result } = effect.step;
  if (result === "in-interrupt") out.push(hypothesis);
  else if (result !== "ok") timer.refute("LIFE-04", "refused", "ok", returned(effect.step));
  else if (hypothesis.life === Life.Never) out.push(hypothesis);
  else release(hypothesis, timer, effect, model, out);
};

function release(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
): void {
  dropWaiting(hypothesis, timer, effect, model, out);
  hypothesis.life = Life.Released;
  hypothesis.flight = 0;
  out.push(hypothesis);
}

/**
 * LIFE-01, LIFE-13: sets a live timer up again: stops it first, and forgets overruns and that it fired.
 * LIFE-07: makes one in place of a released one; not in an interrupt (CALL-21, REG-06), and only
 * where there is room (REG-03, which the registry's rules judge). STOP-17: not where it was shut down.
 */
export const init: Transition = (hypothesis, timer, effect, model, out) => {
  const { step } = effect;
  const { result, context } = step;
  if (hypothesis.isStale) {
    makeAgain(hypothesis, timer, effect, model, out);
    return;
  }
  if (timer.isBad) {
    refusedWith("invalid-argument", "ARM-22", hypothesis, timer, effect, out);
  } else if (hypothesis.life === Life.Shut) {
    refusedWith("timer-shut-down", "STOP-17", hypothesis, timer, effect, out);
  } else if (result !== "ok") {
    timer.refute(
      "LIFE-01",
      "refused",
      "ok, as the timer is live",
      `${returned(step)} at level ${context}`,
    );
  } else {
    dropWaiting(hypothesis, timer, effect, model, out);
    hypothesis.isStopped = hypothesis.flight !== 0;
    setUp(hypothesis, timer, model);
    out.push(hypothesis);
    if (hypothesis.flight === 0 || areHandlesChecked(model)) return;
    // A driver without an init of its own has another timer in its place, of which nothing runs.
    const other = hypothesis.copy();
    other.flight = 0;
    other.isStopped = false;
    out.push(other);
  }
};

function areHandlesChecked(model: Model): boolean {
  return model.bounds.description.capabilities.includes("generations");
}

function setUp(hypothesis: Hypothesis, timer: TimerModel, model: Model): void {
  hypothesis.hasFired = false;
  hypothesis.overrunsLo = 0;
  hypothesis.overrunsHi = 0;
  hypothesis.isCountOpen = false;
  hypothesis.periodTicks = model.periodOf(operandValue(timer.spec.period, model.value));
}

function makeAgain(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
): void {
  const { step } = effect;
  const { result, context } = step;
  const isAllowed = context === 0 || model.bounds.semantics.makingInInterrupt === "allowed";
  if (result === "invalid-argument" && timer.isBad) {
    out.push(hypothesis);
  } else if (result === "stale-handle" && mayBeReleasedMeanwhile(step, model)) {
    out.push(hypothesis);
  } else if (result === "timer-shut-down" && isBeingReleased(model)) {
    out.push(hypothesis);
  } else if (!isAllowed) {
    refusedWith("in-interrupt", "CALL-21", hypothesis, timer, effect, out);
  } else if (result === "capacity-exhausted") {
    out.push(hypothesis);
  } else if (timer.isBad) {
    timer.refute("ARM-22", "period", "invalid-argument", returned(step));
  } else if (result !== "ok") {
    timer.refute("LIFE-07", "refused", "ok, as the timer was released", returned(step));
  } else {
    hypothesis.life = Life.Live;
    hypothesis.flight = 0;
    hypothesis.isStopped = false;
    hypothesis.disarm();
    setUp(hypothesis, timer, model);
    out.push(hypothesis);
  }
}

/** A timer that is released in the middle of its set-up is set up as a stale one. */
function mayBeReleasedMeanwhile(step: Step, model: Model): boolean {
  return step.nested.length > 0 || isBeingReleased(model, step);
}

/** Whether a release is in progress: the program notes it after the driver has done it. */
function isBeingReleased(model: Model, except?: Step): boolean {
  return model.inProgress.some(
    (each) => each !== except && (each.name === "deinit" || each.name === "deinitAll"),
  );
}
