import type { TimerPort } from "@escapement/core";
import type { SimChip } from "../chip.js";
import { FLAG_COMPARE } from "../chip-options.js";

/**
 * The port of the `rp2040` profile: a 64-bit microsecond counter read in two halves.
 *
 * Reading the low half latches the high one, but there is one latch for all contexts: an interrupt
 * that reads the time between the two halves changes it. So the pair is read masked. The alarm
 * compares the low 32 bits only. The counter never wraps, so there is no overflow flag.
 */
export function rp2040Port(chip: SimChip): TimerPort {
  return {
    counterBits: 64,
    compareBits: 32,
    frequencyHz: 1_000_000,
    minDeltaTicks: 1,
    readCounter: () => {
      const state = chip.saveAndMask();
      const low = chip.latchLow();
      const ticks = chip.latchedHigh() * 0x1_0000_0000 + low;
      chip.restore(state);
      return ticks;
    },
    overflowPending: () => false,
    acknowledgeOverflow: () => {},
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
