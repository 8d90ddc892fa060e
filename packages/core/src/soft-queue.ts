import { QUEUED_COUNT } from "./layout.js";
import { placeCell } from "./regions.js";
import type { SharedState } from "./shared-state.js";
import { linkOf } from "./slot.js";

/**
 * Soft callbacks that wait for `service()`, first in, first out; every timer has a place, so it
 * cannot be full.
 *
 * Two rings linked through the slots' own cells: those that wait, and those that the running
 * `service()` took over at its entry. A slot can leave either from the middle. To be used with
 * interrupts masked.
 */
export class SoftQueue {
  readonly #state: SharedState;
  readonly #places: number;
  readonly #waiting: number;
  readonly #pass: number;

  /** Makes both rings empty; their ends are the two pseudo-slots after the last. */
  constructor(state: SharedState, capacity: number) {
    this.#state = state;
    this.#places = placeCell(capacity);
    this.#waiting = capacity;
    this.#pass = capacity + 1;
    this.#clear(this.#waiting);
    this.#clear(this.#pass);
  }

  /** Puts a slot at the end of those that wait. */
  append(slot: number): void {
    this.#insertBefore(this.#waiting, slot);
  }

  /** Puts a slot at the end of those that the running `service()` has to serve. */
  appendToPass(slot: number): void {
    this.#insertBefore(this.#pass, slot);
  }

  /** Takes a slot out of whichever ring it is in. */
  remove(slot: number): void {
    const state = this.#state;
    const places = this.#places;
    const before = state.load(places + slot);
    const after = state.load(linkOf(slot));
    state.store(linkOf(before), after);
    state.store(places + after, before);
    state.store(QUEUED_COUNT, state.load(QUEUED_COUNT) - 1);
  }

  /** Moves all that wait into the pass, behind what a pass before it left. */
  beginPass(): void {
    const state = this.#state;
    const places = this.#places;
    const first = state.load(linkOf(this.#waiting));
    if (first === this.#waiting) {
      return;
    }
    const last = state.load(places + this.#waiting);
    const tail = state.load(places + this.#pass);
    state.store(linkOf(tail), first);
    state.store(places + first, tail);
    state.store(linkOf(last), this.#pass);
    state.store(places + this.#pass, last);
    this.#clear(this.#waiting);
  }

  /** The next slot of the pass, or −1. */
  firstOfPass(): number {
    const first = this.#state.load(linkOf(this.#pass)) | 0;
    return first === this.#pass ? -1 : first;
  }

  #clear(ring: number): void {
    this.#state.store(linkOf(ring), ring);
    this.#state.store(this.#places + ring, ring);
  }

  #insertBefore(ring: number, slot: number): void {
    const state = this.#state;
    const places = this.#places;
    const last = state.load(places + ring);
    state.store(places + slot, last);
    state.store(linkOf(slot), ring);
    state.store(linkOf(last), slot);
    state.store(places + ring, slot);
    state.store(QUEUED_COUNT, state.load(QUEUED_COUNT) + 1);
  }
}
