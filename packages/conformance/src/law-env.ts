import { type BoardDescription, semanticsOf } from "@escapement/scenario";
import type { LawEnv } from "./law.js";

/** Shortest beat, in microseconds. */
const beatUs = 500;

/** A beat holds this many operations, so that a handler with a few of them ends well inside it. */
const beatOps = 20;

/** Options of {@link lawEnv}. */
export interface LawEnvOptions {
  /** A search tries all places for an interrupt; see {@link LawEnv.systematic}. */
  readonly systematic?: boolean;
}

/**
 * Works out the units that laws are written in for one board.
 *
 * All are whole ticks of the board's counter. `beat` is the longest of 500 us, twenty operations
 * plus twice the board's lateness, and eight times its least delay.
 *
 * @example
 * ```ts
 * import { lawEnv } from "@escapement/conformance";
 * import type { BoardDescription } from "@escapement/scenario";
 *
 * export function periodTicks(board: BoardDescription): number {
 *   return lawEnv(board).us(500);
 * }
 * ```
 */
export function lawEnv(board: BoardDescription, options: LawEnvOptions = {}): LawEnv {
  const { lateTicks, minDeltaTicks, opTicks } = board.latencies;
  const us = (microseconds: number): number =>
    Math.max(1, Math.ceil((microseconds * board.frequencyHz) / 1e6));
  return {
    board,
    semantics: semanticsOf(board),
    us,
    beat: Math.max(us(beatUs), Math.ceil(beatOps * opTicks + 2 * lateTicks), 8 * minDeltaTicks),
    lap: 2 ** board.counterBits,
    late: lateTicks,
    // Where code takes no time at all, a sweep around an operation still has to have a width.
    op: Math.max(1, opTicks),
    ...(options.systematic === true && { systematic: true }),
  };
}
