import type { Hypothesis } from "./hypothesis.js";
import type { Model } from "./model.js";
import type { TimerModel } from "./timer-model.js";

/*
 * A quiet timer's expiries are counted by the program and not recorded. Where its handler is empty and
 * runs in the interrupt, it is followed all the same: before each call on it, whatever can have expired by
 * then may have, and whatever must have has.
 */

/** Lets expire what may have by the time of a call at lo … hi, made at that level. */
export function expireQuietly(
  timer: TimerModel,
  lo: number,
  hi: number,
  level: number,
  model: Model,
): void {
  if (!timer.isKnown || !timer.spec.quiet) return;
  const due = timer.hypotheses.filter((each) => mayBeDue(each, hi));
  if (due.length === 0) return;
  // An interrupt inside the handler finds it in flight.
  if (level > 0 && model.bounds.canNest) {
    timer.forget();
    return;
  }
  const left = timer.hypotheses.filter((each) => !mayBeDue(each, hi) || each.latest >= lo);
  for (const each of due) left.push(expired(each.copy(), timer, lo, hi, model));
  timer.hypotheses = left;
}

function mayBeDue({ isArmed, deadlineLo, armedLo }: Hypothesis, by: number): boolean {
  return isArmed && Math.max(deadlineLo, armedLo) <= by;
}

/** The same after one expiry or more. */
function expired(
  hypothesis: Hypothesis,
  timer: TimerModel,
  lo: number,
  hi: number,
  model: Model,
): Hypothesis {
  if (!timer.isPeriodic) {
    hypothesis.disarm();
    hypothesis.hasFired = true;
    return hypothesis;
  }
  const { deadlineLo, deadlineHi, deadlineStep, periodTicks, armedLo, orderLo } = hypothesis;
  const most = Math.floor((hi - deadlineLo) / periodTicks) + 1;
  // Where each missed period is delivered, one may wait for any number of those before it.
  const fewest = timer.policy === "burst" ? 1 : fewestPeriods(hypothesis, most, lo, model);
  const isExact = deadlineLo === deadlineHi || deadlineStep === periodTicks;
  const first = deadlineLo + fewest * periodTicks;
  const last = deadlineHi + most * periodTicks;
  model.arm(hypothesis, first, last, armedLo, hi, orderLo, model.order);
  hypothesis.deadlineStep = isExact ? periodTicks : 1;
  if (timer.policy === "coalesce") hypothesis.overrunsHi += most - 1;
  return hypothesis;
}

/** The fewest periods after which the next one need not have been served by then. */
function fewestPeriods(
  { deadlineHi, periodTicks }: Hypothesis,
  most: number,
  by: number,
  { heldBack }: Model,
): number {
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (heldBack.latestEntry(deadlineHi + middle * periodTicks) >= by) high = middle;
    else low = middle + 1;
  }
  return low;
}
