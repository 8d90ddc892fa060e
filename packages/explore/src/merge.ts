import { ExploreError } from "./explore-error.js";
import type { ExploreReport, UnitReport } from "./report.js";

/**
 * Joins reports of one search, of its shards for instance, into one.
 *
 * A unit that broke off in one report and was done in another counts as done. `seconds` are added.
 *
 * @throws {@link ExploreError} `report-mismatch` when they are of different searches, when they
 * disagree on a unit, or when there are none.
 *
 * @example
 * ```ts
 * import { type ExploreJob, explore, mergeReports } from "@escapement/explore";
 *
 * declare const jobs: readonly ExploreJob[];
 * const halves = [1, 2].map((index) => explore(jobs, { shard: { index, count: 2 } }));
 * export const whole = mergeReports(await Promise.all(halves));
 * ```
 */
export function mergeReports(reports: readonly ExploreReport[]): ExploreReport {
  const [first, ...others] = reports;
  if (first === undefined) {
    throw new ExploreError("report-mismatch", "There are no reports to merge", "Give one or more.");
  }
  const done = new Map<string, UnitReport>();
  for (const report of [first, ...others]) {
    checkSameSearch(first, report);
    for (const unit of report.units) {
      const known = done.get(unit.id);
      if (known === undefined || known.error !== undefined) done.set(unit.id, unit);
      else if (unit.error === undefined) checkSameUnit(known, unit);
    }
  }
  return {
    ...first,
    units: first.planned.flatMap((id) => done.get(id) ?? []),
    seconds: reports.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** Whether two reports say the same, however long it took. */
export function sameResult(one: ExploreReport, other: ExploreReport): boolean {
  return JSON.stringify({ ...one, seconds: 0 }) === JSON.stringify({ ...other, seconds: 0 });
}

/** Whether two are laid out alike, and their units can be put together. */
export function isSameSearch(
  one: Pick<ExploreReport, "search" | "planned">,
  other: Pick<ExploreReport, "search" | "planned">,
): boolean {
  return (
    one.search === other.search &&
    one.planned.length === other.planned.length &&
    one.planned.every((id, place) => other.planned[place] === id)
  );
}

function checkSameSearch(one: ExploreReport, other: ExploreReport): void {
  if (isSameSearch(one, other)) return;
  throw new ExploreError(
    "report-mismatch",
    `One report is of the search ${one.search} with ${one.planned.length} units, another of ${other.search} with ${other.planned.length}`,
    "Merge reports that were made with the same release, laws, targets, limits and code under test.",
  );
}

function checkSameUnit(one: UnitReport, other: UnitReport): void {
  if (JSON.stringify(one) === JSON.stringify(other)) return;
  throw new ExploreError(
    "report-mismatch",
    `Two reports disagree on the unit ${one.id}`,
    "The code under test was not the same, or is not deterministic; search anew.",
  );
}
