import { timerErrors } from "./timer-errors.js";
import { show } from "./validation.js";

const US_PER_SECOND = 1_000_000;

/** Microseconds in ticks of that frequency, rounded up, at most 2^53 − 1. */
export function ticksFromUs(us: number, frequencyHz: number): number {
  checkAmount("us", us);
  // Whole seconds apart from the rest, so that no product goes beyond 2^53 before the result does.
  const seconds = Math.floor(us / US_PER_SECOND);
  const rest = us - seconds * US_PER_SECOND;
  return saturate(Math.ceil(seconds * frequencyHz + (rest * frequencyHz) / US_PER_SECOND));
}

/** Ticks of that frequency in microseconds, rounded down, at most 2^53 − 1. */
export function usFromTicks(ticks: number, frequencyHz: number): number {
  checkAmount("ticks", ticks);
  const seconds = Math.floor(ticks / frequencyHz);
  const rest = ticks - seconds * frequencyHz;
  return saturate(Math.floor(seconds * US_PER_SECOND + (rest * US_PER_SECOND) / frequencyHz));
}

function checkAmount(name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0)) {
    throw timerErrors.amount({ name, value: show(value) });
  }
}

/** What does not fit, Infinity and what arithmetic made of it included, is the most that fits. */
function saturate(value: number): number {
  return Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER;
}
