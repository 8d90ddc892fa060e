import { ARMINGS, PENDING_COUNT } from "./layout.js";
import { placeCell, queueCell } from "./regions.js";
import type { SharedState } from "./shared-state.js";
import { dueOf, linkOf } from "./slot.js";

/**
 * The pending timers by the time they are due, equal times in the order of their arming: a heap with
 * four children an entry, over cells of the shared state. To be used with interrupts masked.
 *
 * Four children make the heap half as deep as two, and lie in one cache line. Entries are pairs of
 * (due, slot) so that most comparisons touch the heap alone. No double is passed between
 * functions: beyond 2^31 the engine would allocate a box for it.
 */
export class DeadlineQueue {
  readonly #state: SharedState;
  readonly #base: number;
  readonly #places: number;

  /** Uses the queue cells of a HAL of that capacity. */
  constructor(state: SharedState, capacity: number) {
    this.#state = state;
    this.#base = queueCell(capacity);
    this.#places = placeCell(capacity);
  }

  /** How many slots are in it. */
  get size(): number {
    return this.#state.load(PENDING_COUNT);
  }

  /** The slot that is due first, or −1. */
  first(): number {
    const state = this.#state;
    return state.load(PENDING_COUNT) === 0 ? -1 : state.load(this.#base + 1) | 0;
  }

  /** Order number of the arming of a slot that is in it. */
  armingOf(slot: number): number {
    return this.#state.load(linkOf(slot));
  }

  /** Puts in a slot that is not in it, by its due time; gives its arming the next order number. */
  insert(slot: number): void {
    const state = this.#state;
    const place = state.load(PENDING_COUNT) | 0;
    const order = state.load(ARMINGS) + 1;
    state.store(PENDING_COUNT, place + 1);
    state.store(ARMINGS, order);
    state.store(linkOf(slot), order);
    const entry = this.#base + 2 * place;
    state.store(entry, state.load(dueOf(slot)));
    state.store(entry + 1, slot);
    state.store(this.#places + slot, place);
    this.#rise(place);
  }

  /** Takes out a slot that is in it. */
  remove(slot: number): void {
    const state = this.#state;
    const place = state.load(this.#places + slot) | 0;
    const last = (state.load(PENDING_COUNT) | 0) - 1;
    state.store(PENDING_COUNT, last);
    if (place === last) {
      return;
    }
    this.#move(last, place);
    if (place === 0 || !this.#rise(place)) {
      this.#sink(place, last);
    }
  }

  #move(from: number, to: number): void {
    const state = this.#state;
    const base = this.#base;
    const places = this.#places;
    const slot = state.load(base + 2 * from + 1) | 0;
    state.store(base + 2 * to, state.load(base + 2 * from));
    state.store(base + 2 * to + 1, slot);
    state.store(places + slot, to);
  }

  /** Moves an entry towards the front; returns whether it moved. */
  #rise(from: number): boolean {
    const state = this.#state;
    const base = this.#base;
    const places = this.#places;
    const due = state.load(base + 2 * from);
    const slot = state.load(base + 2 * from + 1) | 0;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const parentDue = state.load(base + 2 * parent);
      if (parentDue < due) {
        break;
      }
      const parentSlot = state.load(base + 2 * parent + 1) | 0;
      if (parentDue === due && this.armingOf(parentSlot) < this.armingOf(slot)) {
        break;
      }
      state.store(base + 2 * place, parentDue);
      state.store(base + 2 * place + 1, parentSlot);
      state.store(places + parentSlot, place);
      place = parent;
    }
    if (place === from) {
      return false;
    }
    state.store(base + 2 * place, due);
    state.store(base + 2 * place + 1, slot);
    state.store(places + slot, place);
    return true;
  }

  /** Moves an entry towards the back. */
  #sink(from: number, size: number): void {
    const state = this.#state;
    const base = this.#base;
    const places = this.#places;
    const due = state.load(base + 2 * from);
    const slot = state.load(base + 2 * from + 1) | 0;
    let place = from;
    for (let start = 4 * place + 1; start < size; start = 4 * place + 1) {
      const child =
        start + 3 < size ? this.#earliestOfFour(start) : this.#earliestOf(start, size - start);
      const childDue = state.load(base + 2 * child);
      if (due < childDue) {
        break;
      }
      const childSlot = state.load(base + 2 * child + 1) | 0;
      if (due === childDue && this.armingOf(slot) < this.armingOf(childSlot)) {
        break;
      }
      state.store(base + 2 * place, childDue);
      state.store(base + 2 * place + 1, childSlot);
      state.store(places + childSlot, place);
      place = child;
    }
    state.store(base + 2 * place, due);
    state.store(base + 2 * place + 1, slot);
    state.store(places + slot, place);
  }

  /**
   * The earliest of four entries, as a tournament that adds comparisons up instead of branching:
   * their outcome is as good as random, and a wrong guess of the processor costs more than the rest.
   */
  #earliestOfFour(start: number): number {
    const state = this.#state;
    const base = this.#base;
    const entry = base + 2 * start;
    const first = state.load(entry);
    const second = state.load(entry + 2);
    const third = state.load(entry + 4);
    const fourth = state.load(entry + 6);
    if (first === second || third === fourth) {
      return this.#earliestOf(start, 4);
    }
    const left = start + (Number(second < first) | 0);
    const right = start + 2 + (Number(fourth < third) | 0);
    const leftDue = state.load(base + 2 * left);
    const rightDue = state.load(base + 2 * right);
    if (leftDue === rightDue) {
      return this.#earliestOf(start, 4);
    }
    return left + ((right - left) & -(Number(rightDue < leftDue) | 0));
  }

  #earliestOf(start: number, count: number): number {
    const state = this.#state;
    const base = this.#base;
    let child = start;
    let childDue = state.load(base + 2 * start);
    for (let next = start + 1; next < start + count; next += 1) {
      const nextDue = state.load(base + 2 * next);
      if (nextDue < childDue || (nextDue === childDue && this.#isBefore(next, child))) {
        child = next;
        childDue = nextDue;
      }
    }
    return child;
  }

  /** Of two entries due at the same time: whether the first was armed before the second. */
  #isBefore(place: number, other: number): boolean {
    const state = this.#state;
    const base = this.#base;
    const slot = state.load(base + 2 * place + 1) | 0;
    const otherSlot = state.load(base + 2 * other + 1) | 0;
    return this.armingOf(slot) < this.armingOf(otherSlot);
  }
}
