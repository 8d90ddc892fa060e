import type { Hypothesis } from "../hypothesis.js";
import type { Model } from "../model.js";
import { operandValue } from "../operand.js";
import type { TimerModel } from "../timer-model.js";
import {
  type Effect,
  isRefusedAsShut,
  isRefusedAsStale,
  returned,
  type Transition,
} from "./transition.js";

/**
 * PER-06, PER-07: "A new period moves the pending expiry by the difference of new and old, so that the
 * schedule goes on from its last expiry. Where that has passed it is due at once." PER-23: set while
 * the soft callback waits, the new period counts from the expiry that it waits for.
 */
export const setPeriod: Transition = (hypothesis, timer, effect, model, out) => {
  const { op, result } = effect.step;
  if (op.op !== "setPeriod") return;
  const ticks = operandValue(op.period, model.value);
  const isBad = ticks < 1 || ticks > model.bounds.maxDelayTicks;
  if (isBad && result === "invalid-argument") {
    out.push(hypothesis);
    return;
  }
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  if (isRefusedAsShut(hypothesis, timer, effect, out)) return;
  if (isBad) {
    timer.refute("ARM-22", "argument", "invalid-argument", returned(effect.step));
  } else if (result !== "ok") {
    timer.refute("PER-06", "refused", "ok", returned(effect.step));
  } else {
    change(hypothesis, timer, effect, model, out, model.periodOf(ticks));
  }
};

function change(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
  ticks: number,
): void {
  if (!hypothesis.isArmed || model.bounds.semantics.setPeriod === "next") {
    hypothesis.periodTicks = ticks;
    out.push(hypothesis);
    return;
  }
  const waiting = timer.isSoft ? mayWait(hypothesis, effect) : "no";
  const isByService = model.bounds.semantics.softRearm === "at-service";
  // Periods of both lengths may wait already: which of them are still to come is not followed.
  if (waiting !== "no" && !isByService) timer.forget();
  if (waiting !== "no") {
    const waits = waiting === "yes" && isByService ? hypothesis : hypothesis.copy();
    waits.waitingPeriodTicks = waits.periodTicks;
    waits.periodTicks = ticks;
    out.push(waits);
    if (waits === hypothesis) return;
  }
  // Further ahead than the longest delay: no start could ask for that, and nothing is promised.
  const isMoved = model.bounds.semantics.setPeriod === "moves";
  const furthest = effect.lo + model.bounds.maxDelayTicks;
  if (isMoved && hypothesis.deadlineHi + ticks - hypothesis.periodTicks > furthest) timer.forget();
  move(hypothesis, effect, model, ticks);
  out.push(hypothesis);
}

function move(hypothesis: Hypothesis, effect: Effect, model: Model, ticks: number): void {
  const { lo, hi, orderLo, orderHi } = effect;
  const { deadlineLo, deadlineHi, deadlineStep, periodTicks } = hypothesis;
  hypothesis.periodTicks = ticks;
  if (model.bounds.semantics.setPeriod === "restarts") {
    model.arm(hypothesis, lo + ticks, hi + 1 + ticks, lo, hi, orderLo, orderHi);
    return;
  }
  const by = ticks - periodTicks;
  model.arm(hypothesis, deadlineLo + by, deadlineHi + by, lo, hi, orderLo, orderHi);
  hypothesis.deadlineStep = deadlineStep;
}

/** Whether the callback of a soft timer waits for `service()`: the expiry has been served by the interrupt. */
function mayWait(hypothesis: Hypothesis, { lo, hi }: Effect): "yes" | "no" | "perhaps" {
  if (hypothesis.pass !== 0) return "yes";
  if (hypothesis.deadlineLo > hi) return "no";
  return hypothesis.deadlineHi <= lo && hypothesis.latest < lo ? "yes" : "perhaps";
}
