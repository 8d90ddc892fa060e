import { isRefusal, type Op } from "@escapement/scenario";
import { type Hypothesis, range } from "../hypothesis.js";
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
 * ARM-02: "start() waits the whole period after the tick that was running at the call. Its deadline
 * lies ahead, so it returns `armed` and never `late`." ARM-11, LIFE-11, PER-14: one schedule, which
 * starts over; the old one is dropped, and with it a soft callback that waits (CALL-20). STOP-21,
 * CALL-07: also in its own handler, which goes on.
 */
export const start: Transition = (hypothesis, timer, effect, model, out) => {
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  if (isRefusedAsShut(hypothesis, timer, effect, out)) return;
  const { semantics } = model.bounds;
  const { result } = effect.step;
  if (isRefusedAsRunning(hypothesis, timer, effect, model, out)) return;
  const mayBeLate = semantics.relativeStart === "armed-or-late" && result === "late";
  if (result !== "armed" && !mayBeLate) {
    timer.refute("ARM-02", "result", "armed", returned(effect.step));
    return;
  }
  const { lo, hi, orderLo, orderHi } = effect;
  const { periodTicks } = hypothesis;
  const from = countsFrom(model, lo, hi);
  if (from.length === 0) timer.forget();
  hypothesis.hasFired = false;
  dropWaiting(hypothesis, timer, effect, model, out);
  for (const [at, until] of from) {
    const [first, last] = firstTicks(model, at, until);
    const each = from.length === 1 ? hypothesis : hypothesis.copy();
    model.arm(each, first + periodTicks, last + periodTicks, lo, hi, orderLo, orderHi);
    out.push(each);
  }
};

/** The tick from which a delay counts, where a start takes effect at lo … hi. */
function firstTicks(model: Model, lo: number, hi: number): [number, number] {
  const { semantics, description } = model.bounds;
  const { granularityTicks, partialTick } = semantics;
  if (partialTick === "given-away") return [lo - granularityTicks + 1, hi];
  // Where calls fall on the edge of a tick there is nothing of it to be waited for.
  return [description.wholeTicks === true ? lo : lo + 1, hi + granularityTicks];
}

/**
 * From when a start counts that takes effect at lo … hi: from then, or, where the board says so of a
 * start in a hard handler, from the time for which that was scheduled. In an interrupt inside that
 * handler it may be either; none is known where the handler is not recorded yet.
 */
function countsFrom(model: Model, lo: number, hi: number): readonly [number, number][] {
  const called: [number, number] = [lo, hi];
  const caller = model.running.at(-1);
  if (model.bounds.semantics.startInHandler === "from-now") return [called];
  if (caller === undefined || caller.context === 0) return [called];
  const handler = model.running.findLast((each) => each.kind === "handler" && each.context > 0);
  if (handler?.record.kind === "expiry") {
    const { scheduled } = handler.record;
    return handler === caller ? [[scheduled, scheduled]] : [[scheduled, scheduled], called];
  }
  return caller.context === 1 ? [called] : [];
}

/**
 * ARM-05: "start({ reference, delta }) is scheduled for exactly reference + delta." ARM-06, ARM-07: a
 * deadline that has passed returns `late` and fires, or with policy `refuse` returns `missed`, and
 * nothing changes. ARM-08: one that lies ahead does not, however far. PER-15: the schedule begins there.
 */
export const startAt: Transition = (hypothesis, timer, effect, model, out) => {
  const { op } = effect.step;
  if (op.op !== "startAt") return;
  const { candidates } = model.registers.at(op.register);
  if (candidates.length === 0) {
    timer.forget();
    out.push(hypothesis);
    return;
  }
  if (candidates.length === 1) {
    startAtReference(hypothesis, timer, effect, model, out, op, candidates[0] ?? 0);
    return;
  }
  // Something nested captured into the register: whether before or after it was read is not known.
  for (const value of candidates) {
    startAtReference(hypothesis.copy(), timer, effect, model, out, op, value);
  }
};

function startAtReference(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
  op: Op & { readonly op: "startAt" },
  register: number,
): void {
  const { result } = effect.step;
  const delta = operandValue(op.delta, model.value);
  const reference = register - operandValue(op.back, model.value);
  const { maxDelayTicks, semantics } = model.bounds;
  const wraps = semantics.maxReferenceAgeTicks < Number.MAX_SAFE_INTEGER;
  if (wraps && effect.hi - reference > semantics.maxReferenceAgeTicks) {
    timer.forget();
    out.push(hypothesis);
    return;
  }
  const isBad = (reference < 0 && !wraps) || delta > maxDelayTicks;
  if (isBad && result === "invalid-argument") {
    out.push(hypothesis);
    return;
  }
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  if (isRefusedAsShut(hypothesis, timer, effect, out)) return;
  if (isBad) {
    timer.refute("ARM-23", "argument", "invalid-argument", returned(effect.step));
    return;
  }
  const isMissed = result === "missed" && lateResult(timer, model) === "missed";
  if (!isMissed && isRefusedAsRunning(hypothesis, timer, effect, model, out)) return;
  if (result === "invalid-argument") {
    if (reference > effect.lo) out.push(hypothesis);
    else
      timer.refute(
        "ARM-05",
        "refused",
        "a start, as the reference has passed",
        returned(effect.step),
      );
    return;
  }
  if (reference > effect.hi) {
    timer.refute(
      "ARM-23",
      "future",
      "invalid-argument, as the reference lies ahead",
      returned(effect.step),
    );
    return;
  }
  armAt(hypothesis, timer, effect, model, out, reference + delta);
}

/** Where the board says that a running timer is not started: then it is refused, and goes on. */
function isRefusedAsRunning(
  hypothesis: Hypothesis,
  timer: TimerModel,
  { step }: Effect,
  model: Model,
  out: Hypothesis[],
): boolean {
  if (model.bounds.semantics.startOfRunning === "restarts" || !hypothesis.isArmed) return false;
  if (isRefusal(step.result)) out.push(hypothesis);
  else timer.refute("ARM-11", "running", "a refusal, as it is running", returned(step));
  return true;
}

/** What a start returns whose deadline has passed, on this board. */
function lateResult(timer: TimerModel, model: Model): "late" | "missed" | "armed" {
  const { pastDeadline } = model.bounds.semantics;
  if (pastDeadline === "clamped") return "armed";
  if (pastDeadline === "fires") return "late";
  if (pastDeadline === "refused") return "missed";
  return timer.spec.late === "refuse" ? "missed" : "late";
}

function armAt(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
  deadline: number,
): void {
  const { lo, hi, orderLo, orderHi, step } = effect;
  const { result } = step;
  const ifLate = lateResult(timer, model);
  const latest = deadline + model.bounds.semantics.granularityTicks - 1;
  const isAhead = result === "armed" && latest > lo;
  const isPast = result === ifLate && deadline <= hi;
  if (!isAhead && !isPast) {
    const expected = deadline > hi ? "armed" : deadline <= lo ? ifLate : `armed or ${ifLate}`;
    const rule =
      result === "armed"
        ? ifLate === "missed"
          ? "ARM-07"
          : "ARM-06"
        : deadline > hi
          ? "ARM-08"
          : "ARM-06";
    const found = `${returned(step)} at ${range(lo, hi)}, of a start for ${deadline}`;
    timer.refute(rule, "result", expected, found);
    return;
  }
  if (isPast && ifLate === "missed") {
    out.push(hypothesis);
    if (!isAhead) return;
  }
  const other = isAhead && isPast ? hypothesis.copy() : hypothesis;
  hypothesis.hasFired = false;
  dropWaiting(hypothesis, timer, effect, model, out);
  if (isAhead) {
    model.arm(hypothesis, deadline, latest, lo, Math.min(hi, latest - 1), orderLo, orderHi);
    out.push(hypothesis);
  }
  if (isPast && ifLate !== "missed") {
    const from = Math.max(lo, deadline);
    const isClamped = ifLate === "armed";
    other.hasFired = false;
    other.disarm();
    model.arm(
      other,
      isClamped ? from + 1 : deadline,
      isClamped ? hi + 1 : latest,
      from,
      hi,
      orderLo,
      orderHi,
    );
    out.push(other);
  }
}

/**
 * CALL-20: "Restarting a timer drops its queued soft callback." Where the board delivers it all the
 * same, it may be under way from now on.
 */
export function dropWaiting(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
): void {
  const { queuedOnStop, softRearm } = model.bounds.semantics;
  const mayWait = hypothesis.isArmed && timer.isSoft && hypothesis.deadlineLo <= effect.hi;
  if (mayWait && softRearm === "at-expiry") countWaiting(hypothesis, timer, effect);
  if (mayWait && queuedOnStop === "delivered") {
    timer.lose();
    out.push(hypothesis);
  }
  hypothesis.disarm();
}

/** Overruns that were counted at an expiry whose callback is dropped: at most those since the deadline. */
function countWaiting(hypothesis: Hypothesis, timer: TimerModel, effect: Effect): void {
  if (timer.policy !== "coalesce" || !timer.isPeriodic) return;
  const { waitingPeriodTicks, periodTicks } = hypothesis;
  const period = waitingPeriodTicks === 0 ? periodTicks : Math.min(waitingPeriodTicks, periodTicks);
  hypothesis.overrunsHi += Math.floor((effect.hi - hypothesis.deadlineLo) / period);
}
