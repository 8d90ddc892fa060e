import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";
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

/** The chip whose port names its one thread, so that programs also run what a HAL with several does first. */
const withThreads: SimProfileName = "rp2040";

/** A HAL on a simulated chip. */
export function boardWith(Hal: HalClass, profile: SimProfileName): Board {
  return createSimBoard({
    name: `sim:${profile}`,
    profile: simProfiles[profile],
    hal: (port, onError) => new Hal(namingThreads(port, profile), { capacity: 32, onError }),
  });
}

function namingThreads(port: TimerPort, profile: SimProfileName): TimerPort {
  return profile === withThreads ? Object.assign(port, { threadId: () => 1 }) : port;
}
