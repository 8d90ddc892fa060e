import type { CallGuard } from "@escapement/scenario";
import { thrownText } from "@escapement/scenario";
import type { ExploreCase } from "./case.js";
import { ExploreError, exploreErrors } from "./explore-errors.js";
import type { ExploreFinding } from "./finding.js";
import { FoundSplits } from "./found-splits.js";
import type { RandomLimits, SearchLimits } from "./limits.js";
import { placedFinding } from "./placed-finding.js";
import { randomSearch } from "./random-search.js";
import type { SearchCoverage, UnitReport } from "./report.js";
import type { Schedule } from "./schedule.js";
import { CaseSearch, type SearchResult } from "./search.js";
import { SilentRun } from "./silent-run.js";
import type { ExploreJob, ExploreUnit } from "./unit.js";
import { World } from "./world.js";

/** What a unit is searched by. */
export interface UnitOptions {
  /** The search's limits. */
  readonly limits: SearchLimits;
  /** Draws schedules instead of trying all. */
  readonly random?: RandomLimits;
  /** Called after each run; ends the unit by returning false, and what it returns then is not whole. */
  readonly onRun?: () => boolean;
  /** Called with each run's schedule before it begins: for whoever watches that it comes back. */
  readonly onBegin?: (schedule: Schedule) => void;
  /** Called now and then in a long run. */
  readonly onLongRun?: () => void;
  /** Ends a run that does not return; the unit ends with it, in a finding. */
  readonly guard?: CallGuard;
  /** Called when it did. */
  readonly onSilence?: () => void;
}

/** Coverage of a unit of which nothing was searched. */
export const noCoverage: SearchCoverage = {
  points: 0,
  schedules: 0,
  pruned: 0,
  runs: 0,
  byMoves: [],
  bound: -1,
  maskedPoints: 0,
  atomic: [],
};

/** Searches one unit. Never throws: what keeps it from its end is in the report's `error`. */
export function runUnit(
  jobs: readonly ExploreJob[],
  unit: ExploreUnit,
  options: UnitOptions,
): UnitReport {
  const { id, target, name, value } = unit;
  const named = { id, target, name, value };
  let made: World | undefined;
  try {
    const job = jobs[unit.job];
    const subject = job?.cases[unit.index];
    if (job === undefined || subject === undefined) throw exploreErrors.unknownUnit({ id });
    const world = worldOf(job, options);
    made = world;
    const splits = new FoundSplits();
    world.onSplit = (key, describe, schedule) => splits.add(key, describe, schedule);
    const plain = plainRun(world, subject);
    const points = world.recorder.log.count;
    const { coverage, findings } =
      options.random === undefined
        ? new CaseSearch(world, subject, options.limits, unit.part, options.onRun).run()
        : drawn(world, subject, points, options, options.random);
    if (plainRun(world, subject) !== plain) throw changed(unit, "the plain run changed");
    const split = splits.list();
    world.onSplit = undefined;
    const placed = findings.map((finding) => placedFinding(world, subject, finding));
    return { ...named, coverage, findings: placed, ...(split.length > 0 && { splits: split }) };
  } catch (error) {
    if (error instanceof SilentRun) {
      options.onSilence?.();
      return silentUnit(unit, error.finding(unit));
    }
    if (made?.recorder.isTooLong === true) {
      // Only a plain run comes here: one that is nearly as long is not searched.
      const points = made.recorder.log.count;
      return { ...named, coverage: { ...noCoverage, points, runs: 1 }, findings: [] };
    }
    const { code, message, hint } = unitError(unit, error);
    return { ...named, coverage: noCoverage, findings: [], error: { code, message, hint } };
  }
}

function worldOf({ target }: ExploreJob, options: UnitOptions): World {
  const world = new World(target, options.limits.pointsMax);
  world.onBegin = options.onBegin;
  world.recorder.onLongRun = options.onLongRun;
  world.guard = options.guard;
  return world;
}

/** The report of a unit that ended in a run that did not return: what lies behind it was not searched. */
export function silentUnit(
  { id, target, name, value }: ExploreUnit,
  finding: ExploreFinding,
): UnitReport {
  return { id, target, name, value, coverage: noCoverage, findings: [finding] };
}

/** What the plain run comes to; the search itself compares runs only up to their last move. */
function plainRun(world: World, subject: ExploreCase): number {
  world.run(subject.program, []);
  return world.recorder.hash;
}

function drawn(
  world: World,
  subject: ExploreCase,
  points: number,
  { limits, onRun }: UnitOptions,
  random: RandomLimits,
): Pick<SearchResult, "coverage" | "findings"> {
  const { coverage, findings } = randomSearch(world, subject, limits, random, onRun);
  const { distinct, runs } = coverage;
  return { coverage: { ...noCoverage, points, schedules: distinct, runs, bound: 0 }, findings };
}

/** Puts what ended a unit into one of this package's errors. */
function unitError(unit: ExploreUnit, error: unknown): ExploreError {
  if (error instanceof ExploreError && error.code === "schedule-mismatch") {
    // The search makes only moves that the run before allowed.
    return changed(unit, error.message, error);
  }
  if (error instanceof ExploreError) return error;
  return exploreErrors.unitThrew({ id: unit.id, why: thrownText(error) }, { cause: error });
}

function changed({ id }: ExploreUnit, why: string, cause?: unknown): ExploreError {
  const what = `${id} that had to be alike were not: ${why}`;
  return exploreErrors.carriedOver({ what }, { cause });
}
