import { findLaw } from "@escapement/conformance";
import {
  CaseSearch,
  type ExploreFinding,
  type ExploreTarget,
  halTarget,
  lawCases,
  type SearchLimits,
  World,
} from "@escapement/explore";
import type { Bug, BugSchedule } from "./bug.js";
import { bugParts, isSimulated } from "./bug-board.js";
import type { KillBackend } from "./matrix.js";

/** Options of a search for a bug. */
export interface BugSearchOptions {
  /** Moves at most; default 2. */
  readonly bound?: number;
}

/** The result of a search for a bug. */
export interface BugSearch {
  /** The first finding of the smallest bound; absent where the bug was not found. */
  readonly finding?: ExploreFinding;
  /** Cases of the law on the bug's counter. */
  readonly cases: number;
  /** Schedules run. */
  readonly schedules: number;
  /** Schedules left out as equivalent. */
  readonly pruned: number;
}

/** The limits of a search for a bug: it looks for harm, not for warnings. */
export const bugLimits: Omit<SearchLimits, "bound"> = {
  length: Number.POSITIVE_INFINITY,
  // A bug that hangs the HAL has to be noticed soon.
  pointsMax: 60_000,
  maskedMax: 5000,
  findingsMax: 4,
  prune: true,
  stopAtFirst: true,
  // A race and a half-made edit are warnings only.
  kinds: ["law", "registry", "deadlock", "livelock", "fault"],
  auditAtEnd: true,
};

/**
 * What is explored to find a bug: the HAL, port or chip with the bug in it.
 *
 * @throws {@link MuseumError} `not-simulated`, `not-built`.
 */
export async function bugTarget(bug: Bug): Promise<ExploreTarget> {
  const { profile, hal: Hal } = await bugParts(bug);
  return halTarget({ profile, name: bug.name, hal: (port, options) => new Hal(port, options) });
}

/** The same without the bug: the control. */
export function controlTarget(bug: Bug): ExploreTarget {
  return halTarget({ profile: bug.profile });
}

/**
 * Searches the cases of the law that owns a bug on a target, all of them with no move, then with one,
 * then with two, until something is wrong: so the schedule that it finds has the fewest moves.
 */
export function searchForBug(
  target: ExploreTarget,
  bug: Bug,
  options: BugSearchOptions = {},
): BugSearch {
  const cases = lawCases(findLaw(bug.owner), target);
  const most = options.bound ?? 2;
  const world = new World(target, bugLimits.pointsMax);
  let schedules = 0;
  let pruned = 0;
  for (let bound = 0; bound <= most; bound += 1) {
    schedules = 0;
    pruned = 0;
    for (const subject of cases) {
      const { coverage, findings } = new CaseSearch(world, subject, { ...bugLimits, bound }).run();
      schedules += coverage.schedules;
      pruned += coverage.pruned;
      const [finding] = findings;
      if (finding !== undefined) return { finding, cases: cases.length, schedules, pruned };
    }
  }
  return { cases: cases.length, schedules, pruned };
}

/**
 * The search as a backend of the kill matrix: the owner alone, with up to two moves.
 *
 * @param schedules Gets the schedule by which each bug was found.
 */
export function searchBackend(schedules = new Map<string, BugSchedule>()): KillBackend {
  return {
    name: "search",
    run: async (bug) => {
      if (!isSimulated(bug)) return new Map();
      const { finding } = searchForBug(await bugTarget(bug), bug);
      if (finding !== undefined) {
        schedules.set(bug.name, { schedule: finding.schedule, value: finding.value });
      }
      return new Map([[bug.owner, finding === undefined ? "pass" : "fail"]]);
    },
  };
}
