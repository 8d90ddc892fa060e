import type { TimerPort } from "./port.js";
import { TimerError } from "./timer-error.js";
import type { HalOptions, StartAt } from "./timer-types.js";

/** The longest delay, in ticks: 2^52 − 1, so that a deadline stays exact for as long a time again. */
export const MAX_DELAY_TICKS = 2 ** 52 - 1;

const MAX_CAPACITY = 2 ** 24;

/** An `invalid-argument` error. */
export function invalid(message: string, hint: string): TimerError {
  return new TimerError("invalid-argument", message, hint);
}

/** A value as an error message shows it. */
export function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Checks a delay or period in ticks: an integer from `least` to the longest delay. */
export function checkTicks(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && Number.isInteger(value)) {
    if (value >= least && value <= MAX_DELAY_TICKS) {
      return value;
    }
  }
  throw invalid(
    `${name} is ${show(value)}`,
    `Give a whole number of ticks from ${least} to ${MAX_DELAY_TICKS}.`,
  );
}

/** Checks where a timer is to start from, all but whether the reference is in the future. */
export function checkStartAt(at: StartAt): void {
  if (typeof at !== "object" || at === null) {
    throw invalid(`start() got ${show(at)}`, "Give { reference, delta }, or nothing.");
  }
  if (!Number.isInteger(at.reference) || at.reference < 0) {
    throw invalid(
      `reference is ${show(at.reference)}`,
      "Give a time of hal.now(), in whole ticks, now or in the past.",
    );
  }
  checkTicks("delta", at.delta, 0);
}

/** Checks a port's constants; returns nothing, throws `invalid-argument`. */
export function checkPort(port: TimerPort): void {
  const { counterBits, frequencyHz, minDeltaTicks } = port;
  const compareBits = port.compareBits ?? counterBits;
  if (!Number.isInteger(counterBits) || counterBits < 3 || counterBits > 64) {
    throw invalid(`counterBits is ${show(counterBits)}`, "Give the counter's width, 3 to 64.");
  }
  if (!Number.isInteger(compareBits) || compareBits < 3 || compareBits > counterBits) {
    throw invalid(
      `compareBits is ${show(compareBits)}`,
      "Give the compare register's width, 3 to counterBits, or leave it out.",
    );
  }
  if (!(frequencyHz > 0 && frequencyHz < Number.POSITIVE_INFINITY)) {
    throw invalid(`frequencyHz is ${show(frequencyHz)}`, "Give the counter's ticks per second.");
  }
  if (port.autoClear !== undefined && typeof port.autoClear !== "boolean") {
    throw invalid(
      `autoClear is ${show(port.autoClear)}`,
      "Give true where entering the overflow's vector clears its flag, else false, or leave it out.",
    );
  }
  const most = 2 ** (compareBits - 1);
  if (!Number.isInteger(minDeltaTicks) || minDeltaTicks < 1 || minDeltaTicks > most) {
    throw invalid(
      `minDeltaTicks is ${show(minDeltaTicks)}`,
      `Give a whole number from 1 to half a lap of the compare, ${most}.`,
    );
  }
}

/** Checks how the HAL is to be set up; returns its capacity. */
export function checkHalOptions(options: HalOptions): number {
  const capacity = options.capacity ?? 32;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
    throw invalid(
      `capacity is ${show(capacity)}`,
      `Give a whole number from 1 to ${MAX_CAPACITY}.`,
    );
  }
  if (options.onError !== undefined && typeof options.onError !== "function") {
    throw invalid(`onError is ${show(options.onError)}`, "Give a function, or leave it out.");
  }
  if (options.state !== undefined && typeof options.state !== "function") {
    throw invalid(`state is ${show(options.state)}`, "Give a function, or leave it out.");
  }
  return capacity;
}
