import { LAST_SEEN, WRAP_LOST, WRAPS } from "./layout.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";

/**
 * The counter, extended in software by counting its wraps.
 *
 * Masking alone is no cure: the wrap is then pending. So the flag is tested after the counter was
 * read, and where it is set the counter is read again, which is then surely after the wrap (Ganssle,
 * "Asynchronicity", 2001). Who updates the time counts a pending wrap itself: under load the
 * overflow's vector may have to wait for longer than a lap. Exact as long as no masked section and
 * no handler lasts a lap (rule READ-21).
 */
export class Clock {
  /** Ticks in one lap; 0 where the counter needs no extension. */
  readonly lapTicks: number;
  readonly #port: TimerPort;
  readonly #state: SharedState;

  /** Reads that port. */
  constructor(port: TimerPort, state: SharedState) {
    this.#port = port;
    this.#state = state;
    this.lapTicks = port.counterBits > 32 ? 0 : 2 ** port.counterBits;
  }

  /** The time in ticks, with interrupts masked. At most two reads of the counter, no loop. */
  read(): number {
    const port = this.#port;
    const state = this.#state;
    const counter = port.readCounter();
    if (port.overflowPending()) {
      return (state.load(WRAPS) + 1) * this.lapTicks + port.readCounter();
    }
    return state.load(WRAPS) * this.lapTicks + counter;
  }

  /**
   * Reads the time into the cell `LAST_SEEN`, with interrupts masked; a pending wrap is counted and
   * acknowledged. The hot paths take the time from there: a large number that is returned from a
   * function may cost an allocation.
   */
  update(): void {
    const port = this.#port;
    const state = this.#state;
    let counter = port.readCounter();
    if (port.overflowPending()) {
      counter = this.#countPending();
    }
    const now = state.load(WRAPS) * this.lapTicks + counter;
    if (now < state.load(LAST_SEEN) && this.lapTicks !== 0) {
      this.#countLostWrap(now);
    } else {
      state.store(LAST_SEEN, now);
    }
  }

  /** The overflow's vector was entered: counts the wrap that it came for. With interrupts masked. */
  countWrap(): void {
    const state = this.#state;
    if (this.lapTicks === 0) {
      return;
    }
    if (this.#port.autoClear === true) {
      // Entering the vector took the flag down, and nobody else can have counted that wrap.
      state.store(WRAPS, state.load(WRAPS) + 1);
    }
    this.update();
  }

  /** Counts and acknowledges the pending wrap; returns the counter, which is surely after it. */
  #countPending(): number {
    this.#port.acknowledgeOverflow();
    this.#state.store(WRAPS, this.#state.load(WRAPS) + 1);
    return this.#port.readCounter();
  }

  /** Time cannot have gone back: where it seems to, the counter wrapped once more unseen. */
  #countLostWrap(now: number): void {
    const state = this.#state;
    state.store(WRAPS, state.load(WRAPS) + 1);
    state.store(LAST_SEEN, now + this.lapTicks);
    state.store(WRAP_LOST, 1);
  }
}
