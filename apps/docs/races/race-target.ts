import {
  bugParts,
  findBug,
  loadPlacedHal,
  type MuseumBug,
  type PlacedHal,
} from "@escapement/bug-museum";
import { findLaw, type Law } from "@escapement/conformance";
import {
  type ExploreCase,
  type ExploreTarget,
  type HalTargetOptions,
  halTarget,
  lawCases,
  World,
} from "@escapement/explore";
import type { RaceSetup } from "./race-types.js";

/** Points after which a run is taken for endless. */
export const POINTS_MAX = 200_000;

/** One of the two HALs of a race, and the law's cases on it. */
export interface RaceSide {
  /** Runs programs on it. */
  readonly world: World;
  /** The law's cases, by the value of the sweep variable. */
  readonly cases: ReadonlyMap<number, ExploreCase>;
}

/** The HAL with a bug and the HAL as it is, on the same counter, and the law that judges both. */
export interface RaceSides {
  /** The bug. */
  readonly bug: MuseumBug;
  /** The law. */
  readonly law: Law;
  /** With the bug. */
  readonly broken: RaceSide;
  /** Without it. */
  readonly whole: RaceSide;
}

/**
 * Makes both sides of a race.
 *
 * @throws MuseumError `unknown-bug` or `not-built`; ConformanceError `unknown-law`.
 */
export async function raceSides(setup: RaceSetup): Promise<RaceSides> {
  const bug = findBug(setup.bug);
  const law = findLaw(setup.law);
  const { profile } = await bugParts(bug, setup.profile);
  const name = `${setup.profile} with ${bug.name}`;
  const broken = placed({ profile, name }, await loadPlacedHal(bug));
  const whole = placed({ profile: setup.profile }, await loadPlacedHal());
  return {
    bug,
    law,
    broken: sideOf(law, new World(broken, POINTS_MAX)),
    whole: sideOf(law, new World(whole, POINTS_MAX)),
  };
}

/** A target whose runs say at which line of the HAL's sources they are. */
function placed(options: HalTargetOptions, { hal: Hal, describePlace }: PlacedHal): ExploreTarget {
  const target = halTarget({ ...options, hal: (port, more) => new Hal(port, more) });
  return { ...target, describePlace };
}

function sideOf(law: Law, world: World): RaceSide {
  const cases = lawCases(law, world.target);
  return { world, cases: new Map(cases.map((subject) => [subject.value, subject])) };
}
