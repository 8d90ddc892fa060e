import type { StopResult } from "@escapement/core";
import { type Hypothesis, Life } from "../hypothesis.js";
import type { Model } from "../model.js";
import { operandValue } from "../operand.js";
import type { TimerModel } from "../timer-model.js";
import { dropWaiting } from "./starting.js";
import { type Effect, isRefusedAsStale, returned, type Transition } from "./transition.js";

/**
 * `in-flight` of a handler that was taken and has not returned, its own one or one that it interrupted,
 * also where the timer was armed again (STOP-04, STOP-05, STOP-19); else `removed` of a timer that was
 * pending or whose callback waited (STOP-06, STOP-07, STOP-08, STOP-13); else `fired` of a one-shot
 * that ran since its last start (STOP-03); else `idle` (STOP-02, STOP-22). After it nothing is armed, so
 * that a later entry has nothing that allows it (STOP-01, STOP-10, STOP-12, STOP-27, STOP-30). It does
 * not wait (STOP-26). STOP-17, STOP-18: `shutdown()` does the same, for good.
 */
export const stop: Transition = (hypothesis, timer, effect, model, out) => {
  if (isRefusedAsStale(hypothesis, timer, effect, model, out)) return;
  const expected = stopResult(hypothesis);
  const { stopResult: said } = model.bounds.semantics;
  const { step } = effect;
  const result = saidOf(expected, hypothesis, said);
  if (step.result !== result && !mayBeDelivered(hypothesis, timer, effect, model)) {
    timer.refute(
      ruleOf[expected],
      expected,
      result,
      `${returned(step)} of a timer that was ${hypothesis.describe()}`,
    );
    return;
  }
  dropWaiting(hypothesis, timer, effect, model, out);
  if (hypothesis.flight !== 0) hypothesis.isStopped = true;
  if (step.name === "shutdown") hypothesis.life = Life.Shut;
  out.push(hypothesis);
};

/** Where the board delivers a soft callback that waits, a stop finds it in flight; whether it waits yet is open. */
function mayBeDelivered(
  hypothesis: Hypothesis,
  timer: TimerModel,
  { step, hi }: Effect,
  { bounds: { semantics } }: Model,
): boolean {
  const { isArmed, deadlineLo } = hypothesis;
  const mayWait = isArmed && timer.isSoft && deadlineLo <= hi;
  if (!mayWait || semantics.queuedOnStop === "dropped") return false;
  return step.result === saidOf("in-flight", hypothesis, semantics.stopResult);
}

/** STOP-14, STOP-15, STOP-16: as `stop()`, as nothing is in flight in another thread here. A bad timeout is refused. */
export const stopSync: Transition = (hypothesis, timer, effect, model, out) => {
  const { op, result } = effect.step;
  const timeoutTicks = op.op === "stopSync" ? operandValue(op.timeout, model.value) : 0;
  if (result !== "invalid-argument") {
    stop(hypothesis, timer, effect, model, out);
  } else if (timeoutTicks > model.bounds.maxDelayTicks) {
    out.push(hypothesis);
  } else {
    timer.refute("STOP-14", "refused", "what stop() returns", returned(effect.step));
  }
};

const ruleOf: Readonly<Record<StopResult, string>> = {
  "in-flight": "STOP-05",
  removed: "STOP-06",
  fired: "STOP-03",
  idle: "STOP-22",
};

function stopResult({ flight, isArmed, hasFired }: Hypothesis): StopResult {
  if (flight !== 0) return "in-flight";
  if (isArmed) return "removed";
  return hasFired ? "fired" : "idle";
}

/** What a board that cannot say all of it says instead. */
function saidOf(
  result: StopResult,
  { isArmed }: Hypothesis,
  said: Model["bounds"]["semantics"]["stopResult"],
): StopResult | "ok" {
  switch (said) {
    case "exact":
      return result;
    case "no-fired":
      return result === "fired" ? "idle" : result;
    case "no-in-flight":
      return result !== "in-flight" ? result : isArmed ? "removed" : "fired";
    case "boolean":
      return isArmed ? "removed" : "idle";
    case "nothing":
      return "ok";
  }
}
