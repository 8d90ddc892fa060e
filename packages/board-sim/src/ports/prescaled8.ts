import type { TimerPort } from "@escapement/core";
import type { SimChip } from "../chip.js";
import { FLAG_COMPARE, FLAG_OVERFLOW } from "../chip-options.js";

/**
 * The port of the `prescaled8` profile: an 8-bit timer at clk/64, like an ATmega's Timer2.
 *
 * The whole counter laps in a millisecond, so nearly every delay is longer than it.
 */
export function prescaled8Port(chip: SimChip): TimerPort {
  return {
    counterBits: 8,
    frequencyHz: 250_000,
    minDeltaTicks: 1,
    autoClear: true,
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
