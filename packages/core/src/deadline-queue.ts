/**
 * The pending timers, by the time they are due; equal times in the order they were inserted.
 *
 * Slots and times lie in the shared state; every member is to be called with interrupts masked.
 * A slot's due time is in its cell `DUE`, and its order number is given by `insert`.
 */
export interface DeadlineQueue {
  /** How many slots are in it. */
  readonly size: number;
  /** The slot that is due first, or −1. */
  first(): number;
  /** Puts in a slot that is not in it, by its cell `DUE`. */
  insert(slot: number): void;
  /** Takes out a slot that is in it. */
  remove(slot: number): void;
}
