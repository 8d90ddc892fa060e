import type { TimerPort } from "@escapement/core";
import type { SimChip } from "../chip.js";
import { FLAG_COMPARE, FLAG_OVERFLOW } from "../chip-options.js";

const TOP = 0xff_ffff;

/**
 * The port of the `systick24` profile: a 24-bit counter that counts down, like SysTick, with a
 * compare register added (the real one has none).
 *
 * The HAL sees an up-counter: what is read, and what is compared with, is mirrored here.
 */
export function systick24Port(chip: SimChip): TimerPort {
  return {
    counterBits: 24,
    frequencyHz: 48_000_000,
    minDeltaTicks: 1,
    readCounter: () => TOP - chip.counter,
    overflowPending: () => (chip.flags & FLAG_OVERFLOW) !== 0,
    acknowledgeOverflow: () => chip.clearFlags(FLAG_OVERFLOW),
    setCompare: (ticks) => {
      chip.compare = TOP - ticks;
    },
    enableCompare: (on) => (on ? chip.enable(FLAG_COMPARE) : chip.disable(FLAG_COMPARE)),
    comparePending: () => (chip.flags & FLAG_COMPARE) !== 0,
    acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE),
    saveAndMask: () => chip.saveAndMask(),
    restore: (state) => chip.restore(state),
    inInterrupt: () => chip.inInterrupt(),
  };
}
