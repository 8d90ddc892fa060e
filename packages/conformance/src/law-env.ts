import { type BoardDescription, semanticsOf } from "@escapement/scenario";
import type { LawEnv } from "./law.js";

/** Shortest beat, in microseconds. */
const beatUs = 500;

/** A beat holds this many operations, so that a handler with a few of them ends well inside it. */
const beatOps = 20;

/** And so many ticks of a system whose ticks are coarser than the counter's, so that none is all rounding. */
const beatSystemTicks = 8;

/** Options of {@link lawEnv}. */
export interface LawEnvOptions {
  /** A search tries all places for an interrupt; see {@link LawEnv.systematic}. */
  readonly systematic?: boolean;
}

/**
 * Works out the units that laws are written in for one board.
 *
 * All are whole ticks of the board's counter, and of its timer system where that has coarser ones.
 * `beat` is the longest of 500 us, twenty operations plus twice the board's lateness, eight times its
 * least delay, and eight such coarser ticks.
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
  const semantics = semanticsOf(board);
  const { granularityTicks } = semantics;
  const whole = (ticks: number): number => Math.ceil(ticks / granularityTicks) * granularityTicks;
  const us = (microseconds: number): number =>
    whole(Math.max(1, Math.ceil((microseconds * board.frequencyHz) / 1e6)));
  const beat = Math.max(
    us(beatUs),
    Math.ceil(beatOps * opTicks + 2 * lateTicks),
    8 * minDeltaTicks,
  );
  return {
    board,
    semantics,
    us,
    beat: whole(Math.max(beat, granularityTicks === 1 ? 0 : beatSystemTicks * granularityTicks)),
    lap: 2 ** board.counterBits,
    late: lateTicks,
    // Where code takes no time at all, a sweep around an operation still has to have a width.
    op: Math.max(1, opTicks),
    ...(options.systematic === true && { systematic: true }),
  };
}
