import type { TimerPort } from "@escapement/core";
import type { SimChip } from "../chip.js";
import { FLAG_COMPARE, FLAG_OVERFLOW } from "../chip-options.js";

/**
 * The port of the `avr16` profile: a 16-bit timer like the ATmega328P's Timer1 at clk/8.
 *
 * Two vectors, each clearing its flag at entry; TIFR clears by writing ones, so a flag is cleared
 * alone; TIMSK is changed bit by bit.
 */
export function avr16Port(chip: SimChip): TimerPort {
  return {
    counterBits: 16,
    frequencyHz: 2_000_000,
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
