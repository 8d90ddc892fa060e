import type { Entry } from "./handler-entry.js";
import type { Hypothesis } from "./hypothesis.js";
import type { Model } from "./model.js";
import type { TimerModel } from "./timer-model.js";

/** Most numbers of missed periods that are followed one by one; beyond it they are one range. */
const MOST_APART = 64;

/**
 * A periodic timer was taken: when it is due next, and which periods were missed. PER-02: expiries are
 * at start + k·T, counted from the expiry that is delivered.
 */
export function nextDeadlines(
  hypothesis: Hypothesis,
  timer: TimerModel,
  entry: Entry,
  model: Model,
  out: Hypothesis[],
): void {
  if (timer.policy === "burst") afterBurst(hypothesis, timer, entry, model, out);
  else if (timer.policy === "skip") afterSkip(hypothesis, timer, entry, model, out);
  else afterCoalesce(hypothesis, timer, entry, model, out);
}

/** PER-05: "every missed period is delivered, each with its own scheduled time, in order." */
function afterBurst(
  hypothesis: Hypothesis,
  timer: TimerModel,
  entry: Entry,
  model: Model,
  out: Hypothesis[],
): void {
  const { scheduled, pass } = entry;
  const next = scheduled + hypothesis.periodTicks;
  rearm(hypothesis, next, next, entry, model);
  // PER-22: a soft one runs once for each period that was due when the pass began.
  if (timer.isSoft && pass !== undefined && next <= pass.begunBy) {
    if (next > pass.at || model.bounds.semantics.softRearm === "at-expiry") {
      out.push(hypothesis.copy());
    }
    hypothesis.pass = pass.id;
  }
  out.push(hypothesis);
}

/** PER-08: "only the newest missed period is delivered, and nothing is counted." */
function afterSkip(
  hypothesis: Hypothesis,
  timer: TimerModel,
  entry: Entry,
  model: Model,
  out: Hypothesis[],
): void {
  const { scheduled, at } = entry;
  const { periodTicks } = hypothesis;
  const next = scheduled + periodTicks;
  const isAtExpiry = timer.isSoft && model.bounds.semantics.softRearm === "at-expiry";
  // Armed again at an expiry that came while this callback waited.
  const missed = isAtExpiry ? Math.floor((at - scheduled) / periodTicks) : 0;
  rearm(hypothesis, next, next + missed * periodTicks, entry, model);
  if (missed > 0) hypothesis.deadlineStep = periodTicks;
  out.push(hypothesis);
}

/**
 * PER-04: "a block of n periods gives one callback, for the first of them, and n − 1 overruns." How many
 * were missed depends on when the HAL looked at the clock.
 */
function afterCoalesce(
  hypothesis: Hypothesis,
  timer: TimerModel,
  entry: Entry,
  model: Model,
  out: Hypothesis[],
): void {
  const { scheduled, lookLo, at } = entry;
  const { periodTicks, overrunsLo, overrunsHi, isCountOpen } = hypothesis;
  const isAtExpiry = timer.isSoft && model.bounds.semantics.softRearm === "at-expiry";
  const fewest = isAtExpiry ? 0 : Math.max(0, Math.floor((lookLo - scheduled) / periodTicks));
  const most = Math.max(fewest, Math.floor((at - scheduled) / periodTicks));
  // Of an expiry that was counted before, some overruns may have been taken already.
  const isCounted = !isCountOpen && !isAtExpiry;
  hypothesis.isCountOpen = false;
  if (most - fewest > MOST_APART) {
    const next = scheduled + periodTicks;
    rearm(hypothesis, next + fewest * periodTicks, next + most * periodTicks, entry, model);
    hypothesis.deadlineStep = periodTicks;
    hypothesis.overrunsLo = overrunsLo + (isCounted ? fewest : 0);
    hypothesis.overrunsHi = overrunsHi + most;
    out.push(hypothesis);
    return;
  }
  for (let missed = fewest; missed <= most; missed++) {
    const each = missed === most ? hypothesis : hypothesis.copy();
    const next = scheduled + (missed + 1) * periodTicks;
    rearm(each, next, next, entry, model);
    each.overrunsLo = overrunsLo + (isCounted ? missed : 0);
    each.overrunsHi = overrunsHi + missed;
    out.push(each);
  }
}

/** It is armed again in the section in which it is taken: between the look and the entry. */
function rearm(
  hypothesis: Hypothesis,
  deadlineLo: number,
  deadlineHi: number,
  { lookLo, at, orderLo, orderHi }: Entry,
  model: Model,
): void {
  model.arm(hypothesis, deadlineLo, deadlineHi, lookLo, at, orderLo, orderHi);
}
