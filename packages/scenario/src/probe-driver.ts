import type { DriverTimerSpec, Machine, TimerDriver } from "./driver.js";

/** Readings of the time after which a clock that has not moved is taken to move by itself never. */
const readings = 4096;

const probe: DriverTimerSpec = {
  mode: "periodic",
  periodTicks: 1,
  dispatch: "hard",
  overrun: "coalesce",
  late: "fire",
  autoRelease: false,
};

/** A driver and its world, booted to be tried out. */
interface Tried {
  readonly driver: TimerDriver;
  readonly machine: Machine;
}

/** What driver and machine leave open, found out by trying. */
export function tryOut(world: Tried): {
  readonly periodic: boolean;
  readonly wholeTicks: boolean;
} {
  return { periodic: makesPeriodic(world.driver), wholeTicks: standsStill(world) };
}

/**
 * Whether a driver makes periodic timers, found out by making one that is never started. A driver
 * that refuses every timer is not taken for one that knows one-shots: its laws show what is wrong.
 */
function makesPeriodic(driver: TimerDriver): boolean {
  const periodTicks = Math.max(1, Math.min(1000, driver.maxDelayTicks));
  const spec = { ...probe, periodTicks };
  return makes(driver, spec) || !makes(driver, { ...spec, mode: "one-shot" });
}

/** Whether no time passes while code runs: then calls fall on the edges of ticks. */
function standsStill(world: Tried): boolean {
  try {
    const begin = world.machine.stamp();
    for (let reading = 0; reading < readings; reading += 1) {
      world.driver.now();
      if (world.machine.stamp() !== begin) return false;
    }
    return Number.isInteger(begin);
  } catch {
    return false;
  }
}

/** What the attempt leaves is released; a refusal is a result, of whatever kind. */
function makes(driver: TimerDriver, spec: DriverTimerSpec): boolean {
  try {
    driver.deinit(driver.create(spec, () => {}));
    driver.collect?.();
    return true;
  } catch {
    return false;
  }
}
