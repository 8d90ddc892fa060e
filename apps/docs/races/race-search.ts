import { bugLimits } from "@escapement/bug-museum";
import {
  CaseSearch,
  type ExploreFinding,
  parseSchedule,
  type SearchLimits,
} from "@escapement/explore";
import { POINTS_MAX, type RaceSide } from "./race-target.js";
import type { RaceProgress, RaceSearch } from "./race-types.js";

/** Options of a search. */
export interface RaceSearchOptions {
  /** Moves in a schedule, at the most. */
  readonly bound: number;
  /** Ends the search at the smallest bound at which anything was found. */
  readonly shortest: boolean;
  /** Called now and then. */
  readonly onProgress?: (progress: RaceProgress) => void;
  /** Asked between cases. */
  readonly isCancelled?: () => boolean;
}

/** Searches every case of one side, and lets the host breathe between them. */
export async function searchSide(
  { world, cases }: RaceSide,
  options: RaceSearchOptions,
): Promise<RaceSearch> {
  const found: ExploreFinding[] = [];
  const { bound: most, shortest, onProgress, isCancelled = () => false } = options;
  let [schedules, pruned, failed, runs] = [0, 0, 0, 0];
  let whole = true;
  const from = shortest ? 0 : most;
  let bound = from;
  for (; bound <= most && whole && found.length === 0; bound += 1) {
    [schedules, pruned, failed] = [0, 0, 0];
    let done = 0;
    for (const subject of cases.values()) {
      const {
        coverage,
        findings,
        failed: bad,
      } = new CaseSearch(world, subject, limitsOf(bound)).run();
      found.push(...findings);
      schedules += coverage.schedules;
      pruned += coverage.pruned;
      failed += bad;
      runs += coverage.runs;
      done += 1;
      onProgress?.({ done, cases: cases.size, runs });
      await breathe();
      if (isCancelled()) whole = done === cases.size;
      if (!whole) break;
    }
  }
  const example = shortestOf(found);
  const counts = { schedules, pruned, failed, bound: Math.min(most, bound - 1), whole };
  return {
    ...counts,
    violations: found.length,
    ...(example !== undefined && { shortest: example }),
  };
}

/** As the museum looks for its bugs, but every case to its end. */
function limitsOf(bound: number): SearchLimits {
  return { ...bugLimits, bound, pointsMax: POINTS_MAX, findingsMax: 8, stopAtFirst: false };
}

/** A turn of the event loop, in which a worker hears that it is to stop. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** The example of the fewest moves, and of those one that a law sees before any other. */
function shortestOf(
  found: readonly ExploreFinding[],
): { value: number; schedule: string } | undefined {
  const rank = ({ schedule, kind }: ExploreFinding): number =>
    2 * parseSchedule(schedule).length + (kind === "law" ? 0 : 1);
  const [best] = found.toSorted((one, other) => rank(one) - rank(other));
  return best && { value: best.value, schedule: best.schedule };
}
