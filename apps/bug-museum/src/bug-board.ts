import {
  createSimBoard,
  type SimBoardOptions,
  type SimChip,
  type SimProfile,
  type SimProfileName,
  simProfiles,
} from "@escapement/board-sim";
import type { TimerPort } from "@escapement/core";
import type { Board } from "@escapement/scenario";
import type { Bug } from "./bug.js";
import { museumErrors } from "./museum-errors.js";
import { type HalClass, loadHal } from "./patched-hal.js";
import { watched } from "./watchdog.js";

/** What a board with a bug is made of. */
export interface BugParts {
  /** The counter, with the bug's own chip and port where the bug is in those. */
  readonly profile: SimProfile;
  /** The HAL, with the bug in it where the bug is there. */
  readonly hal: HalClass;
}

/** Options of a board with a bug. */
export interface BugBoardOptions
  extends Pick<SimBoardOptions, "name" | "seed" | "models" | "vcd" | "latencies"> {
  /** Another counter than the bug's own. */
  readonly profile?: SimProfileName;
}

/** Whether a simulated board can have the bug; the C firmware's own and the line's it cannot. */
export function isSimulated({ where }: Bug): boolean {
  return where !== "c" && where !== "link";
}

/**
 * The parts of a board with a bug, for another board than {@link makeBugBoard} makes.
 *
 * Not promised: that a run on a board of these parts ever ends; a bug may hang it.
 *
 * @throws {@link MuseumError} `not-simulated`, `not-built`.
 */
export async function bugParts(bug: Bug, profile?: SimProfileName): Promise<BugParts> {
  if (!isSimulated(bug)) throw museumErrors.notSimulated({ name: bug.name });
  const hal = await loadHal(bug);
  return { profile: brokenProfile(bug, simProfiles[profile ?? bug.profile]), hal };
}

/**
 * Makes a simulated board with a bug. Where the bug hangs it, its calls end in `driver-fault`
 * records of the trace.
 *
 * @throws {@link MuseumError} `not-simulated`, `not-built`.
 *
 * @example
 * ```ts
 * import { runConformance } from "@escapement/conformance";
 * import { findBug, makeBugBoard } from "@escapement/bug-museum";
 *
 * const bug = findBug("pico-1953");
 * const report = await runConformance(await makeBugBoard(bug), { only: [bug.owner] });
 * console.log(report.laws[0]?.verdict); // "fail"
 * ```
 */
export async function makeBugBoard(bug: Bug, options: BugBoardOptions = {}): Promise<Board> {
  const {
    profile: wanted,
    name = `sim:${wanted ?? bug.profile} with ${bug.name}`,
    ...rest
  } = options;
  return halBoard(await bugParts(bug, wanted), { name, ...rest });
}

/** Puts a HAL on a simulated chip. */
export function halBoard({ profile, hal: Hal }: BugParts, options: SimBoardOptions): Board {
  return createSimBoard({
    ...options,
    profile,
    port: (chip) => watched(profile.port(chip)),
    hal: (port, onError) => new Hal(port, { capacity: 32, onError }),
  });
}

function brokenProfile(bug: Bug, profile: SimProfile): SimProfile {
  const makePort = (chip: SimChip): TimerPort => {
    if (bug.where === "port") return bug.change(profile.port(chip), chip);
    if (bug.where === "chip") bug.change(chip);
    return profile.port(chip);
  };
  return { ...profile, port: makePort };
}
