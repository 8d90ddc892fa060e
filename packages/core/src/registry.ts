import { HARD_LANE, SOFT_LANE, slotIn } from "./lane.js";
import { ALLOCATED_COUNT, FREE_HEAD, HIGH_WATER, RETIRED_COUNT, RETIRED_HEAD } from "./layout.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";
import {
  anchorOf,
  FIRST_WORD,
  Flag,
  generationOf,
  linkOf,
  overrunsOf,
  periodOf,
  retiredWord,
  withFlags,
  wordOf,
} from "./slot.js";
import type { TimerSettings } from "./timer-settings.js";
import type { Timer, TimerCallback } from "./timer-types.js";

/** A timer with what runs when it expires. */
export interface CallableTimer extends Timer {
  /** Changed only while the slot is not pending. */
  readonly callback: TimerCallback;
}

/**
 * The slots: which are free, and what is in the others.
 *
 * An interrupt never touches the free list. What it releases gets a new generation, so that old
 * handles are stale at once, and goes on a stack of its own; only a collecting call, in thread
 * context, takes that stack and gives the slots back.
 */
export class Registry {
  /** The timer of each slot. Changed in thread context only, while the slot is not pending. */
  readonly timers: (CallableTimer | undefined)[] = [];
  readonly #port: TimerPort;
  readonly #state: SharedState;
  readonly #capacity: number;

  /** An empty registry. */
  constructor(port: TimerPort, state: SharedState, capacity: number) {
    this.#port = port;
    this.#state = state;
    this.#capacity = capacity;
  }

  /** The generation of a slot now. */
  generationOf(slot: number): number {
    return generationOf(this.#state.load(wordOf(slot)));
  }

  /** Takes a free slot; returns −1 when there is none. With interrupts masked. */
  claim(): number {
    const state = this.#state;
    const free = state.load(FREE_HEAD);
    let slot = free - 1;
    if (free !== 0) {
      state.store(FREE_HEAD, state.load(linkOf(slot)));
    } else {
      slot = state.load(HIGH_WATER);
      if (slot >= this.#capacity) {
        return -1;
      }
      state.store(HIGH_WATER, slot + 1);
      state.store(wordOf(slot), FIRST_WORD);
    }
    state.store(ALLOCATED_COUNT, state.load(ALLOCATED_COUNT) + 1);
    state.store(wordOf(slot), withFlags(state.load(wordOf(slot)), Flag.Allocated));
    return slot;
  }

  /** Gives a slot just claimed to a timer, in the same masked section. */
  setUp(slot: number, timer: CallableTimer, settings: TimerSettings): void {
    const state = this.#state;
    state.store(wordOf(slot), withFlags(state.load(wordOf(slot)), settings.flags));
    state.store(periodOf(slot), settings.periodTicks);
    state.store(anchorOf(slot), 0);
    state.store(overrunsOf(slot), 0);
    this.timers[slot] = timer;
  }

  /** Makes a slot's handles stale and leaves it to the next collecting call. With interrupts masked. */
  retire(slot: number): void {
    const state = this.#state;
    state.store(wordOf(slot), retiredWord(state.load(wordOf(slot))));
    this.#pushRetired(slot);
    state.store(RETIRED_COUNT, state.load(RETIRED_COUNT) + 1);
  }

  /**
   * Gives the retired slots back, but for those whose handler is still in flight; returns how many.
   * In thread context; one short masked step a slot.
   */
  collect(): number {
    const port = this.#port;
    const state = this.#state;
    let was = port.saveAndMask();
    let head = state.load(RETIRED_HEAD);
    state.store(RETIRED_HEAD, 0);
    port.restore(was);
    let collected = 0;
    while (head !== 0) {
      const slot = head - 1;
      was = port.saveAndMask();
      head = state.load(linkOf(slot));
      if (this.#isInFlight(slot)) {
        this.#pushRetired(slot);
      } else {
        this.#giveBack(slot);
        collected += 1;
      }
      port.restore(was);
    }
    return collected;
  }

  #pushRetired(slot: number): void {
    const state = this.#state;
    state.store(linkOf(slot), state.load(RETIRED_HEAD));
    state.store(RETIRED_HEAD, slot + 1);
  }

  /** Whether a handler that was released while it runs, in this thread or another, is still there. */
  #isInFlight(slot: number): boolean {
    const state = this.#state;
    return state.load(slotIn(HARD_LANE)) === slot + 1 || state.load(slotIn(SOFT_LANE)) === slot + 1;
  }

  #giveBack(slot: number): void {
    const state = this.#state;
    this.timers[slot] = undefined;
    state.store(linkOf(slot), state.load(FREE_HEAD));
    state.store(FREE_HEAD, slot + 1);
    state.store(RETIRED_COUNT, state.load(RETIRED_COUNT) - 1);
    state.store(ALLOCATED_COUNT, state.load(ALLOCATED_COUNT) - 1);
  }
}
