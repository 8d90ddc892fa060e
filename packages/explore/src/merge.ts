import { exploreErrors } from "./explore-errors.js";
import type { SearchReport, UnitReport } from "./report.js";

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
export function mergeReports<Report extends SearchReport<unknown, UnitReport<unknown>>>(
  reports: readonly Report[],
): Report {
  const [first, ...others] = reports;
  if (first === undefined) throw exploreErrors.nothingToMerge();
  const done = new Map<string, UnitReport<unknown>>();
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
export function sameResult<Report extends SearchReport<unknown, unknown>>(
  one: Report,
  other: Report,
): boolean {
  return JSON.stringify({ ...one, seconds: 0 }) === JSON.stringify({ ...other, seconds: 0 });
}

/** Whether two are laid out alike, and their units can be put together. */
export function isSameSearch(
  one: Pick<SearchReport<unknown, unknown>, "search" | "planned">,
  other: Pick<SearchReport<unknown, unknown>, "search" | "planned">,
): boolean {
  return (
    one.search === other.search &&
    one.planned.length === other.planned.length &&
    one.planned.every((id, place) => other.planned[place] === id)
  );
}

function checkSameSearch(
  one: SearchReport<unknown, unknown>,
  other: SearchReport<unknown, unknown>,
): void {
  if (isSameSearch(one, other)) return;
  throw exploreErrors.otherSearch({
    one: one.search,
    oneUnits: one.planned.length,
    other: other.search,
    otherUnits: other.planned.length,
  });
}

function checkSameUnit(one: UnitReport<unknown>, other: UnitReport<unknown>): void {
  if (JSON.stringify(one) === JSON.stringify(other)) return;
  throw exploreErrors.otherUnit({ id: one.id });
}
