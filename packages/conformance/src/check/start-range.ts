import type { LawEnv } from "../law.js";
import type { Call, Iteration } from "./iteration.js";
import { partialTick } from "./ticks.js";

/** The least and the most that a deadline lies after the call of a start besides its delay, in ticks. */
export function startRange(env: LawEnv): { readonly least: number; readonly most: number } {
  const { partialTick: running, granularityTicks } = env.semantics;
  const rounded = granularityTicks - 1;
  const least = partialTick(env);
  return { least, most: running === "given-away" ? rounded : 1 + 2 * rounded };
}

/**
 * From when a start counts: from its call, or, where the board says so of a start in a hard handler,
 * from the time for which that handler was scheduled. In an interrupt inside it, from either.
 */
export function countsFrom(
  run: Iteration,
  start: Call,
): { readonly at: number; readonly until: number } {
  if (run.env.semantics.startInHandler === "from-now" || start.context === 0) return start;
  const before = run.view.records.filter(({ index }) => index < start.index);
  let isInterrupt = false;
  for (const record of before.toReversed()) {
    if (record.kind === "interrupt" && record.context === start.context) isInterrupt = true;
    if (record.kind === "exit" && record.context <= start.context) break;
    if (record.kind !== "expiry" || record.context === 0 || record.context > start.context)
      continue;
    const { scheduled } = record;
    return { at: Math.min(scheduled, start.at), until: isInterrupt ? start.until : scheduled };
  }
  return start;
}
