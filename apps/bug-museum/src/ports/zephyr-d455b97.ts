import type { PortChange } from "../bug.js";

/** Each write of the compare moves the counter on. */
export const moveCounter: PortChange = (port, chip) => ({
  ...port,
  setCompare: (ticks) => {
    chip.counter = (chip.counter + 16) % 2 ** port.counterBits;
    port.setCompare(ticks);
  },
});
