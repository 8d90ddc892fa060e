import { FLAG_COMPARE, simAccess } from "@escapement/board-sim";
import type { Footprint } from "./footprint.js";
import { pointKind, type RunLog } from "./run-log.js";

/** A move as it was made in some run: until when, which events it crossed, what it let in. */
export interface MadeMove {
  /** The time to which the move held the processor up. */
  readonly until: number;
  /** Events crossed: bit 0 wrap, bit 1 compare, bit 2 second interrupt. */
  readonly crossed: number;
  /** What ran at it. */
  readonly footprint: Footprint;
}

const TIMER_EVENTS = 3;
const WRAP = 1;

/**
 * Whether a move before this point is equivalent to one after it: the access at the point and
 * the move, with the interrupts that it lets in, leave the same state in either order.
 *
 * Time is the same to an access that does not look at it; a flag, to one that does not look at that
 * flag; a cell, where nothing that ran touches it, or all only read. Where in doubt, false:
 * that costs a run and misses nothing. (Partial-order reduction by independence: Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", 1996.)
 */
export function isIndependent(log: RunLog, point: number, move: MadeMove): boolean {
  const { crossed, footprint } = move;
  const kind = log.kindAt(point);
  if (kind === pointKind.load || kind === pointKind.store) {
    if (crossed !== 0 && log.levelAt(point + 1) !== log.levelAt(point)) return false;
    return !footprint.ran || !footprint.conflicts(log.cellAt(point), kind === pointKind.store);
  }
  if (footprint.ran) return false;
  if (crossed !== 0 && log.levelAt(point + 1) !== log.levelAt(point)) return false;
  switch (kind) {
    case simAccess.readCompare:
      return true;
    case simAccess.readFlags:
      return (crossed & TIMER_EVENTS) === 0;
    case simAccess.clearFlags:
      // Clearing the compare flag plans the next match, which depends on the time.
      return (log.cellAt(point) & FLAG_COMPARE) === 0 && (crossed & WRAP) === 0;
    case simAccess.mask:
      return crossed === 0 || log.maskedAt(point);
    case simAccess.restore:
      return crossed === 0 || (log.cellAt(point) !== 0 && log.maskedAt(point));
    default:
      return false;
  }
}
