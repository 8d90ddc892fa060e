import {
  type Capability,
  hasCapability,
  type MainList,
  type ProgramTimerOptions,
  type Sweep,
  type ThreadList,
} from "@escapement/scenario";
import type { LawEnv } from "../law.js";

/** What a timer is where its mode does not matter: periodic, unless the board has one-shots only. */
export function repeating(env: LawEnv): ProgramTimerOptions["mode"] {
  return has(env, "periodic") ? "periodic" : "one-shot";
}

/** Whether the board can do that; everything can do what needs nothing. */
export function has(env: LawEnv, need: Capability | undefined): boolean {
  return need === undefined || hasCapability(env.board, need);
}

/** Laps longer than this are not waited for in real time, in microseconds. */
const longestLapUs = 1_000_000;

/** A short delay: room for a handful of operations and the board's lateness, and little more. */
export function shortDelay(env: LawEnv): number {
  const least = Math.max(8 * env.op, 4 * env.late, 8 * env.board.latencies.minDeltaTicks);
  const { granularityTicks } = env.semantics;
  if (granularityTicks === 1) return least;
  return wholeTicks(env, Math.max(least, 4 * granularityTicks));
}

/** A time rounded up to whole ticks of the board's timers. */
export function wholeTicks(env: LawEnv, ticks: number): number {
  const { granularityTicks } = env.semantics;
  return Math.ceil(ticks / granularityTicks) * granularityTicks;
}

/**
 * How long the handler of a timer has to run until `count` others are due that were started right after
 * it, with a delay that is two operations longer.
 */
export function untilDue(env: LawEnv, count: number): number {
  const started = (count + 3) * env.op + 2 * env.semantics.granularityTicks;
  return wholeTicks(env, 2 * env.op) + started + env.late;
}

/** One lap of the counter; of a counter wider than its compare register, of the low 32 bits. */
export function wholeLap(env: LawEnv): number {
  return Math.min(env.lap, 2 ** 32);
}

/**
 * One lap of the counter, for laws that wait for whole laps; a second where a lap would take longer
 * in real time. Those laws then prove less on such a board.
 */
export function lapOrSecond(env: LawEnv): number {
  const whole = wholeLap(env);
  const fastForward = has(env, "fast-forward");
  return fastForward ? whole : Math.min(whole, env.us(longestLapUs));
}

/** A counter value this many ticks before the wrap. */
export function beforeWrap(env: LawEnv, ticks: number): number {
  return Math.max(0, wholeLap(env) - Math.ceil(ticks));
}

/** A period of which several fit into a masked window that is well under a lap. */
export function blockPeriod(env: LawEnv): number {
  const { granularityTicks } = env.semantics;
  const room = Math.min(env.beat, Math.floor((wholeLap(env) - 6 * env.op) / 8));
  return Math.max(1, Math.floor(room / granularityTicks)) * granularityTicks;
}

/** How often something is repeated to meet a case by chance: a few times where a search tries all places instead. */
export function repetitions(env: LawEnv, count: number): number {
  return env.systematic === true ? Math.min(count, 3) : count;
}

/**
 * A sweep from one value up to another in at most `most` equal steps; in four times as many where
 * time costs nothing. A search of a driver with coarse ticks holds the processor up for a whole one, so that
 * a quarter of the steps meets every place.
 */
export function sweepOver(env: LawEnv, from: number, to: number, most: number): Sweep {
  const range = Math.max(0, to - from);
  return sweepBy(from, to, Math.max(1, Math.ceil(range / sweepSteps(env, most))));
}

function sweepSteps(env: LawEnv, most: number): number {
  if (env.systematic !== true) return has(env, "fast-forward") ? 4 * most : most;
  return env.semantics.granularityTicks === 1 ? most : Math.ceil(most / 4);
}

/** A sweep from one value by a step, as far as another. */
export function sweepBy(from: number, to: number, step: number): Sweep {
  return { from, count: Math.floor(Math.max(0, to - from) / step) + 1, step };
}

/** Runs operations without a record of each, as a repeat does: traces are short where a board is small. */
export function withoutRecords(main: MainList, build: (list: ThreadList) => void): MainList {
  return main.repeat(1, build);
}

/** The length of whole laps that a delay may have: as asked, or what the longest delay leaves. */
export function lapsAhead(env: LawEnv, laps: number, rest = 0): number {
  const asked = Math.ceil(laps * lapOrSecond(env)) + rest;
  const { maxDelayTicks } = env.board;
  // Within a lap it would say nothing that other laws do not; asked for in full, it is skipped.
  return asked <= maxDelayTicks || maxDelayTicks <= wholeLap(env) ? asked : maxDelayTicks;
}

/** The longest of a few delays around a lap: some ticks more than it, or the board's longest. */
export function nearLap(env: LawEnv, more: number): number {
  return Math.min(lapOrSecond(env) + more, env.board.maxDelayTicks);
}
