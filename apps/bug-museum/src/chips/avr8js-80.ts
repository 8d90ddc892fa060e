import { FLAG_OVERFLOW } from "@escapement/board-sim";
import type { ChipChange } from "../bug.js";

/** From the fifth wrap on, the overflow's flag is not set. */
export const dropOverflows: ChipChange = ({ hardware }) => {
  let seen = 0;
  let flags = 0;
  Object.defineProperty(hardware, "flags", {
    get: () => flags,
    set: (value: number) => {
      const isWrap = (value & ~flags & FLAG_OVERFLOW) !== 0;
      seen += isWrap ? 1 : 0;
      flags = isWrap && seen > 4 ? value & ~FLAG_OVERFLOW : value;
    },
  });
};
