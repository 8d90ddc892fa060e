import { range } from "../hypothesis.js";
import { isRefusedAsStale, returned, type Transition } from "./transition.js";

/** ARM-24: what is left until the deadline; 0 when it is due or not pending. */
export const remaining: Transition = (hypothesis, timer, effect, model, out) => {
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  const { step, lo, hi } = effect;
  const { result, value } = step;
  if (result !== "ok") {
    timer.refute("ARM-24", "refused", "ok", returned(step));
    return;
  }
  if (!hypothesis.isArmed) {
    if (value === 0) out.push(hypothesis);
    else timer.refute("ARM-24", "not-pending", "0, as it is not pending", returned(step));
    return;
  }
  const { deadlineLo, deadlineHi, deadlineStep } = hypothesis;
  const least = Math.max(0, deadlineLo - hi);
  const most = Math.max(0, deadlineHi - lo);
  if (value >= least && value <= most) {
    if (value > 0 && deadlineStep === 1) {
      hypothesis.deadlineLo = Math.max(deadlineLo, value + lo);
      hypothesis.deadlineHi = Math.min(deadlineHi, value + hi);
      const due = Math.max(hypothesis.deadlineHi, hypothesis.armedHi);
      hypothesis.latest = model.heldBack.latestEntry(due);
    }
    out.push(hypothesis);
    return;
  }
  const isQueuedAgain =
    timer.isSoft &&
    timer.isPeriodic &&
    model.bounds.semantics.softRearm === "at-expiry" &&
    deadlineLo <= hi &&
    value <= hypothesis.periodTicks;
  if (isQueuedAgain) out.push(hypothesis);
  else timer.refute("ARM-24", "ticks", range(least, most), returned(step));
};

/** CALL-15: active from the start on until nothing is to come, and while a handler runs that was not stopped. */
export const pending: Transition = (hypothesis, timer, effect, model, out) => {
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  const { step } = effect;
  const expected = hypothesis.isActive ? 1 : 0;
  if (step.result === "ok" && step.value === expected) out.push(hypothesis);
  else
    timer.refute(
      "CALL-15",
      "active",
      `${expected}`,
      `${returned(step)} of a timer that was ${hypothesis.describe()}`,
    );
};

/** PER-04, PER-09, PER-21: periods missed since they were last taken; taking them clears them. */
export const overruns: Transition = (hypothesis, timer, effect, model, out) => {
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  const { step, hi } = effect;
  const { maxOverruns, softRearm } = model.bounds.semantics;
  let most = hypothesis.overrunsHi;
  // Counted at the expiry, also where the callback has not run.
  const isOpen =
    softRearm === "at-expiry" &&
    timer.isSoft &&
    timer.isPeriodic &&
    timer.policy === "coalesce" &&
    hypothesis.isArmed &&
    hypothesis.deadlineLo <= hi;
  if (isOpen) most += Math.floor((hi - hypothesis.deadlineLo) / hypothesis.periodTicks);
  const least = Math.min(hypothesis.overrunsLo, maxOverruns);
  most = Math.min(most, maxOverruns);
  const fits = step.value >= least && step.value <= most;
  const isTaken = step.result === "ok" && fits;
  if (!isTaken) {
    timer.refute("PER-04", "overruns", range(least, most), returned(step));
    return;
  }
  hypothesis.overrunsLo = 0;
  hypothesis.overrunsHi = 0;
  if (isOpen) hypothesis.isCountOpen = true;
  out.push(hypothesis);
};
