import type { Course } from "./course.js";
import { operandValue } from "./operand.js";
import type { TimerModel } from "./timer-model.js";
import type { Activity, Step } from "./trace-tree.js";

/** `spawn` armed an anonymous one-shot, which nobody can stop. */
export function spawn(step: Step, { model, registry }: Course): void {
  const { op, at, until } = step;
  if (op.op !== "spawn") return;
  const timer = model.timers[op.timer] as TimerModel;
  if (timer.spec.quiet) {
    registry.unseen(1, 0);
    return;
  }
  const period = model.periodOf(operandValue(timer.spec.period, model.value));
  const { granularityTicks, partialTick, unreferenced } = model.bounds.semantics;
  // It may be gone at any time.
  if (unreferenced === "collected") registry.unseen(1, 0);
  const first = partialTick === "given-away" ? at - granularityTicks + 1 : at + 1;
  timer.anonymous.push({
    deadlineLo:
      (model.bounds.description.wholeTicks === true ? Math.min(first, at) : first) + period,
    deadlineHi: until + granularityTicks + period,
    armedLo: at,
    armedHi: until,
    madeBy: step,
  });
}

/** `phase` is refused while a timer of the program is active; it does not know of anonymous ones, and passes over them. */
export function passOver(step: Step, { model }: Course): void {
  if (step.name !== "phase" || step.result !== "ok") return;
  for (const timer of model.timers) {
    for (const each of timer.anonymous) each.isPassedOver = true;
  }
}

/**
 * Whether an expiry is that of an anonymous timer; REG-01: each that was made runs once, in time. Where
 * it can be of either, the timer itself is not followed any further.
 */
export function judgeAnonymous(timer: TimerModel, activity: Activity, course: Course): boolean {
  const { model, registry } = course;
  const { anonymous } = timer;
  if (anonymous.length === 0) return false;
  const { record, at, index, subject } = activity;
  const scheduled = record.kind === "expiry" ? record.scheduled : at;
  const place = anonymous.findIndex(
    ({ deadlineLo, deadlineHi }) => scheduled >= deadlineLo && scheduled <= deadlineHi,
  );
  const mayBeNamed = !timer.isKnown || timer.hypotheses.some((each) => each.isArmed);
  const one = anonymous[place];
  if (one === undefined) {
    if (mayBeNamed) return false;
    const found = `one was scheduled for ${scheduled}`;
    return model.violate(
      "CALL-03",
      "anonymous",
      "an anonymous timer as it was armed",
      found,
      index,
      at,
      subject,
    );
  }
  if (mayBeNamed) timer.forget();
  anonymous.splice(place, 1);
  registry.release();
  activity.isAnonymous = true;
  if (timer.isSoft || !timer.isKnown || one.isPassedOver) return true;
  const latest = model.heldBack.latestEntry(Math.max(scheduled, one.armedHi));
  if (at <= latest) return true;
  const found = `an anonymous one was entered at ${at}, scheduled for ${scheduled}`;
  return model.violate("ARM-03", "late", `an entry until ${latest}`, found, index, at, subject);
}
