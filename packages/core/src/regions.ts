import { wordOf } from "./slot.js";

/**
 * The first cell of the deadline queue: pairs of (due, slot). Placed so that the four children of
 * an entry share a line of a 64-byte cache.
 */
export function queueCell(capacity: number): number {
  return Math.ceil(wordOf(capacity + 2) / 8) * 8 + 6;
}

/**
 * The first of the cells, one a slot, that say where a slot is: its place in the deadline queue, or
 * the slot before it in a soft list. They lie apart from the slots because moving one entry of the
 * queue writes those of several slots, which would each cost a line of the cache.
 */
export function placeCell(capacity: number): number {
  return queueCell(capacity) + 2 * capacity;
}

/** How many cells a HAL of that capacity needs. */
export function cellCount(capacity: number): number {
  return placeCell(capacity) + capacity + 2;
}
