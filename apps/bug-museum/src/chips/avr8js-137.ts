import { SimEvent } from "@escapement/board-sim";
import type { ChipChange } from "../bug.js";

/** Once a lap, the counter skips a tick. */
export const shortenLap: ChipChange = ({ clock, hardware, shape }) => {
  const top = 2 ** shape.counterBits - 1;
  const shorten = new SimEvent(() => {
    if (hardware.raw() < top) hardware.preset(hardware.raw() + 1);
    clock.schedule(shorten, clock.now + (top + 1) * shape.cyclesPerTick);
  });
  clock.schedule(shorten, hardware.wrapCycle + shape.cyclesPerTick);
};
