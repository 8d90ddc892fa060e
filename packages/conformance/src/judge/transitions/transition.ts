import { type Hypothesis, Life } from "../hypothesis.js";
import type { Model } from "../model.js";
import type { TimerModel } from "../timer-model.js";
import type { Step } from "../trace-tree.js";

/** The one time at which a call takes effect, as far as it is known: between two things nested in it. */
export interface Effect {
  readonly step: Step;
  /** It takes effect at lo … hi. */
  readonly lo: number;
  readonly hi: number;
  /** Its place in the order of all that was done. */
  readonly orderLo: number;
  readonly orderHi: number;
}

/**
 * What a call does to one hypothesis of its timer: pushes all that may be after it, or, where what was
 * recorded excludes it, pushes nothing and says why (`refute`). It may change the hypothesis that it
 * is given and push that.
 */
export type Transition = (
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
) => void;

/** Pushes the hypothesis where the call was refused with this code, as it had to be. */
export function refusedWith(
  code: string,
  rule: string,
  hypothesis: Hypothesis,
  timer: TimerModel,
  { step }: Effect,
  out: Hypothesis[],
): void {
  if (step.result === code) out.push(hypothesis);
  else timer.refute(rule, "not-refused", code, returned(step));
}

/**
 * Whether the handle is stale: then the call has to be refused with `stale-handle` (REG-04, REG-13).
 * Where the board does not distinguish stale handles nothing is known of the timer any more.
 */
export function isRefusedAsStale(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  model: Model,
  out: Hypothesis[],
): boolean {
  if (!hypothesis.isStale) return false;
  const { capabilities } = model.bounds.description;
  if (hypothesis.life === Life.Released && !capabilities.includes("generations")) {
    timer.forget();
    out.push(hypothesis);
  } else {
    refusedWith("stale-handle", "REG-13", hypothesis, timer, effect, out);
  }
  return true;
}

/** Whether the timer was shut down: then the call has to be refused with `timer-shut-down` (STOP-17). */
export function isRefusedAsShut(
  hypothesis: Hypothesis,
  timer: TimerModel,
  effect: Effect,
  out: Hypothesis[],
): boolean {
  if (hypothesis.life !== Life.Shut) return false;
  refusedWith("timer-shut-down", "STOP-17", hypothesis, timer, effect, out);
  return true;
}

/** What a call returned, for a sentence. */
export function returned({ name, result, value }: Step): string {
  return result === "ok" ? `${name} returned ${value}` : `${name} returned ${result}`;
}
