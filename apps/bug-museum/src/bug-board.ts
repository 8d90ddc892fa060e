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
import type { BugStory } from "./bug.js";
import { type HalClass, loadHal } from "./patched-hal.js";
import { watched } from "./watchdog.js";

/** What a board with a bug is made of. */
export interface BugParts {
  /** The counter, with the bug's own chip and port where the bug is in those. */
  readonly profile: SimProfile;
  /** The HAL, with the bug in it where the bug is there. */
  readonly hal: HalClass;
}

/** What a board with a bug may be told. */
export interface BugBoardOptions
  extends Pick<SimBoardOptions, "name" | "seed" | "models" | "vcd" | "latencies"> {
  /** Another counter than the bug's own. */
  readonly profile?: SimProfileName;
}

/**
 * The parts of a board with a bug, to be put together by whoever needs another board than
 * {@link makeBugBoard} makes.
 *
 * Not promised: that a board of these parts ever comes to an end; a bug may hang it.
 *
 * @throws {@link MuseumError} `not-built`.
 */
export async function bugParts(bug: BugStory, profile?: SimProfileName): Promise<BugParts> {
  const hal = await loadHal(bug);
  return { profile: brokenProfile(bug, simProfiles[profile ?? bug.profile]), hal };
}

/**
 * Makes a simulated board with a bug. Where the bug hangs it, its calls end in `driver-fault`
 * records of the trace.
 *
 * @throws {@link MuseumError} `not-built`.
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
export async function makeBugBoard(bug: BugStory, options: BugBoardOptions = {}): Promise<Board> {
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

function brokenProfile({ change }: BugStory, profile: SimProfile): SimProfile {
  if (change === undefined) return profile;
  if ("breakPort" in change) {
    return { ...profile, port: (chip) => change.breakPort(profile.port(chip), chip) };
  }
  const { chip = {}, breakChip } = change;
  const port = (made: SimChip): TimerPort => {
    breakChip?.(made);
    return profile.port(made);
  };
  return { ...profile, chip: { ...profile.chip, ...chip }, port };
}
