import type { Timer, TimerError, TimerHal, TimerOptions } from "@escapement/core";
import type { DriverTimerSpec, TimerDriver } from "./driver.js";

/** Makes a HAL that reports to this hook; pass it on as the HAL's `onError`. */
export type HalFactory = (onError: (error: TimerError) => void) => TimerHal;

function optionsOf(spec: DriverTimerSpec): Omit<TimerOptions, "callback"> {
  const { mode, periodTicks, dispatch, overrun, late, autoRelease } = spec;
  return { mode, periodTicks, dispatch, overrun, late, autoRelease };
}

/**
 * Puts Escapement's own HAL under the suite: the driver table over a `TimerHal`.
 *
 * Give a function that makes the HAL, so that what the HAL reports through its `onError` becomes
 * `error` records of the trace. A HAL that exists already can be given as it is; its errors then
 * go only where its owner sent them, and laws about reported errors fail.
 *
 * @example
 * ```ts
 * import { TimerHal, type TimerPort } from "@escapement/core";
 * import { halDriver } from "@escapement/scenario";
 *
 * export const driverOn = (port: TimerPort) =>
 *   halDriver((onError) => new TimerHal(port, { capacity: 32, onError }));
 * ```
 */
export function halDriver(source: TimerHal | HalFactory): TimerDriver<Timer> {
  // A HAL may report before there is a driver, while it is being made.
  let made: TimerDriver<Timer> | undefined;
  const report = (error: TimerError) => made?.onError?.(error.code);
  const hal = typeof source === "function" ? source(report) : source;
  const driver: TimerDriver<Timer> = {
    capacity: hal.capacity,
    maxDelayTicks: hal.maxDelayTicks,
    generations: true,
    periodic: true,
    now: () => hal.now(),
    create: (spec, onExpiry) =>
      hal.timer({ ...optionsOf(spec), callback: (timer) => onExpiry(timer.scheduledTicks) }),
    init: (timer, spec) => timer.init(optionsOf(spec)),
    start: (timer) => timer.start(),
    startAt: (timer, reference, delta) => timer.start({ reference, delta }),
    stop: (timer) => timer.stop(),
    stopSync: (timer, timeoutTicks) => timer.stopSync({ timeoutTicks }),
    shutdown: (timer) => timer.shutdown(),
    deinit: (timer) => timer.deinit(),
    setPeriod: (timer, periodTicks) => timer.setPeriod(periodTicks),
    remaining: (timer) => timer.remaining(),
    active: (timer) => timer.active,
    overruns: (timer) => timer.takeOverruns(),
    service: () => hal.service(),
    collect: () => {
      hal.collect();
    },
    deinitAll: () => hal.deinitAll(),
    stats: () => hal.stats(),
  };
  made = driver;
  return driver;
}
