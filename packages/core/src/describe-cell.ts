import { placeCell, queueCell } from "./regions.js";
import { SLOT_CELLS, wordOf } from "./slot.js";

/** The cells before the first slot by name, in their order. */
const HAL_CELL_NAMES = [
  "wraps",
  "last time seen",
  "armings",
  "pending count",
  "dispatching",
  "servicing",
  "compare on",
  "free list",
  "retired list",
  "retired count",
  "allocated count",
  "high water",
  "queued count",
  "expiries",
  "errors",
  "closed",
  "wrap lost",
  "hard lane: slot",
  "hard lane: state",
  "hard lane: scheduled",
  "hard lane: thread",
  "soft lane: slot",
  "soft lane: state",
  "soft lane: scheduled",
  "soft lane: thread",
];

const SLOT_CELL_NAMES = [
  "word (generation and flags)",
  "deadline",
  "due",
  "period",
  "anchor",
  "overruns",
  "arming order, or link on",
];

/**
 * What a cell of `SharedState` holds, in words, for a HAL of that capacity.
 *
 * @example
 * ```ts
 * import { describeCell } from "@escapement/core/audit";
 *
 * console.log(describeCell(0, 32)); // "wraps"
 * console.log(describeCell(25, 32)); // "slot 0: word (generation and flags)"
 * ```
 */
export function describeCell(cell: number, capacity: number): string {
  if (cell < wordOf(0)) {
    return HAL_CELL_NAMES[cell] ?? "not used";
  }
  if (cell < wordOf(capacity + 2)) {
    const owner = Math.floor((cell - wordOf(0)) / SLOT_CELLS);
    return `${describeOwner(owner, capacity)}: ${SLOT_CELL_NAMES[(cell - wordOf(0)) % SLOT_CELLS]}`;
  }
  if (cell < queueCell(capacity)) {
    return "not used";
  }
  return cell < placeCell(capacity)
    ? "deadline queue"
    : `${describeOwner(cell - placeCell(capacity), capacity)}: place in the queue, or link back`;
}

function describeOwner(slot: number, capacity: number): string {
  if (slot < capacity) {
    return `slot ${slot}`;
  }
  return slot === capacity ? "soft queue" : "soft pass";
}
