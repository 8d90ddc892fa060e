import type { BoardDescription, Trace } from "@escapement/scenario";
import type { CodePlace } from "./code-map.js";

/** What kind of wrong a run was. */
export type FindingKind =
  /** The check of the case complains of the trace. */
  | "law"
  /** The iteration did not come to its end. */
  | "hang"
  /** The trace buffer holds no trace, or not all of it. */
  | "broken-trace";

/** A run that went wrong. */
export interface UnoFinding {
  /** The case's name. */
  readonly case: string;
  /** What kind of wrong. */
  readonly kind: FindingKind;
  /** The sweep variable of its iteration. */
  readonly iteration: number;
  /** Its moves, such as `u1:4213w`; `u1:` where the plain run goes wrong. */
  readonly schedule: string;
  /** The instruction before which the last move is; absent for the plain run. */
  readonly place?: CodePlace;
  /** What the check says. */
  readonly message: string;
  /** What the trace shows, in one line. */
  readonly shows: string;
  /** The iteration's trace, as far as it can be read. */
  readonly trace?: Trace;
}

/** What was reached and what was covered, in flash addresses; a move that another covers counts as placed. */
export interface AddressCoverage {
  /** Different addresses among the points of plain runs. */
  readonly addresses: number;
  /** Those before which an event was placed; the others had none within reach. */
  readonly addressesPlaced: number;
  /** Those before which the wrap was placed. */
  readonly wrapPlaced: number;
  /** Those that were come to with the compare interrupt enabled, so that a match requests it; it is while a timer is pending. */
  readonly matchArmed: number;
  /** Those before which a match was placed with the compare interrupt enabled. */
  readonly matchPlaced: number;
  /** Different addresses, told apart by how deep in interrupts they were come to, and whether masked. */
  readonly contexts: number;
  /** Those of them before which the wrap was placed. */
  readonly contextsWrapped: number;
}

/** A function that has addresses without a wrap. */
export interface CoverageGap {
  /** The C function, as the symbol map has it. */
  readonly function: string;
  /** Its addresses among the points. */
  readonly addresses: number;
  /** Those without any event. */
  readonly unplaced: number;
  /** Those without a wrap. */
  readonly noWrap: number;
}

/** What became of one case. */
export interface UnoCaseReport extends AddressCoverage {
  /** Its name. */
  readonly name: string;
  /** Iterations swept. */
  readonly iterations: number;
  /** Points in all plain runs: instructions before which an event could be placed. */
  readonly points: number;
  /** Runs of iterations from a phase of the counter that the sweep chose, to bring the wrap to instructions without one. */
  readonly phases: number;
  /** Runs with moves. */
  readonly placed: number;
  /** Moves that were not run because one before the next instruction gives the same. */
  readonly equivalent: number;
  /** What went wrong, in the order of its discovery. */
  readonly findings: readonly UnoFinding[];
  /** False where the sweep was ended early, by its signal or by `stopAfter`. */
  readonly finished: boolean;
}

/** What a sweep answers. */
export interface UnoReport extends AddressCoverage {
  /** The board, as the checks were told of it: its latencies with the slack added. */
  readonly board: BoardDescription;
  /** Which emulator ran. */
  readonly emulator: "corrected" | "stock";
  /** Moves in one run. */
  readonly bound: 1 | 2;
  /** Ticks that all moves of one run may take together. */
  readonly slackTicks: number;
  /** The cases, in their order. */
  readonly cases: readonly UnoCaseReport[];
  /** Different addresses, told apart as contexts are, and by the calls that led to them. */
  readonly paths: number;
  /** Those of them before which the wrap was placed, in whichever case. */
  readonly pathsWrapped: number;
  /** The functions that have addresses without a wrap, over all cases, by address. */
  readonly gaps: readonly CoverageGap[];
  /** Whether every case was swept to its end. */
  readonly finished: boolean;
}

/** Where a sweep is. */
export interface UnoProgress {
  /** The case's name. */
  readonly case: string;
  /** Its number, from 0. */
  readonly index: number;
  /** Cases in all. */
  readonly count: number;
  /** Iterations of it that are done. */
  readonly iterationsDone: number;
  /** Iterations that it has. */
  readonly iterations: number;
  /** Runs with moves so far, over all cases. */
  readonly placed: number;
}
