import { type Timer, TimerHal } from "@escapement/core";
import { refusalOf } from "@escapement/scenario";
import type { VirtualChip } from "./virtual-chip.js";

/** How a timer is armed. */
export interface VirtualArming {
  /** Once rather than periodically. */
  readonly isOneShot: boolean;
  /** The period, or the delay. */
  readonly periodUs: number;
  /** In the interrupt rather than scheduled. */
  readonly isHard: boolean;
  /** The callback; whether it threw. */
  readonly callback: () => boolean;
}

/** What machine.Timer of the VM rests on; a test puts a faulty one in its place. */
export interface VirtualTimers {
  /** Makes a timer, and returns its number. */
  make(): number;
  /** Arms it; nothing, or the code of a refusal. */
  arm(timer: number, arming: VirtualArming): string | undefined;
  /** Stops it. */
  stop(timer: number): void;
  /** Microseconds until it expires; 0 where it does not run. */
  remainingUs(timer: number): number;
}

/** As many as can be armed at once. */
const capacity = 256;

/** machine.Timer on the HAL of `@escapement/core`. */
export function halTimers(chip: VirtualChip): VirtualTimers {
  const hal = new TimerHal(chip.port, { capacity });
  chip.handlers = { onInterrupt: () => hal.onInterrupt(), service: () => hal.service() };
  const timers: (Timer | undefined)[] = [];
  const create = (): Timer => hal.timer({ mode: "one-shot", periodTicks: 1, callback: () => {} });
  /** Python does not say when it forgets a timer: those that do not run make room for others. */
  const giveBack = (): void => {
    for (const [number, timer] of timers.entries()) {
      if (timer === undefined || timer.active) continue;
      timer.deinit();
      timers[number] = undefined;
    }
  };
  const createWithRoom = (): Timer => {
    try {
      return create();
    } catch (error) {
      if (refusalOf(error) !== "capacity-exhausted") throw error;
      giveBack();
      return create();
    }
  };
  return {
    make() {
      try {
        return timers.push(createWithRoom()) - 1;
      } catch {
        // In a hard callback, or where all run: arming it says so.
        return timers.push(undefined) - 1;
      }
    },
    arm(number, { isOneShot, periodUs, isHard, callback }) {
      try {
        const timer = timers[number] ?? createWithRoom();
        timers[number] = timer;
        timer.init({
          mode: isOneShot ? "one-shot" : "periodic",
          periodTicks: periodUs,
          dispatch: isHard ? "hard" : "soft",
          overrun: "burst",
          callback: () => {
            if (callback() && isHard) timer.stop();
          },
        });
        timer.start();
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
    stop(number) {
      timers[number]?.stop();
    },
    remainingUs: (number) => timers[number]?.remaining() ?? 0,
  };
}
