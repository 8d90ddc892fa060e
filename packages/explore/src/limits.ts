import { exploreErrors } from "./explore-errors.js";
import type { RandomLimits } from "./random-search.js";
import type { SearchLimits } from "./search.js";

/** The limits of a search that is told none. */
export const defaultLimits: SearchLimits = {
  bound: 2,
  length: Number.POSITIVE_INFINITY,
  pointsMax: 1_000_000,
  maskedMax: 5000,
  findingsMax: 8,
  prune: true,
  stopAtFirst: false,
};

const BOUND_MAX = 16;

/**
 * Completes limits and checks them. A search that draws its schedules goes through bound 0 alone.
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
