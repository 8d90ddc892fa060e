import { expect } from "vitest";
import type { Timer, TimerHal, TimerOptions } from "../src/index.js";
import { TimerError } from "../src/index.js";

/** The code of the TimerError that a call throws; undefined when it throws nothing. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(TimerError);
    const { code, message, hint } = error as TimerError;
    expect(message.length).toBeGreaterThan(0);
    expect(hint.length).toBeGreaterThan(0);
    return code;
  }
  return undefined;
}

/** A one-shot that logs its scheduled times. */
export function oneShot(
  hal: TimerHal,
  periodTicks: number,
  log: number[],
  more: Partial<TimerOptions> = {},
): Timer {
  return hal.timer({
    mode: "one-shot",
    periodTicks,
    callback: (timer) => log.push(timer.scheduledTicks),
    ...more,
  });
}

/** A periodic timer that logs its scheduled times. */
export function periodic(
  hal: TimerHal,
  periodTicks: number,
  log: number[],
  more: Partial<TimerOptions> = {},
): Timer {
  return oneShot(hal, periodTicks, log, { mode: "periodic", ...more });
}
