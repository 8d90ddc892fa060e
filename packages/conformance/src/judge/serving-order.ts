import type { Due, Entry } from "./handler-entry.js";
import type { Hypothesis } from "./hypothesis.js";
import type { Model } from "./model.js";
import type { TimerModel } from "./timer-model.js";

/**
 * ARM-15, ARM-31, ARM-32, CALL-16: whatever became due first is served first; it becomes due at its
 * deadline, or when it is armed where that is later. ARM-14: of equal deadlines, what was armed first.
 *
 * Judges one entry against all timers that are sure to be pending. Returns whether it was its turn.
 */
export function isInOrder(timer: TimerModel, entry: Entry, due: Due, model: Model): boolean {
  const { overdue } = model.bounds.semantics;
  if (due.isFurther) return true;
  for (const other of model.timers) {
    if (other === timer || other.isSoft !== timer.isSoft || !isSurelyPending(other)) continue;
    const dueHi = latestDue(other);
    if (overdue !== "any" && dueHi < due.lo) {
      const expected = `timer ${other.number} first, due at ${dueHi}`;
      timer.refute(
        timer.isSoft ? "CALL-16" : "ARM-15",
        "order",
        expected,
        `it ran first, due at ${due.lo}`,
      );
      return false;
    }
    if (dueHi === entry.scheduled && due.isExact && !isOwnTurn(other, entry, due, model)) {
      const expected = `timer ${other.number} first, armed ${model.bounds.semantics.equalDeadlines === "fifo" ? "before" : "after"} it for the same time`;
      timer.refute(
        "ARM-14",
        "equal-deadlines",
        expected,
        `it ran first, scheduled for ${entry.scheduled}`,
      );
      return false;
    }
  }
  return true;
}

/** In every hypothesis it is armed, and no further period of it is part of a pass already. */
function isSurelyPending({ isKnown, spec, hypotheses }: TimerModel): boolean {
  return isKnown && !spec.quiet && hypotheses.every((each) => each.isArmed && each.pass === 0);
}

function latestDue({ hypotheses }: TimerModel): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { deadlineHi, armedHi } of hypotheses) latest = Math.max(latest, deadlineHi, armedHi);
  return latest;
}

/** Of two with the same deadline: whether this one may be the first. */
function isOwnTurn(other: TimerModel, { scheduled }: Entry, due: Due, model: Model): boolean {
  const { equalDeadlines } = model.bounds.semantics;
  const [only] = other.hypotheses;
  if (equalDeadlines === "any" || only === undefined || other.hypotheses.length > 1) return true;
  if (!isExactlyFor(only, scheduled)) return true;
  return equalDeadlines === "fifo" ? only.orderHi >= due.orderLo : only.orderLo <= due.orderHi;
}

function isExactlyFor({ deadlineLo, deadlineHi, armedHi }: Hypothesis, time: number): boolean {
  return deadlineLo === time && deadlineHi === time && armedHi <= time;
}
