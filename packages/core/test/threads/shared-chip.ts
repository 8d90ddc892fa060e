import type { SharedState, TimerPort } from "../../src/index.js";

/** Cells of the chip, and what the two sides note for each other. */
export const cell = {
  lock: 0,
  time: 1,
  wrapped: 2,
  matched: 3,
  compare: 4,
  compareOn: 5,
  /** What the handlers are to do besides counting. */
  act: 6,
  /** Soft callbacks that run now. */
  softRunning: 7,
  /** Set when the other side is through. */
  over: 8,
  violations: 9,
  first: 10,
} as const;

/** What a handler is to do besides counting. */
export const acts = { nothing: 0, restart: 1, stop: 2, release: 3 } as const;

/** The rules that are watched, by the numbers under which they are noted. */
export const rules = [
  "none",
  "STOP-06 THR-05",
  "STOP-23 THR-06",
  "REG-05 THR-02",
  "THR-04",
  "THR-07",
  "THR-03",
] as const;

/** Slots of the HAL under test. */
export const CAPACITY = 8;

const RUNS = 32;
const ENDS = 40;
const HELD = 48;
const GENERATIONS = 56;
const COUNTER_BITS = 10;

/** All that the two threads share: the chip, their notes, and the cells of the HAL. */
export interface SharedMemory {
  readonly chip: SharedArrayBuffer;
  readonly state: SharedArrayBuffer;
}

/** Makes it, everything zero. */
export function sharedMemory(): SharedMemory {
  return { chip: new SharedArrayBuffer(64 * 4), state: new SharedArrayBuffer(4096 * 8) };
}

/**
 * A chip in memory that two threads share, seen from one of them: the counter is a cell, masking is a
 * lock that nests, and the interrupt comes in the thread that advances the time.
 */
export class SharedChip {
  readonly port: TimerPort;
  readonly state: SharedState;
  readonly words: Int32Array;
  level = 0;
  onInterrupt = (): void => {};
  readonly #me: number;

  constructor(memory: SharedMemory, me: number) {
    this.#me = me;
    this.words = new Int32Array(memory.chip);
    const numbers = new Float64Array(memory.state);
    this.state = {
      load: (index) => numbers[index] as number,
      store: (index, value) => {
        numbers[index] = value;
      },
    };
    this.port = this.#makePort();
  }

  get(index: number): number {
    return Atomics.load(this.words, index);
  }

  set(index: number, value: number): void {
    Atomics.store(this.words, index, value);
  }

  /** One tick of the counter, and the interrupt where one is due. Only in the thread that has it. */
  tick(): void {
    const was = this.#lock();
    const time = (this.get(cell.time) + 1) % 2 ** COUNTER_BITS;
    this.set(cell.time, time);
    Atomics.notify(this.words, cell.time);
    if (time === 0) this.set(cell.wrapped, 1);
    if (time === this.get(cell.compare)) this.set(cell.matched, 1);
    const asks = this.get(cell.wrapped) + this.get(cell.matched) * this.get(cell.compareOn) > 0;
    this.#unlock(was);
    if (!asks || this.level > 0) return;
    this.level = 1;
    this.onInterrupt();
    this.level = 0;
  }

  /** Lets that many ticks pass, in the thread that does not make them. */
  await(ticks: number): void {
    const begin = this.get(cell.time);
    for (let tries = 1; ; tries += 1) {
      const now = this.get(cell.time);
      if ((now - begin + 2 ** COUNTER_BITS) % 2 ** COUNTER_BITS >= ticks) return;
      if (tries % 4096 === 0) Atomics.wait(this.words, cell.time, now, 1);
    }
  }

  /** How often handlers of a slot were entered, and how often they returned. */
  handlers(slot: number): { entered: number; returned: number } {
    // In this order: one that returns in between is not to be missed.
    const returned = this.get(ENDS + slot);
    return { entered: this.get(RUNS + slot), returned };
  }

  entered(slot: number): void {
    Atomics.add(this.words, RUNS + slot, 1);
  }

  returned(slot: number): void {
    Atomics.add(this.words, ENDS + slot, 1);
  }

  /** Notes that a timer was made in a slot; returns whether nobody holds another there. */
  claim(slot: number, generation: number): boolean {
    this.set(GENERATIONS + slot, generation);
    return Atomics.exchange(this.words, HELD + slot, generation) === 0;
  }

  /** Takes the note back, just before that timer is released; where it still is of that timer. */
  give(slot: number, generation: number): void {
    Atomics.compareExchange(this.words, HELD + slot, generation, 0);
  }

  /** The generation of the newest timer made in a slot. */
  generation(slot: number): number {
    return this.get(GENERATIONS + slot);
  }

  /** Notes a broken rule; the first is kept. */
  violation(rule: number): void {
    Atomics.add(this.words, cell.violations, 1);
    Atomics.compareExchange(this.words, cell.first, 0, rule);
  }

  #lock(): number {
    const { words } = this;
    const me = this.#me;
    if (Atomics.load(words, cell.lock) === me) return 1;
    for (let tries = 1; Atomics.compareExchange(words, cell.lock, 0, me) !== 0; tries += 1) {
      // The holder may have lost its processor; let it have this one.
      if (tries % 256 === 0) Atomics.wait(words, cell.lock, 3 - me, 1);
    }
    return 0;
  }

  #unlock(was: number): void {
    if (was !== 0) return;
    Atomics.store(this.words, cell.lock, 0);
    Atomics.notify(this.words, cell.lock);
  }

  #makePort(): TimerPort {
    return {
      counterBits: COUNTER_BITS,
      frequencyHz: 1_000_000,
      minDeltaTicks: 1,
      readCounter: () => this.get(cell.time),
      overflowPending: () => this.get(cell.wrapped) !== 0,
      acknowledgeOverflow: () => this.set(cell.wrapped, 0),
      setCompare: (ticks) => this.set(cell.compare, ticks),
      enableCompare: (on) => this.set(cell.compareOn, on ? 1 : 0),
      comparePending: () => this.get(cell.matched) !== 0,
      acknowledgeCompare: () => this.set(cell.matched, 0),
      saveAndMask: () => this.#lock(),
      restore: (was) => this.#unlock(was),
      inInterrupt: () => this.level > 0,
      threadId: () => this.#me + 2 * this.level,
      relax: () => {
        Atomics.wait(this.words, cell.lock, 3 - this.#me, 0.05);
      },
    };
  }
}
