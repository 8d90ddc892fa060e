import type { RunEnd } from "./avr-machine.js";
import type { UnoSchedule } from "./schedule.js";

/** One run that was made. */
export interface AvrRun {
  /** Its hold and its moves. */
  readonly schedule: UnoSchedule;
  /** The instruction before which the last move is, as a flash word; −1 for the plain run. */
  readonly word: number;
  /** Whether it came to its end. */
  readonly end: RunEnd;
}

/** What is counted while an iteration is swept. */
export interface SearchCounts {
  /** Points of plain runs. */
  points: number;
  /** Runs without moves from a phase of the counter that the sweep chose. */
  phases: number;
  /** Runs with a move. */
  placed: number;
  /** Moves that are covered by one at the next point. */
  equivalent: number;
}

/** Where moves go, and how far they reach. */
export interface SearchReach {
  /** Moves in one run. */
  readonly bound: 1 | 2;
  /** Ticks that all moves of one run may take together. */
  readonly slackTicks: number;
  /** Whether moves that another covers are left out. */
  readonly prune: boolean;
  /** Whether iterations are run from other phases of the counter, to bring the wrap to instructions without one. */
  readonly phases: boolean;
}
