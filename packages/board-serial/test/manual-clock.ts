import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../src/index.js";

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#nowMs;
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that wait; a finished conversation leaves none. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Moves on to the next timer; false when there is none. */
  step(): boolean {
    const next = this.#timers.reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
      undefined,
    );
    if (next === undefined) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.#nowMs = next.atMs;
    next.callback();
    return true;
  }

  /** Lets time pass only where nothing else can happen, until the promise settles; a hang is an error. */
  async settle<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    promise.then(mark, mark);
    for (let steps = 0; ; steps++) {
      // One turn of the event loop drains all microtasks, and with them the memory line.
      await turn();
      if (settled) return promise;
      if (!this.step()) throw new Error("it hangs: nothing is under way and no timer waits");
      if (steps > 100_000) throw new Error("it does not end: 100000 timers fired");
    }
  }

  /** Lets this much time pass, with everything that happens in it. */
  async pass(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      await turn();
      if (!this.#timers.some((timer) => timer.atMs <= endMs)) break;
      this.step();
    }
    this.#nowMs = endMs;
  }
}
