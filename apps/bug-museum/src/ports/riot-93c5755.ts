import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import type { PortChange } from "../bug.js";

/** The interrupt mask is written whole, as this driver last knew it: without the overflow's bit. */
export const writeMaskWhole: PortChange = (port, chip) => ({
  ...port,
  enableCompare: (on) => {
    chip.disable(FLAG_COMPARE | FLAG_OVERFLOW);
    if (on) chip.enable(FLAG_COMPARE);
  },
});
