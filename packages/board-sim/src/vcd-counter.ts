import type { SimTimebase } from "./probe.js";

/** Ticks on either side of an event that are written one by one. */
const NEAR_TICKS = 4;

/** Takes the counter's value from a CPU cycle on; undefined where it is not followed. */
export type CounterSink = (cycle: number, value: number | undefined) => void;

/**
 * Samples a counter around events: at each event, and at each tick near one. In between it is not
 * followed, and the sink gets no value. A counter changes at every tick; a sample that stood there until
 * the next event would be a value that the counter does not have.
 */
export class CounterSampler {
  readonly #counter: SimTimebase;
  readonly #lap: number;
  readonly #step: 1 | -1;
  readonly #sink: CounterSink;
  #cycle = -1;
  #ticks = 0;
  #raw = 0;
  /** First cycles of the ticks after the last event, at the rate of then. */
  #ahead: readonly number[] = [];

  /** Samples a counter of a lap, which counts up or down. */
  constructor(counter: SimTimebase, lap: number, isDown: boolean, sink: CounterSink) {
    this.#counter = counter;
    this.#lap = lap;
    this.#step = isDown ? -1 : 1;
    this.#sink = sink;
  }

  /** Something happens at a cycle, which is never before that of the last event. */
  event(cycle: number): void {
    const counter = this.#counter;
    const ticks = counter.ticks();
    const raw = counter.raw();
    if (cycle > this.#cycle && this.#ahead.length > 0) this.#fill(cycle, ticks, raw);
    this.#sink(cycle, raw);
    if (cycle === this.#cycle && ticks === this.#ticks && raw === this.#raw) return;
    this.#cycle = cycle;
    this.#ticks = ticks;
    this.#raw = raw;
    this.#ahead = Array.from({ length: NEAR_TICKS + 1 }, (_, n) => counter.cycleOf(ticks + n + 1));
  }

  /** The ticks between the last event and this one. */
  #fill(cycle: number, ticks: number, raw: number): void {
    let last = this.#cycle;
    const tick = (at: number, value: number | undefined): void => {
      // A counter that drifts may have changed its rate since: what comes out of order is left out.
      if (at <= last || at > cycle) return;
      last = at;
      this.#sink(at, value);
    };
    const passed = ticks - this.#ticks;
    const near = Math.min(passed, NEAR_TICKS);
    for (let n = 1; n <= near; n += 1) {
      tick(this.#ahead[n - 1] ?? cycle, this.#wrapped(this.#raw + this.#step * n));
    }
    const first = Math.max(near + 1, passed - NEAR_TICKS);
    if (first > near + 1) tick(this.#ahead[near] ?? cycle, undefined);
    for (let n = first; n <= passed; n += 1) {
      const at = this.#counter.cycleOf(this.#ticks + n);
      tick(at, this.#wrapped(raw - this.#step * (passed - n)));
    }
  }

  #wrapped(value: number): number {
    return ((value % this.#lap) + this.#lap) % this.#lap;
  }
}

/** Ticks that a line may go on without a sample. */
const LINE_TICKS = 16;

/** Keeps, of a counter's samples, those that a line through them needs. */
export class LineSampler {
  readonly #sink: (cycle: number, value: number) => void;
  #last: { readonly cycle: number; readonly value: number } | undefined;
  #skipped = 0;

  /** Hands samples on; their cycles may lie before those of other signals. */
  constructor(sink: (cycle: number, value: number) => void) {
    this.#sink = sink;
  }

  /** The next sample, undefined from where the counter is not followed. */
  sample(cycle: number, value: number | undefined): void {
    const last = this.#last;
    if (value === undefined) {
      this.flush();
      this.#last = undefined;
      return;
    }
    if (value === last?.value) return;
    const goesOn = last !== undefined && Math.abs(value - last.value) === 1;
    if (last !== undefined && !goesOn) this.flush();
    this.#last = { cycle, value };
    this.#skipped += 1;
    if (!goesOn || this.#skipped >= LINE_TICKS) this.flush();
  }

  /** Hands on the last sample, if it was not. */
  flush(): void {
    if (this.#last !== undefined && this.#skipped > 0)
      this.#sink(this.#last.cycle, this.#last.value);
    this.#skipped = 0;
  }
}
