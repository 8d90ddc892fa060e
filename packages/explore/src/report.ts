import type { ExploreErrorCode } from "./explore-error.js";
import type { ExploreFinding } from "./finding.js";
import type { RandomLimits } from "./random-search.js";
import type { SearchCoverage, SearchLimits } from "./search.js";

/** What became of one unit. */
export interface UnitReport {
  /** The unit's id. */
  readonly id: string;
  /** The target's name. */
  readonly target: string;
  /** The case's name: the law's id, or the program's name. */
  readonly name: string;
  /** The value of the sweep variable. */
  readonly value: number;
  /** What was gone through. */
  readonly coverage: SearchCoverage;
  /** What was found, fewest moves first. */
  readonly findings: readonly ExploreFinding[];
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

/** What a search came to; partial when units are missing. Plain data, fit for JSON. */
export interface ExploreReport {
  /** Version of this shape. */
  readonly version: 1;
  /**
   * Tells searches apart, by what was asked for and by the plain runs of the code under test: reports
   * of one search can be merged and resumed.
   */
  readonly search: string;
  /** Its limits. */
  readonly limits: SearchLimits;
  /** How schedules were drawn, where they were drawn and not gone through; a bound of 0 is then all that is known whole. */
  readonly random?: RandomLimits;
  /** Ids of all units of the whole search, in order; of other shards, too. */
  readonly planned: readonly string[];
  /** Units that were done, in the order of `planned`. */
  readonly units: readonly UnitReport[];
  /** Seconds that it took, of all machines together; no part of what is compared. */
  readonly seconds: number;
}

/** A report in a few numbers. */
export interface ExploreSummary {
  /** Units done and planned. */
  readonly done: number;
  /** Units in the whole search. */
  readonly planned: number;
  /** Cases gone through whole. */
  readonly cases: number;
  /** Points of the plain runs. */
  readonly points: number;
  /** Distinct schedules run. */
  readonly schedules: number;
  /** Schedules left out because one that was run comes to the same. */
  readonly pruned: number;
  /** Runs in all. */
  readonly runs: number;
  /** Findings. */
  readonly findings: number;
  /** Units that could not be searched to their end. */
  readonly errors: number;
  /** The smallest bound that every unit done was gone through to. */
  readonly bound: number;
  /** The longest section with interrupts masked, in points. */
  readonly maskedPoints: number;
}
