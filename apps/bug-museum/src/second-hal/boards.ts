import {
  connectHal,
  createSimBoard,
  FLAG_OVERFLOW,
  type SimChip,
  type SimProfileName,
  simProfiles,
} from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";
import type { Board, TimerDriver } from "@escapement/scenario";
import type { BrokenBoard, Switch } from "./broken-boards.js";
import { ListHal } from "./list-hal.js";

function connect(chip: SimChip, port: TimerPort, switches: readonly Switch[]): ListHal {
  const hal = new ListHal(port, switches);
  connectHal(chip, hal);
  chip.enable(FLAG_OVERFLOW);
  return hal;
}

/** The second HAL on a simulated chip, without a bug or with some; `stated` is what it says of itself. */
export function makeListBoard(
  profile: SimProfileName,
  switches: readonly Switch[] = [],
  stated: Pick<TimerDriver, "semantics"> = {},
): Board {
  const name = `${profile} with the list HAL${switches.length > 0 ? ` and ${switches.join(", ")}` : ""}`;
  const { lateTicks, opTicks } = createSimBoard({ profile }).describe().latencies;
  return createSimBoard({
    profile: simProfiles[profile],
    name,
    // It masks for longer than the shipped one: a call finds its timer by walking the list.
    latencies: { lateTicks: 2 * lateTicks, opTicks: 2 * opTicks },
    driver: (chip, port) => Object.assign(connect(chip, port, switches), stated),
  });
}

/** A board with one real bug. */
export function makeBrokenBoard(broken: BrokenBoard): Board {
  if (broken.where === "hal") return makeListBoard(broken.profile, [broken.switch]);
  const profile = simProfiles[broken.profile];
  return createSimBoard({
    profile,
    name: broken.name,
    port: (chip) => broken.change(profile.port(chip), chip),
  });
}
