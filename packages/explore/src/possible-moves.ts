import { logEvents, type RunLog } from "./run-log.js";
import type { Move } from "./schedule.js";
import type { ExploreTarget } from "./target.js";

/**
 * How long the next move may be, in ticks: what is left of a target's slack behind so many moves that held the
 * processor up for so long.
 */
export function slackOf(
  { slackTicks, firstMoveTicks = 0 }: ExploreTarget,
  moves: number,
  heldTicks: number,
): number {
  const left = slackTicks + firstMoveTicks - heldTicks;
  return moves === 0 ? left : Math.min(slackTicks, left);
}

/** The moves that are possible before a point: one for each time that can be reached. */
export function possibleMoves(log: RunLog, point: number, slackTicks: number): Move[] {
  const now = log.nowAt(point);
  const moves: Move[] = [];
  const times: number[] = [];
  for (const offset of [0, -1, 1] as const) {
    for (const [number, event] of logEvents.entries()) {
      const until = log.eventAt(point, number) + offset;
      if (!(until > now && until - now <= slackTicks) || times.includes(until)) continue;
      times.push(until);
      moves.push({ point, event, offset });
    }
  }
  return moves;
}

/** When a move before a point ends. */
export function endOfMove(log: RunLog, { point, event, offset }: Move): number {
  return log.eventAt(point, logEvents.indexOf(event)) + offset;
}

/** Which events lie between two times as seen from a point: bit 0 wrap, bit 1 compare, bit 2 second. */
export function crossedBy(log: RunLog, point: number, now: number, until: number): number {
  let crossed = 0;
  for (let event = 0; event < logEvents.length; event += 1) {
    const at = log.eventAt(point, event);
    if (at > now && at <= until) crossed |= 1 << event;
  }
  return crossed;
}

/** The move before a point that lasts until this time. */
export function moveUntil(log: RunLog, point: number, until: number): Move | undefined {
  const moves = possibleMoves(log, point, Number.POSITIVE_INFINITY);
  return moves.find((move) => endOfMove(log, move) === until);
}
