import { greatestDivisor } from "../_internal/greatest-divisor.js";
import type { Due, Entry } from "./handler-entry.js";
import { type Hypothesis, Life, range } from "./hypothesis.js";
import type { Model } from "./model.js";
import { nextDeadlines } from "./next-deadlines.js";
import type { TimerModel } from "./timer-model.js";

/**
 * Takes the hypotheses that allow the entry to those after it. The others are left out; the timer
 * keeps the reason of the first.
 */
export function enter(
  hypotheses: readonly Hypothesis[],
  timer: TimerModel,
  entry: Entry,
  model: Model,
  due: Due,
): Hypothesis[] {
  const out: Hypothesis[] = [];
  timer.refutation = undefined;
  for (const each of hypotheses) {
    if (!isAllowed(each, timer, entry, model)) continue;
    noteDue(each, timer, entry, model, due);
    const after = entry.isEarly ? each.copy() : each;
    after.flight = entry.activity.id;
    after.isStopped = false;
    if (timer.isPeriodic) {
      nextDeadlines(after, timer, entry, model, out);
    } else {
      after.disarm();
      after.hasFired = true;
      out.push(after);
    }
  }
  return out;
}

function isAllowed(hypothesis: Hypothesis, timer: TimerModel, entry: Entry, model: Model): boolean {
  const { scheduled, at } = entry;
  if (!hypothesis.isArmed) {
    refute(
      timer,
      ruleOfUnarmed(hypothesis),
      "not-armed",
      "no expiry",
      `it ran, and was ${hypothesis.describe()}`,
    );
    return false;
  }
  if (at < scheduled) {
    refute(
      timer,
      "ARM-01",
      "early",
      `an entry at ${scheduled} or later`,
      `it was entered at ${at}`,
    );
    return false;
  }
  return (
    isScheduled(hypothesis, timer, entry, model) &&
    (timer.isSoft ? isOfPass(hypothesis, timer, entry) : isInTime(hypothesis, timer, entry, model))
  );
}

/** Whether the scheduled time is one that it was armed for (CALL-03, PER-02, PER-08). */
function isScheduled(
  hypothesis: Hypothesis,
  timer: TimerModel,
  entry: Entry,
  model: Model,
): boolean {
  const { scheduled } = entry;
  const { deadlineLo, deadlineHi, deadlineStep, periodTicks } = hypothesis;
  const armed = range(deadlineLo, deadlineHi);
  if (timer.policy === "skip" && timer.isPeriodic) {
    return isNewestMissed(hypothesis, timer, entry, model);
  }
  const fits =
    scheduled >= deadlineLo &&
    scheduled <= deadlineHi &&
    (deadlineStep === 1 || (scheduled - deadlineLo) % deadlineStep === 0);
  if (fits) return true;
  const rule = timer.isPeriodic ? "PER-02" : "CALL-03";
  const period = timer.isPeriodic ? `, period ${periodTicks}` : "";
  refute(timer, rule, "scheduled", `${armed}${period}`, `it was scheduled for ${scheduled}`);
  return false;
}

/** PER-08: "only the newest missed period is delivered". */
function isNewestMissed(
  hypothesis: Hypothesis,
  timer: TimerModel,
  { scheduled, lookLo }: Entry,
  model: Model,
): boolean {
  const { deadlineLo, deadlineHi, deadlineStep, periodTicks, waitingPeriodTicks } = hypothesis;
  // Chosen at an expiry, which may have been a while ago; by another period where that was in force.
  const isChosenBefore = timer.isSoft && model.bounds.semantics.softRearm === "at-expiry";
  const isOnSchedule =
    (isChosenBefore && waitingPeriodTicks !== 0) ||
    (deadlineStep > 1
      ? (scheduled - deadlineLo) % greatestDivisor(deadlineStep, periodTicks) === 0
      : scheduled - Math.ceil(Math.max(0, scheduled - deadlineHi) / periodTicks) * periodTicks >=
        deadlineLo);
  if (scheduled < deadlineLo || !isOnSchedule) {
    const expected = `${range(deadlineLo, deadlineHi)}, or that and periods of ${periodTicks}`;
    refute(timer, "PER-08", "scheduled", expected, `it was scheduled for ${scheduled}`);
    return false;
  }
  if (lookLo - scheduled < periodTicks || isChosenBefore) return true;
  const newest = scheduled + Math.floor((lookLo - scheduled) / periodTicks) * periodTicks;
  refute(
    timer,
    "PER-08",
    "newest",
    `the newest missed period, of ${newest}`,
    `that of ${scheduled}`,
  );
  return false;
}

/** CALL-13: `service()` runs what waited at its entry. PER-22: of a bursting timer, what was due at its start. */
function isOfPass(hypothesis: Hypothesis, timer: TimerModel, entry: Entry): boolean {
  const { pass, scheduled, activity } = entry;
  if (pass === undefined) return true;
  if (hypothesis.pass !== 0) {
    if (scheduled <= pass.begunBy) return true;
    refute(
      timer,
      "PER-22",
      "pass",
      `periods up to ${pass.begunBy}, when the pass began`,
      `that of ${scheduled}`,
    );
    return false;
  }
  const { deadlineLo, deadlineHi, armedLo, orderLo } = hypothesis;
  const deadline = Math.min(Math.max(scheduled, deadlineLo), deadlineHi);
  const due = Math.max(deadline, armedLo);
  const isLaterArmed = pass.first !== activity && orderLo > pass.firstOrder;
  if (due <= pass.begunBy && !isLaterArmed) return true;
  const rule = timer.isPeriodic ? "PER-22" : "CALL-13";
  const expected = `what waited when the pass began, by ${pass.begunBy}`;
  refute(timer, rule, "pass", expected, `a callback that was due at ${due}`);
  return false;
}

/**
 * ARM-03: "A handler is entered within the stated lateness of its deadline when nothing masks or precedes
 * it." ARM-16, ARM-17, ARM-19: nor where the compare is written too late, for the shortest delays, or
 * after a mask is lifted.
 */
function isInTime(
  hypothesis: Hypothesis,
  timer: TimerModel,
  { scheduled, at, isEarly }: Entry,
  model: Model,
): boolean {
  if (isEarly || at <= hypothesis.armedLo) return true;
  const deadline = Math.min(hypothesis.deadlineHi, scheduled);
  const latest =
    hypothesis.deadlineHi === deadline
      ? hypothesis.latest
      : model.heldBack.latestEntry(Math.max(deadline, hypothesis.armedHi));
  if (at <= latest) return true;
  refute(
    timer,
    "ARM-03",
    "late",
    `an entry until ${latest}`,
    `it was entered at ${at}, scheduled for ${scheduled}`,
  );
  return false;
}

/** What became due first runs first: notes what is known of this one. */
function noteDue(
  hypothesis: Hypothesis,
  timer: TimerModel,
  { scheduled }: Entry,
  model: Model,
  due: Due,
): void {
  const { deadlineLo, armedLo, armedHi, orderLo, orderHi } = hypothesis;
  const isSkip = timer.policy === "skip" && timer.isPeriodic;
  const deadline = isSkip ? deadlineLo : Math.max(scheduled, deadlineLo);
  const isByDeadline = model.bounds.semantics.overdue === "by-deadline";
  due.isExact =
    due.lo === Number.POSITIVE_INFINITY &&
    armedHi <= scheduled &&
    (!isSkip || deadlineLo === scheduled);
  due.lo = Math.min(due.lo, isByDeadline ? deadline : Math.max(deadline, armedLo));
  due.orderLo = Math.min(due.orderLo, orderLo);
  due.orderHi = Math.max(due.orderHi, orderHi);
  if (hypothesis.pass !== 0) due.isFurther = true;
}

function ruleOfUnarmed({ life, hasFired, isStopped }: Hypothesis): string {
  if (life === Life.Shut) return "STOP-17";
  if (life === Life.Released) return "LIFE-08";
  if (isStopped) return "STOP-04";
  return hasFired ? "PER-18" : "STOP-01";
}

function refute(
  timer: TimerModel,
  rule: string,
  kind: string,
  expected: string,
  found: string,
): void {
  if (timer.refutation === undefined) timer.refute(rule, kind, expected, found);
}
