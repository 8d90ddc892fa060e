import { exploreErrors } from "./explore-errors.js";
import type { FindingKind } from "./finding.js";

/** Limits of a search. */
export interface SearchLimits {
  /** Moves in a schedule: 0, 1, 2 …; all smaller bounds are searched first. */
  readonly bound: number;
  /** Points of a run at which a move may be made, from its begin; Infinity for all. */
  readonly length: number;
  /** Points after which a run is taken for endless. */
  readonly pointsMax: number;
  /** Points that interrupts may be masked for. */
  readonly maskedMax: number;
  /** Distinct findings kept of a case. */
  readonly findingsMax: number;
  /** Whether equivalent schedules are left out; false only to test that leaving them out is sound. */
  readonly prune: boolean;
  /** Ends the search at its first finding. */
  readonly stopAtFirst: boolean;
  /** What to look for; everything where it is absent. */
  readonly kinds?: readonly FindingKind[];
  /** Looks at the shared state at the program's end only, not at each step; default false. */
  readonly auditAtEnd?: boolean;
}

/** How to search beyond the bound. */
export interface RandomLimits {
  /**
   * `random`: each move at a point drawn evenly from all that are possible. `pct`: the places of all
   * moves drawn beforehand, evenly over the run's length, so that a bug that needs `depth` moves is
   * met with a probability that has a lower bound (Burckhardt et al., ASPLOS 2010).
   */
  readonly kind: "random" | "pct";
  /** Schedules to try for each case. */
  readonly schedules: number;
  /** Moves in each; 1 or more. */
  readonly depth: number;
  /** Seeds the draws; the same seed tries the same schedules. */
  readonly seed: number;
}

/** The limits of a search that is given none. */
export const defaultLimits: SearchLimits = {
  bound: 2,
  length: Number.POSITIVE_INFINITY,
  pointsMax: 1_000_000,
  maskedMax: 5000,
  findingsMax: 8,
  prune: true,
  stopAtFirst: false,
};

/** Points of a plain run above which its schedules are too many and too slow to be searched. */
export const SEARCHED_POINTS_MAX = 100_000;

/**
 * Whether a case is run once and not searched, as its plain run is too long. With a `length` it is searched
 * as far as that.
 */
export function isTooLong(points: number, { length }: Pick<SearchLimits, "length">): boolean {
  return points > SEARCHED_POINTS_MAX && length > SEARCHED_POINTS_MAX;
}

const BOUND_MAX = 16;

/**
 * Completes limits and checks them. A search that draws its schedules searches bound 0 alone.
 *
 * @throws {@link ExploreError} `invalid-argument` for one out of range.
 */
export function checkLimits(
  given: Partial<SearchLimits> = {},
  random?: RandomLimits,
): SearchLimits {
  const limits = { ...defaultLimits, ...given, ...(random !== undefined && { bound: 0 }) };
  whole("bound", limits.bound, [0, BOUND_MAX]);
  for (const name of ["length", "pointsMax", "maskedMax", "findingsMax"] as const) {
    if (limits[name] !== Number.POSITIVE_INFINITY) whole(name, limits[name], [1, 1e12]);
  }
  if (random !== undefined) {
    whole("schedules", random.schedules, [1, 1e9]);
    whole("depth", random.depth, [1, 64]);
    whole("seed", random.seed, [0, 0xffff_ffff]);
  }
  return limits;
}

function whole(name: string, value: number, [least, most]: readonly [number, number]): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const makeError = most < 1e12 ? exploreErrors.notWhole : exploreErrors.notWholeNorInfinite;
  throw makeError({ name, value: String(value), least, most });
}
