import {
  ALLOCATED,
  ALLOCATED_COUNT,
  FREE_HEAD,
  GENERATION,
  GENERATION_COUNT,
  HIGH_WATER,
  LINK,
  RETIRED_COUNT,
  RETIRED_HEAD,
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
 * handles are stale at once, and goes on a stack of its own; only a drain point, in thread
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

  /** Takes a free slot; answers −1 when there is none. In thread context. */
  allocate(): number {
    const { port, state } = this;
    const was = port.saveAndMask();
    const free = state.load(FREE_HEAD);
    let slot = free - 1;
    if (free !== 0) {
      state.store(FREE_HEAD, state.load(slotCell(slot) + LINK));
    } else {
      slot = state.load(HIGH_WATER);
      if (slot >= this.capacity) {
        port.restore(was);
        return -1;
      }
      state.store(HIGH_WATER, slot + 1);
      state.store(slotCell(slot) + WORD, GENERATION);
    }
    state.store(ALLOCATED_COUNT, state.load(ALLOCATED_COUNT) + 1);
    state.store(slotCell(slot) + WORD, state.load(slotCell(slot) + WORD) + ALLOCATED);
    port.restore(was);
    return slot;
  }

  /** The generation of a slot now. */
  generationOf(slot: number): number {
    return Math.floor(this.state.load(slotCell(slot) + WORD) / GENERATION);
  }

  /** Makes a slot's handles stale and leaves it to the next drain point. With interrupts masked. */
  retire(slot: number): void {
    const { state } = this;
    const cell = slotCell(slot);
    const next = (this.generationOf(slot) + 1) % GENERATION_COUNT;
    state.store(cell + WORD, next * GENERATION);
    state.store(cell + LINK, state.load(RETIRED_HEAD));
    state.store(RETIRED_HEAD, slot + 1);
    state.store(RETIRED_COUNT, state.load(RETIRED_COUNT) + 1);
  }

  /** Gives the retired slots back; answers how many. In thread context; one short masked step a slot. */
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
}
