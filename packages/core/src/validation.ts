import type { HalOptions } from "./hal-types.js";
import type { TimerPort } from "./port.js";
import { timerErrors } from "./timer-errors.js";
import type { StartAt } from "./timer-types.js";

/** The longest delay, in ticks: 2^52 − 1, so that a deadline stays exact for as long a time again. */
export const MAX_DELAY_TICKS = 2 ** 52 - 1;

const MAX_CAPACITY = 2 ** 24;

/** A value as an error message shows it. */
export function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Whether a value is a whole number from `least` to `most`. */
function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && least <= (value as number) && (value as number) <= most;
}

/** Checks a delay or period in ticks: an integer from `least` to the longest delay. */
export function checkTicks(name: string, value: unknown, least: number): number {
  if (isWhole(value, least, MAX_DELAY_TICKS)) {
    return value;
  }
  throw timerErrors.ticks({ name, value: show(value), least, most: MAX_DELAY_TICKS });
}

/** Checks where a timer is to start from, all but whether the reference is in the future. */
export function checkStartAt(at: StartAt): void {
  if (typeof at !== "object" || at === null) {
    throw timerErrors.startArgument({ value: show(at) });
  }
  if (!Number.isInteger(at.reference) || at.reference < 0) {
    throw timerErrors.reference({ value: show(at.reference) });
  }
  checkTicks("delta", at.delta, 0);
}

/** Checks a port's constants; returns nothing, throws `invalid-argument`. */
export function checkPort(port: TimerPort): void {
  const { counterBits, frequencyHz, minDeltaTicks } = port;
  const compareBits = port.compareBits ?? counterBits;
  if (!isWhole(counterBits, 3, 64)) {
    throw timerErrors.counterBits({ value: show(counterBits) });
  }
  if (!isWhole(compareBits, 3, counterBits)) {
    throw timerErrors.compareBits({ value: show(compareBits) });
  }
  if (!(Number.isFinite(frequencyHz) && frequencyHz > 0)) {
    throw timerErrors.frequency({ value: show(frequencyHz) });
  }
  if (port.autoClear !== undefined && typeof port.autoClear !== "boolean") {
    throw timerErrors.autoClear({ value: show(port.autoClear) });
  }
  const most = 2 ** (compareBits - 1);
  if (!isWhole(minDeltaTicks, 1, most)) {
    throw timerErrors.minDelta({ value: show(minDeltaTicks), most });
  }
}

/** Checks how the HAL is to be set up; returns its capacity. */
export function checkHalOptions(options: HalOptions): number {
  const capacity = options.capacity ?? 32;
  if (!isWhole(capacity, 1, MAX_CAPACITY)) {
    throw timerErrors.capacity({ value: show(capacity), most: MAX_CAPACITY });
  }
  checkHook("onError", options.onError);
  checkHook("state", options.state);
  return capacity;
}

function checkHook(name: string, hook: unknown): void {
  if (hook !== undefined && typeof hook !== "function") {
    throw timerErrors.hook({ name, value: show(hook) });
  }
}
