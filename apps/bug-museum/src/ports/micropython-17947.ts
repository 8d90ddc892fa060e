import type { PortChange } from "../bug.js";

/** The upper half is read, then the lower one; the counter may carry in between. */
export const readUpperThenLower: PortChange = (port, chip) => {
  const half = 2 ** (port.counterBits / 2);
  return {
    ...port,
    readCounter: () => {
      const upper = Math.floor(chip.counter / half);
      return upper * half + (chip.counter % half);
    },
  };
};
