import type { Hypothesis } from "./hypothesis.js";
import type { Model } from "./model.js";
import type { ServicePass } from "./service-pass.js";
import type { TimerModel } from "./timer-model.js";

/** ARM-03, ARM-16, ARM-19: by now every hard timer that was due has run. */
export function judgeOverdue(model: Model, now: number, index: number): void {
  for (const timer of model.timers) {
    // What a quiet timer did, nobody recorded.
    if (timer.isSoft || timer.spec.quiet) continue;
    if (timer.isKnown && timer.hypotheses.some((each) => isOverdue(each, now))) {
      judgeTimer(timer, model, now, index);
    }
    judgeAnonymousOf(timer, model, now, index);
  }
}

function isOverdue({ isArmed, effects, latest }: Hypothesis, now: number): boolean {
  return isArmed && effects === 0 && latest < now;
}

function judgeTimer(timer: TimerModel, model: Model, now: number, index: number): void {
  const left = timer.hypotheses.filter((each) => !isOverdue(each, now));
  if (left.length === 0) {
    const [{ deadlineHi, latest }] = timer.hypotheses as [Hypothesis];
    const found = `it had not run by ${now}, due at ${deadlineHi}`;
    timer.refute("ARM-03", "lost", `an entry until ${latest}`, found);
  }
  model.keep(timer, left, index, now);
}

/** Each anonymous one has to run, too. `unseenTicks`: what runs without a record before it is seen to run. */
function judgeAnonymousOf(
  timer: TimerModel,
  model: Model,
  now: number,
  index: number,
  unseenTicks = 0,
): void {
  if (model.bounds.semantics.unreferenced === "collected") return;
  for (const { deadlineHi, armedHi, isPassedOver } of timer.anonymous) {
    if (isPassedOver) continue;
    const latest = model.heldBack.latestEntry(Math.max(deadlineHi, armedHi)) + unseenTicks;
    if (latest >= now) continue;
    const found = `an anonymous one had not run by ${now}, due at ${deadlineHi}`;
    model.violate("REG-01", "lost", `an entry until ${latest}`, found, index, now, timer.number);
  }
}

/** CALL-04, PER-05, REG-01: a pass of `service()` is over; whatever waited when it was called has run. */
export function judgeService(pass: ServicePass, model: Model): void {
  const { step } = pass;
  if (step.value !== pass.ran && !model.timers.some(isQuietSoft)) {
    const found = `service returned ${step.value}`;
    model.violate("CALL-13", "count", `${pass.ran}, as many as ran`, found, step.index, step.until);
  }
  for (const timer of model.timers) {
    if (!timer.isSoft) continue;
    judgeAnonymousOf(timer, model, pass.at, step.index, model.unseenTicks);
    if (!timer.isKnown) continue;
    const left = timer.hypotheses.filter((each) => !hasToRun(each, pass));
    if (left.length === timer.hypotheses.length) continue;
    if (left.length === 0) {
      const [{ deadlineHi }] = timer.hypotheses as [Hypothesis];
      const found = `it did not run in the service() at ${pass.at}`;
      timer.refute("CALL-04", "lost", `a run, as it was due at ${deadlineHi}`, found);
    }
    model.keep(timer, left, step.index, step.until);
  }
}

function isQuietSoft({ spec, isSoft }: TimerModel): boolean {
  return spec.quiet && isSoft;
}

function hasToRun(hypothesis: Hypothesis, pass: ServicePass): boolean {
  const { isArmed, latest, orderHi } = hypothesis;
  if (!isArmed) return false;
  if (hypothesis.pass === pass.id) return true;
  return latest < pass.at && orderHi <= pass.step.orderAtBegin;
}
