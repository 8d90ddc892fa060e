import {
  connectHal,
  createSimBoard,
  FLAG_OVERFLOW,
  type SimChip,
  simProfiles,
} from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";
import type { Board, TimerDriver } from "@escapement/scenario";
import type { Bug } from "./bug.js";
import type { BrokenBoard } from "./catalogue.js";
import { ListHal } from "./list-hal.js";

function connect(chip: SimChip, port: TimerPort, bugs: readonly Bug[]): ListHal {
  const hal = new ListHal(port, bugs);
  connectHal(chip, hal);
  chip.enable(FLAG_OVERFLOW);
  return hal;
}

/** The control: the second HAL without a bug, on a simulated chip; `stated` is what it says of itself. */
export function makeListBoard(
  profile: string,
  bugs: readonly Bug[] = [],
  stated: Pick<TimerDriver, "equalOrder"> = {},
): Board {
  const name = `${profile} with the list HAL${bugs.length > 0 ? ` and ${bugs.join(", ")}` : ""}`;
  return createSimBoard({
    profile: profileOf(profile),
    name,
    driver: (chip, port) => Object.assign(connect(chip, port, bugs), stated),
  });
}

/** A board with one real bug. */
export function makeBrokenBoard(broken: BrokenBoard): Board {
  const { breakPort, bug } = broken;
  if (bug !== undefined) return makeListBoard(broken.profile, [bug]);
  const profile = profileOf(broken.profile);
  return createSimBoard({
    profile,
    name: broken.name,
    port: (chip) => {
      const port = profile.port(chip);
      return breakPort === undefined ? port : breakPort(port);
    },
  });
}

function profileOf(name: string): (typeof simProfiles)[keyof typeof simProfiles] {
  const found = Object.values(simProfiles).find((profile) => profile.name === name);
  if (found === undefined) throw new RangeError(`no profile ${name}`);
  return found;
}
