import { ExploreError } from "./explore-error.js";
import { isSameSearch } from "./merge.js";
import type { RandomLimits } from "./random-search.js";
import type { ExploreReport, UnitReport } from "./report.js";
import type { SearchLimits } from "./search.js";
import { type ExploreUnit, type Shard, shardUnits } from "./unit.js";

/** A search that is laid out but not begun. */
export interface SearchPlan {
  /** Tells it from others. */
  readonly search: string;
  /** Its limits. */
  readonly limits: SearchLimits;
  /** How schedules are drawn, if they are. */
  readonly random?: RandomLimits;
  /** All its units, in order. */
  readonly units: readonly ExploreUnit[];
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

/** Keeps the books of a search: which units are to be done, which are, and with what result. */
export class Ledger {
  readonly #plan: SearchPlan;
  readonly #mine: readonly ExploreUnit[];
  readonly #mineIds: ReadonlySet<string>;
  readonly #done = new Map<string, UnitReport>();
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
   * Opens the books.
   *
   * @throws {@link ExploreError} `report-mismatch` when `resume` is of another search,
   * `invalid-argument` for an impossible shard.
   */
  constructor(plan: SearchPlan, shard?: Shard, resume?: ExploreReport) {
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

  /** Hands out the next unit that is to be searched; undefined when there is none any more. */
  next(): ExploreUnit | undefined {
    for (;;) {
      const unit = this.#mine[this.#next];
      if (unit === undefined || (this.#places.get(unit.id) ?? 0) > this.#endAt) return undefined;
      this.#next += 1;
      if (!this.#done.has(unit.id)) return unit;
    }
  }

  /** Enters what became of a unit. */
  settle(report: UnitReport): void {
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
  report(seconds: number): ExploreReport {
    const { search, limits, random, units } = this.#plan;
    const planned = units.map(({ id }) => id);
    return {
      version: 1,
      search,
      limits,
      ...(random !== undefined && { random }),
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

function checkSame({ search, units }: SearchPlan, resume: ExploreReport): void {
  if (isSameSearch({ search, planned: units.map(({ id }) => id) }, resume)) return;
  throw new ExploreError(
    "report-mismatch",
    `The report is of the search ${resume.search} with ${resume.planned.length} units, this is ${search} with ${units.length}`,
    "Resume with the release, the laws, the targets and the limits that the report was made with, and the code under test as it was; or search anew.",
  );
}
