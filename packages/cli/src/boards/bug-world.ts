import type { SimProfileName } from "@escapement/board-sim";
import type { MuseumBug } from "@escapement/bug-museum";
import { cliErrors } from "../cli-errors.js";
import type { BoardTarget } from "./board-target.js";
import type { BoardWorld, UnoFirmware } from "./board-world.js";
import { recordedBoard } from "./recorded-board.js";

/** Boards with a bug, and what is known of it. */
export interface BugWorld extends BoardWorld {
  /** The bug. */
  readonly bug: MuseumBug;
}

/**
 * The same boards, with a bug of the museum in them: in the HAL, the port or the chip of simulated ones,
 * and in the firmware of the Uno. Refuses what cannot have it before anything is run.
 *
 * @throws MuseumError `unknown-bug`; `not-simulated` or `not-in-c` where a board cannot have this one;
 * `no-compiler` where the Uno's firmware cannot be built with it. {@link CliError} `invalid-option` for a
 * board that is somebody else's.
 */
export async function worldWithBug(
  world: BoardWorld,
  name: string,
  targets: readonly BoardTarget[],
): Promise<BugWorld> {
  const { bugParts, findBug, makeBugBoard } = await import("@escapement/bug-museum");
  const bug = findBug(name);
  const foreign = targets.find(({ kind }) => kind !== "sim" && kind !== "uno");
  if (foreign !== undefined) throw cliErrors.bugOfBoard({ board: foreign.name });
  const has = (kind: BoardTarget["kind"]): boolean => targets.some((each) => each.kind === kind);
  // A board with a bug that it cannot have would be refused one by one, as if it were not there.
  if (has("sim")) await bugParts(bug);
  const image = has("uno") ? await firmwareWith(bug.name) : undefined;
  return {
    ...world,
    bug,
    openSim: ({ profile, seed, record }) => {
      const seeded = seed === undefined ? {} : { seed };
      return recordedBoard(record, (recording) =>
        // The names come from the profiles that there are.
        makeBugBoard(bug, { profile: profile as SimProfileName, ...seeded, ...recording }),
      );
    },
    // Without a tty: when a program arrives there is the host's affair, and with it what a bug shows.
    openUno: (request) =>
      world.openUno({ ...request, inProcess: true, ...(image !== undefined && { image }) }),
  };
}

async function firmwareWith(name: string): Promise<UnoFirmware> {
  const { patchedFirmware } = await import("@escapement/bug-museum/firmware");
  const { hex, symbols } = patchedFirmware(name);
  return { hex, symbols };
}
