import { limits, requestTypes } from "@escapement/scenario";
import type { LinePace } from "./session-options.js";

const firstPieceBytes = 64;
const leastPieceBytes = 12;
const growthBytes = 16;
const leastReplyMs = 40;
/** A reply may take this many times the slowest of those before it. */
const replySlack = 4;

/** Nothing is known of the line. */
export function freshPace(): LinePace {
  return { pieceBytes: firstPieceBytes, replyMs: undefined };
}

/**
 * Takes in how a request went: short frames where they get damaged, longer ones again where they
 * arrive. A step takes as long as its program, and says nothing about the line's speed.
 */
export function learnPace(pace: LinePace, type: number, attempts: number, waitedMs: number): void {
  if (attempts > 1) {
    pace.pieceBytes = Math.max(leastPieceBytes, pace.pieceBytes >> 1);
    return;
  }
  pace.pieceBytes = Math.min(limits.fetchBytes, pace.pieceBytes + growthBytes);
  if (type === requestTypes.step) return;
  // The slowest counts, and fades: a line that has become quick is found out in some replies.
  pace.replyMs = Math.max(waitedMs, (pace.replyMs ?? 0) * 0.9);
}

/** How long to wait for a reply that comes at once, on a line that loses some; at most `replyMs`. */
export function quickReplyMs(pace: Readonly<LinePace>, replyMs: number): number {
  if (pace.replyMs === undefined) return replyMs;
  return Math.min(replyMs, Math.max(leastReplyMs, replySlack * pace.replyMs));
}
