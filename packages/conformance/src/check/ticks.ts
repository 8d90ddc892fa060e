import type { LawEnv } from "../law.js";

/** A span of time for a person: ticks, and microseconds in parentheses. */
export function ticksText(ticks: number, env: LawEnv): string {
  const us = (ticks / env.board.frequencyHz) * 1e6;
  const digits = Math.abs(us) < 10 ? 1 : 0;
  return `${ticks} ${Math.abs(ticks) === 1 ? "tick" : "ticks"} (${us.toFixed(digits)} us)`;
}

/** The n-th in words, for the first few. */
export function ordinal(number: number): string {
  const words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
  return words[number - 1] ?? `${number}th`;
}

/**
 * Ticks that a delay waits at least besides its own: the one that was running, where code takes time.
 * Where the running one counts as the first, a delay may end up to a tick of the system early.
 */
export function partialTick(env: LawEnv): number {
  const { partialTick: running, granularityTicks } = env.semantics;
  if (running === "given-away") return 1 - granularityTicks;
  return env.board.wholeTicks === true ? 0 : 1;
}
