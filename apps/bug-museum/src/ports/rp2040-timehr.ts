import type { PortChange } from "../bug.js";

/** The two halves are read from the registers without a latch, and nothing is masked. */
export const readHalvesUnmasked: PortChange = (port, chip) => ({
  ...port,
  readCounter: () => {
    const high = chip.counterHigh;
    return high * 2 ** 32 + chip.counterLow;
  },
});
