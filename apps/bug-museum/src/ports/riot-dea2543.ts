import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import type { PortChange } from "../bug.js";

/** Acknowledging the compare clears the overflow, too. */
export const clearAllFlags: PortChange = (port, chip) => ({
  ...port,
  acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE | FLAG_OVERFLOW),
});
