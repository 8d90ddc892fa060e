import type { ExploreFinding, SearchReport, UnitReport } from "@escapement/explore";
import type { BoardDescription, Trace } from "@escapement/scenario";
import type { CodePlace } from "./code-map.js";

/** Limits of a search of the Uno. */
export interface UnoLimits {
  /** Moves in one run. With 2 the number of runs grows by its square. */
  readonly bound: 1 | 2;
  /** Findings after which a program is left. */
  readonly findingsMax: number;
  /** Whether equivalent schedules are left out; false only to test that leaving them out is sound. */
  readonly prune: boolean;
  /** Whether iterations are also run with holds, which bring the wrap to code without one. */
  readonly holds: boolean;
  /** Ends the search after the first program with a finding. */
  readonly stopAtFirst: boolean;
}

/**
 * What is wrong in a run. Of the kinds, `law` is what the check says, `livelock` an iteration that does
 * not end, `fault` a trace buffer that holds no trace or not all of it.
 */
export interface UnoFinding extends ExploreFinding {
  /** The instruction before which the last move is; absent for the plain run. */
  readonly place?: CodePlace;
  /** What the trace shows, in one line. */
  readonly shows: string;
  /** The iteration's trace, as far as it can be read; reports leave it out. */
  readonly trace?: Trace;
}

/** Flash addresses that were reached, and those that had events; a move that was pruned counts as made. */
export interface AddressCoverage {
  /** Different addresses among the points of plain runs. */
  readonly addresses: number;
  /** Those before which an event was put; the others had none within reach. */
  readonly withEvent: number;
  /** Those before which the wrap was put. */
  readonly withWrap: number;
  /** Those that were reached with the compare interrupt enabled, so that a match requests it; it is while a timer is pending. */
  readonly armed: number;
  /** Those before which a match was put with the compare interrupt enabled. */
  readonly withMatch: number;
  /** Different addresses, distinguished by the interrupt level at which they were reached, and whether masked. */
  readonly contexts: number;
  /** Those of them before which the wrap was put. */
  readonly contextsWithWrap: number;
}

/** What a unit covered that no unit before it had: what the totals of a report are made of. */
export interface FreshCoverage {
  /** For each function, addresses in flash and what happened before them, as bits. */
  readonly functions: Readonly<
    Record<string, readonly (readonly [address: number, bits: number])[]>
  >;
  /** Contexts, as numbers, and what happened in them, as bits. */
  readonly contexts: readonly (readonly [context: number, bits: number])[];
  /** Paths of plain runs, as numbers. */
  readonly reached: readonly number[];
  /** Paths before whose instruction the wrap was put, as numbers. */
  readonly wrapped: readonly number[];
}

/** What was searched of one program, over all its iterations. */
export interface UnoCoverage extends AddressCoverage {
  /** Iterations searched. */
  readonly cases: number;
  /** Points in all plain runs: instructions before which an event could be put. */
  readonly points: number;
  /** Schedules with a move that were run. */
  readonly schedules: number;
  /** Schedules left out because one that was run is equivalent. */
  readonly pruned: number;
  /** Runs from a hold alone, to bring the wrap to instructions without one. */
  readonly holds: number;
  /** Runs in all. */
  readonly runs: number;
  /** Whether all iterations were searched to their end; not so after `findingsMax` findings. */
  readonly whole: boolean;
  /** What no unit before it had covered. */
  readonly fresh: FreshCoverage;
}

/** The report of one program; `value` is that of its first iteration. */
export type UnoUnitReport = UnitReport<UnoCoverage, UnoFinding>;

/** The report of a search of the Uno. */
export interface UnoReport extends SearchReport<UnoLimits, UnoUnitReport> {
  /** The board, as the checks were given it: its latencies with the slack added. */
  readonly board: BoardDescription;
  /** Which emulator ran. */
  readonly emulator: "corrected" | "stock";
  /** Ticks for which all moves of one run together may hold the CPU up. */
  readonly slackTicks: number;
}

/** A function that has addresses without a wrap. */
export interface CoverageGap {
  /** The C function, as the symbol map has it. */
  readonly function: string;
  /** Its addresses among the points. */
  readonly addresses: number;
  /** Those without any event. */
  readonly withoutEvent: number;
  /** Those without a wrap. */
  readonly withoutWrap: number;
}

/** A report in a few numbers. */
export interface UnoSummary extends AddressCoverage {
  /** Programs done. */
  readonly done: number;
  /** Programs in the whole search. */
  readonly planned: number;
  /** Iterations searched. */
  readonly cases: number;
  /** Points of the plain runs. */
  readonly points: number;
  /** Schedules with a move that were run. */
  readonly schedules: number;
  /** Schedules left out because one that was run is equivalent. */
  readonly pruned: number;
  /** Runs from a hold alone. */
  readonly holds: number;
  /** Findings. */
  readonly findings: number;
  /** Programs that could not be searched. */
  readonly errors: number;
  /** Different addresses, distinguished as contexts are, and by the calls that led to them. */
  readonly paths: number;
  /** Those of them before which the wrap was put, in whichever program. */
  readonly pathsWithWrap: number;
  /** The functions that have addresses without a wrap, over all programs, by address. */
  readonly gaps: readonly CoverageGap[];
  /** Whether every program was searched to its end. */
  readonly whole: boolean;
}
