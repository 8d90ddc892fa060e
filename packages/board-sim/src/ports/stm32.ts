import type { TimerPort } from "@escapement/core";
import type { SimChip } from "../chip.js";
import { FLAG_COMPARE, FLAG_OVERFLOW } from "../chip-options.js";

/**
 * The port of the `stm32` profile: a 32-bit general-purpose timer at full CPU speed.
 *
 * One vector for both flags; the status register is cleared with single bits, never by reading it,
 * changing it and writing it back, which would lose a flag that comes in between.
 */
export function stm32Port(chip: SimChip): TimerPort {
  return {
    counterBits: 32,
    frequencyHz: 84_000_000,
    minDeltaTicks: 1,
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
