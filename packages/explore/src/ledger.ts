import { exploreErrors } from "./explore-errors.js";
import type { SearchLimits } from "./limits.js";
import { isSameSearch } from "./merge.js";
import type { SearchReport, UnitReport } from "./report.js";
import { type ExploreUnit, type Shard, shardUnits } from "./unit.js";

/** A search that is laid out but not begun. */
export interface SearchPlan<Limits = SearchLimits, Unit = ExploreUnit> {
  /** Distinguishes it from others. */
  readonly search: string;
  /** Its limits. */
  readonly limits: Limits;
  /** All its units, in order. */
  readonly units: readonly Unit[];
}

/** How far a search has come. Counts what it took over from an earlier report, except runs. */
export interface ExploreProgress {
  /** Units done. */
  readonly done: number;
  /** Units to be done here: of this shard. */
  readonly planned: number;
  /** Units that were taken over from an earlier report. */
  readonly takenOver: number;
  /** Runs made here, those of unfinished units included. */
  readonly runs: number;
  /** Distinct schedules of the units done. */
  readonly schedules: number;
  /** Findings of the units done. */
  readonly findings: number;
}

/** What a ledger needs of any machine's limits. */
export interface EndLimits {
  /** Ends the search at its first finding. */
  readonly stopAtFirst: boolean;
}

/** What a ledger needs of any machine's units. */
export interface PlannedUnit {
  /** Distinguishes it from all others of the search. */
  readonly id: string;
}

/** What a ledger needs of any machine's coverage. */
export interface ScheduleCount {
  /** Distinct schedules run. */
  readonly schedules: number;
}

/**
 * Which units of a search are to be done here, which are done, and with what result; on either
 * machine, in one thread or several.
 */
export class Ledger<
  Limits extends EndLimits = SearchLimits,
  Unit extends PlannedUnit = ExploreUnit,
  Done extends UnitReport<ScheduleCount> = UnitReport,
> {
  readonly #plan: SearchPlan<Limits, Unit>;
  readonly #mine: readonly Unit[];
  readonly #mineIds: ReadonlySet<string>;
  readonly #done = new Map<string, Done>();
  readonly #seconds: number;
  readonly #takenOver: number;
  #next = 0;
  #doneHere = 0;
  #schedules = 0;
  #findings = 0;
  /** Place in the plan of the first unit with a finding, where that ends the search. */
  #endAt = Number.POSITIVE_INFINITY;
  readonly #places: ReadonlyMap<string, number>;

  /**
   * Plans the units of this shard, without those that `resume` has.
   *
   * @throws {@link ExploreError} `report-mismatch` when `resume` is of another search,
   * `invalid-argument` for an impossible shard.
   */
  constructor(plan: SearchPlan<Limits, Unit>, shard?: Shard, resume?: SearchReport<Limits, Done>) {
    this.#plan = plan;
    this.#mine = shardUnits(plan.units, shard);
    this.#mineIds = new Set(this.#mine.map(({ id }) => id));
    this.#places = new Map(plan.units.map(({ id }, place) => [id, place]));
    this.#seconds = resume?.seconds ?? 0;
    if (resume !== undefined) checkSame(plan, resume);
    // A unit that broke off is tried again.
    for (const unit of resume?.units ?? []) if (unit.error === undefined) this.settle(unit);
    this.#takenOver = this.#doneHere;
  }

  /** The next unit that is to be searched; undefined when there is none any more. */
  next(): Unit | undefined {
    for (;;) {
      const unit = this.#mine[this.#next];
      if (unit === undefined || (this.#places.get(unit.id) ?? 0) > this.#endAt) return undefined;
      this.#next += 1;
      if (!this.#done.has(unit.id)) return unit;
    }
  }

  /** Enters the report of a unit. */
  settle(report: Done): void {
    this.#done.set(report.id, report);
    if (this.#mineIds.has(report.id)) {
      this.#doneHere += 1;
      this.#schedules += report.coverage.schedules;
      this.#findings += report.findings.length;
    }
    if (this.#plan.limits.stopAtFirst && report.findings.length > 0) {
      this.#endAt = Math.min(this.#endAt, this.#places.get(report.id) ?? 0);
    }
  }

  /** How far it has come; the runs are counted by whoever makes them. */
  progress(runs: number): ExploreProgress {
    return {
      done: this.#doneHere,
      planned: this.#mine.length,
      takenOver: this.#takenOver,
      runs,
      schedules: this.#schedules,
      findings: this.#findings,
    };
  }

  /** The report of what is done by now. */
  report(seconds: number): SearchReport<Limits, Done> {
    const { search, limits, units } = this.#plan;
    const planned = units.map(({ id }) => id);
    return {
      version: 1,
      search,
      limits,
      planned,
      // With several workers, units behind the one that ended the search may be done as well.
      units: planned.flatMap((id, place) => {
        const report = place <= this.#endAt ? this.#done.get(id) : undefined;
        return report === undefined ? [] : [report];
      }),
      seconds: this.#seconds + seconds,
    };
  }
}

function checkSame(
  { search, units }: SearchPlan<unknown, PlannedUnit>,
  resume: SearchReport<unknown, unknown>,
): void {
  if (isSameSearch({ search, planned: units.map(({ id }) => id) }, resume)) return;
  throw exploreErrors.otherResume({
    resume: resume.search,
    resumeUnits: resume.planned.length,
    search,
    units: units.length,
  });
}
