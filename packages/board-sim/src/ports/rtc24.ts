import type { TimerPort } from "@escapement/core";
import type { SimChip } from "../chip.js";
import { FLAG_COMPARE, FLAG_OVERFLOW } from "../chip-options.js";

/**
 * The port of the `rtc24` profile: a 24-bit real-time counter at 32 768 Hz, like an nRF's RTC.
 *
 * A compare value of N or N + 1 does not match while the counter is at N, and the counter may step
 * once between the look at it and the write: three ticks are the least that is sure.
 */
export function rtc24Port(chip: SimChip): TimerPort {
  return {
    counterBits: 24,
    frequencyHz: 32_768,
    minDeltaTicks: 3,
    readCounter: () => chip.counter,
    overflowPending: () => (chip.flags & FLAG_OVERFLOW) !== 0,
    acknowledgeOverflow: () => chip.clearFlags(FLAG_OVERFLOW),
    setCompare: (ticks) => {
      chip.compare = ticks;
    },
    enableCompare: (on) => (on ? chip.enable(FLAG_COMPARE) : chip.disable(FLAG_COMPARE)),
    comparePending: () => (chip.flags & FLAG_COMPARE) !== 0,
    acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE),
    saveAndMask: () => chip.saveAndMask(),
    restore: (state) => chip.restore(state),
    inInterrupt: () => chip.inInterrupt(),
  };
}
