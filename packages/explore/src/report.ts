import type { ExploreErrorCode } from "./explore-errors.js";
import type { ExploreFinding } from "./finding.js";
import type { RandomLimits, SearchLimits } from "./limits.js";
import type { FoundSplit } from "./source.js";

/** What was searched of a case. All counts are of the last, largest bound unless they say otherwise. */
export interface SearchCoverage {
  /** Points of the plain run. */
  readonly points: number;
  /** Distinct schedules run. */
  readonly schedules: number;
  /** Schedules left out because one that was run is equivalent. */
  readonly pruned: number;
  /** Runs in all, those of smaller bounds and prefixes that were run again included. */
  readonly runs: number;
  /** Distinct schedules by their number of moves. */
  readonly byMoves: readonly number[];
  /** The bound that was searched whole; −1 if not even 0. */
  readonly bound: number;
  /** The longest section with interrupts masked, in points. */
  readonly maskedPoints: number;
  /** Shared cells that two contexts used at once without a mask, as declared, by name. */
  readonly atomic: readonly string[];
}

/** The report of one unit, on the machine whose coverage and findings these are. */
export interface UnitReport<
  Coverage = SearchCoverage,
  Found extends ExploreFinding = ExploreFinding,
> {
  /** The unit's id. */
  readonly id: string;
  /** The target's name. */
  readonly target: string;
  /** The case's name: the law's id, or the program's name. */
  readonly name: string;
  /** The value of the sweep variable. */
  readonly value: number;
  /** What was searched. */
  readonly coverage: Coverage;
  /** What was found. */
  readonly findings: readonly Found[];
  /** What an interrupt came between, of a target that looks for it: places to look at, wrong or not. Absent where there is none. */
  readonly splits?: readonly FoundSplit[];
  /** Why the unit could not be searched to its end: infrastructure, never a finding. */
  readonly error?: {
    /** Which of the closed list it is. */
    readonly code: ExploreErrorCode;
    /** What happened. */
    readonly message: string;
    /** What to do. */
    readonly hint: string;
  };
}

/**
 * The report of a search on either machine; partial when units are missing. Plain data, fit for JSON.
 */
export interface SearchReport<Limits, Unit> {
  /** Version of this shape. */
  readonly version: 1;
  /**
   * Distinguishes searches by what was asked for and by the plain runs of the code under test: reports
   * of one search can be merged and resumed.
   */
  readonly search: string;
  /** Its limits. */
  readonly limits: Limits;
  /** Ids of all units of the whole search, in order; of other shards, too. */
  readonly planned: readonly string[];
  /** Units that were done, in the order of `planned`. */
  readonly units: readonly Unit[];
  /** Seconds that it took, of all machines together; no part of what is compared. */
  readonly seconds: number;
}

/** The report of a search on simulated chips. */
export interface ExploreReport extends SearchReport<SearchLimits, UnitReport> {
  /** How schedules were drawn, where they were drawn and not all searched; a bound of 0 is then all that is known whole. */
  readonly random?: RandomLimits;
}

/** A report in a few numbers. */
export interface ExploreSummary {
  /** Units done and planned. */
  readonly done: number;
  /** Units in the whole search. */
  readonly planned: number;
  /** Cases searched whole. */
  readonly cases: number;
  /** Points of the plain runs. */
  readonly points: number;
  /** Distinct schedules run. */
  readonly schedules: number;
  /** Schedules left out because one that was run is equivalent. */
  readonly pruned: number;
  /** Runs in all. */
  readonly runs: number;
  /** Findings. */
  readonly findings: number;
  /** Units that could not be searched to their end. */
  readonly errors: number;
  /** The smallest bound that every unit done was searched to. */
  readonly bound: number;
  /** The longest section with interrupts masked, in points. */
  readonly maskedPoints: number;
}
