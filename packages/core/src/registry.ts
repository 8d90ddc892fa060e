import {
  ALLOCATED,
  ALLOCATED_COUNT,
  FREE_HEAD,
  GENERATION,
  GENERATION_COUNT,
  HARD_LANE,
  HIGH_WATER,
  LANE_SLOT,
  LINK,
  RETIRED_COUNT,
  RETIRED_HEAD,
  SOFT_LANE,
  slotCell,
  WORD,
} from "./layout.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";
import type { Timer } from "./timer.js";

/**
 * The slots: which are free, and what stands in the others.
 *
 * An interrupt never touches the free list. What it releases gets a new generation, so that old
 * handles are stale at once, and goes on a stack of its own; only a collecting call, in thread
 * context, takes that stack and gives the slots back.
 */
export class Registry {
  /** The timer of each slot. Changed in thread context only, while the slot is not pending. */
  readonly timers: (Timer | undefined)[] = [];
  private readonly port: TimerPort;
  private readonly state: SharedState;
  private readonly capacity: number;

  /** An empty registry. */
  constructor(port: TimerPort, state: SharedState, capacity: number) {
    this.port = port;
    this.state = state;
    this.capacity = capacity;
  }

  /** Takes a free slot; returns −1 when there is none. With interrupts masked. */
  allocate(): number {
    const { state } = this;
    const free = state.load(FREE_HEAD);
    let slot = free - 1;
    if (free !== 0) {
      state.store(FREE_HEAD, state.load(slotCell(slot) + LINK));
    } else {
      slot = state.load(HIGH_WATER);
      if (slot >= this.capacity) {
        return -1;
      }
      state.store(HIGH_WATER, slot + 1);
      state.store(slotCell(slot) + WORD, GENERATION);
    }
    state.store(ALLOCATED_COUNT, state.load(ALLOCATED_COUNT) + 1);
    state.store(slotCell(slot) + WORD, state.load(slotCell(slot) + WORD) + ALLOCATED);
    return slot;
  }

  /** The generation of a slot now. */
  generationOf(slot: number): number {
    return Math.floor(this.state.load(slotCell(slot) + WORD) / GENERATION);
  }

  /** Makes a slot's handles stale and leaves it to the next collecting call. With interrupts masked. */
  retire(slot: number): void {
    const { state } = this;
    const next = (this.generationOf(slot) + 1) % GENERATION_COUNT;
    state.store(slotCell(slot) + WORD, next * GENERATION);
    this.pushRetired(slot);
    state.store(RETIRED_COUNT, state.load(RETIRED_COUNT) + 1);
  }

  /**
   * Gives the retired slots back, but for those whose handler is still in flight; returns how many.
   * In thread context; one short masked step a slot.
   */
  drain(): number {
    const { port, state } = this;
    let was = port.saveAndMask();
    let head = state.load(RETIRED_HEAD);
    state.store(RETIRED_HEAD, 0);
    port.restore(was);
    let drained = 0;
    while (head !== 0) {
      const slot = head - 1;
      was = port.saveAndMask();
      head = state.load(slotCell(slot) + LINK);
      if (this.isInFlight(slot)) {
        this.pushRetired(slot);
        port.restore(was);
        continue;
      }
      this.timers[slot] = undefined;
      state.store(slotCell(slot) + LINK, state.load(FREE_HEAD));
      state.store(FREE_HEAD, slot + 1);
      state.store(RETIRED_COUNT, state.load(RETIRED_COUNT) - 1);
      state.store(ALLOCATED_COUNT, state.load(ALLOCATED_COUNT) - 1);
      port.restore(was);
      drained += 1;
    }
    return drained;
  }

  private pushRetired(slot: number): void {
    const { state } = this;
    state.store(slotCell(slot) + LINK, state.load(RETIRED_HEAD));
    state.store(RETIRED_HEAD, slot + 1);
  }

  /** Whether a handler that was released while it runs, in this thread or another, is still there. */
  private isInFlight(slot: number): boolean {
    const { state } = this;
    return (
      state.load(HARD_LANE + LANE_SLOT) === slot + 1 ||
      state.load(SOFT_LANE + LANE_SLOT) === slot + 1
    );
  }
}
