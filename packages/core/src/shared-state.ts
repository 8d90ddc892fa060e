import {
  describeSlotCell,
  HAL_CELL_NAMES,
  type HalCellName,
  placeCell,
  queueCell,
  SLOT_CELLS,
  SLOTS,
  slotCell,
} from "./layout.js";

/**
 * The numbers that the interrupt and the thread share: every flag, deadline, link and count.
 *
 * The HAL reaches them through this seam only, one access a call, so that a tool can see (or place
 * an interrupt before) each access. Cells start at zero. What a cell means, {@link describeCell} says.
 *
 * An implementation must not throw, and `load` must give back what `store` last put there.
 */
export interface SharedState {
  /** Reads one cell. */
  load(cell: number): number;
  /** Writes one cell; any number up to 2^53. */
  store(cell: number, value: number): void;
}

/** The ordinary implementation: one array of doubles, 8 bytes a cell, nothing observed. */
export class ArrayState implements SharedState {
  private readonly cells: Float64Array;

  /** Makes that many cells, all zero. */
  constructor(cells: number) {
    this.cells = new Float64Array(cells);
  }

  /** Reads one cell. */
  load(cell: number): number {
    // Never outside: the array was made for the layout. A check here would cost every access.
    return this.cells[cell] as number;
  }

  /** Writes one cell. */
  store(cell: number, value: number): void {
    this.cells[cell] = value;
  }
}

/**
 * What a cell of {@link SharedState} holds, in words, for a HAL of that capacity.
 *
 * @example
 * ```ts
 * import { describeCell } from "@escapement/core";
 *
 * console.log(describeCell(0, 32)); // "wraps"
 * console.log(describeCell(25, 32)); // "slot 0: word (generation and flags)"
 * ```
 */
export function describeCell(cell: number, capacity: number): string {
  if (cell < SLOTS) {
    const names = Object.keys(HAL_CELL_NAMES) as HalCellName[];
    return names.find((name) => HAL_CELL_NAMES[name] === cell) ?? "not used";
  }
  if (cell < slotCell(capacity + 2)) {
    const owner = Math.floor((cell - SLOTS) / SLOT_CELLS);
    return `${describeOwner(owner, capacity)}: ${describeSlotCell((cell - SLOTS) % SLOT_CELLS)}`;
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
