import { createSimBoard, FLAG_OVERFLOW } from "@escapement/board-sim";
import { type Timer, TimerHal } from "@escapement/core";
import { type Board, halDriver } from "@escapement/scenario";
import { type RandomReport, runRandomPrograms } from "../../src/index.js";

/** Our HAL, but a stop that comes from an interrupt is acknowledged and not carried out. */
export function forgetfulBoard(): Board {
  return createSimBoard({
    profile: "avr16",
    name: "sim:forgetful",
    driver: (chip, port) => {
      const hal = new TimerHal(port, { capacity: 8 });
      chip.connect({ overflow: hal.onOverflow, compare: hal.onCompare });
      chip.enable(FLAG_OVERFLOW);
      const stop = (timer: unknown) => (chip.inInterrupt() ? "in-flight" : (timer as Timer).stop());
      return Object.assign(halDriver(hal), { stop });
    },
  });
}

/** A board on which a rule falls, one on which none does, and one whose line goes away. */
export async function randomReports(): Promise<readonly RandomReport[]> {
  const wrong = await runRandomPrograms(forgetfulBoard(), { seed: 1, runs: 60, failuresMax: 2 });
  const good = await runRandomPrograms(createSimBoard({ profile: "rtc24" }), { seed: 1, runs: 5 });
  const lost: RandomReport = {
    ...good,
    board: "/dev/ttyACM0",
    programs: 3,
    noRoom: 2,
    stopped: {
      origin: { seed: 4 },
      code: "disconnected",
      message: "/dev/ttyACM0 went away <4>",
      hint: "The cable?\nThe board's power?",
    },
  };
  return [wrong, good, lost].map((report) => ({ ...report, durationMs: 2_000 }));
}
