import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import type { Board } from "@escapement/scenario";
import type { HalClass } from "../builds/hal-build.js";

/** Cheapest first: most mutants fall on the first counter. */
export const profileNames: readonly SimProfileName[] = [
  "rtc24",
  "prescaled8",
  "rp2040",
  "stm32",
  "avr16",
  "systick24",
];

/** A HAL on a simulated chip. */
export function boardWith(Hal: HalClass, profile: SimProfileName): Board {
  return createSimBoard({
    name: `sim:${profile}`,
    profile: simProfiles[profile],
    hal: (port, onError) => new Hal(port, { capacity: 32, onError }),
  });
}
