/** The prescaler that timers 0 and 1 share (timer 2 has its own): it divides from the same cycle for all of them. */
export interface Prescaler {
  /** The cycle of its last reset; ticks of a divided clock fall on whole multiples after it. */
  resetCycle: number;
}

/** Numbers that {@link TimerCount.save} writes. */
export const COUNT_STATE_LENGTH = 5;

const NEVER = Number.POSITIVE_INFINITY;

/**
 * The count of a timer that counts up to `top` and starts again at 0, worked out from the cycle in
 * which it is asked for: it has a count in one cycle, and everything after follows from it.
 */
export class TimerCount {
  /** CPU cycles per tick; 0 while the timer stands still. */
  divider = 0;
  /** The highest count, unless the count is above it already: then it goes on to `max`. */
  top: number;
  /** The highest count that the register holds. */
  readonly max: number;
  readonly #prescaler: Prescaler;
  #originCycle = 0;
  #originCount = 0;
  // Set by a write to TCNT until the first tick: the comparators are blocked that long.
  #blocked = false;

  /** Stands still at 0. */
  constructor(max: number, prescaler: Prescaler) {
    this.max = max;
    this.top = max;
    this.#prescaler = prescaler;
  }

  /** The count in a cycle that is not before the last {@link TimerCount.settle}. */
  at(cycle: number): number {
    return this.#countAfter(this.#ticksSinceOrigin(cycle));
  }

  /** Takes the count of this cycle for the new beginning, before something changes or after a match. */
  settle(cycle: number): void {
    const ticks = this.#ticksSinceOrigin(cycle);
    this.#originCount = this.#countAfter(ticks);
    if (ticks > 0) this.#blocked = false;
    this.#originCycle = cycle;
  }

  /** Sets the count, from the last settled cycle on; the match in that cycle is blocked. */
  preset(count: number): void {
    this.#originCount = count;
    this.#blocked = true;
  }

  /** The cycle in which the count next wraps from `max` to 0; Infinity for never. */
  overflowCycle(): number {
    const wraps = this.top === this.max || this.#originCount > this.top;
    return wraps ? this.#cycleOfTick(this.max + 1 - this.#originCount) : NEVER;
  }

  /** The cycle in which a compare flag rises: the clock after the one in which the count is `value`. */
  matchCycle(value: number): number {
    const { top } = this;
    const origin = this.#originCount;
    const period = top + 1;
    let ticks: number;
    if (origin <= top) {
      if (value > top) return NEVER;
      ticks = (value - origin + period) % period;
      if (ticks === 0 && this.#blocked) ticks = period;
    } else if (value > origin || (value === origin && !this.#blocked)) {
      ticks = value - origin;
    } else if (value <= top) {
      ticks = this.max + 1 - origin + value;
    } else {
      return NEVER;
    }
    return this.#cycleOfTick(ticks + 1);
  }

  /** Writes what decides what comes next into `state`, from an index on. */
  save(state: Float64Array, index: number): void {
    state[index] = this.divider;
    state[index + 1] = this.top;
    state[index + 2] = this.#originCycle;
    state[index + 3] = this.#originCount;
    state[index + 4] = this.#blocked ? 1 : 0;
  }

  /** Goes back to what was saved. */
  restore(state: Float64Array, index: number): void {
    this.divider = state[index] as number;
    this.top = state[index + 1] as number;
    this.#originCycle = state[index + 2] as number;
    this.#originCount = state[index + 3] as number;
    this.#blocked = state[index + 4] !== 0;
  }

  #ticksSinceOrigin(cycle: number): number {
    if (this.divider <= 1) return this.divider === 0 ? 0 : cycle - this.#originCycle;
    return this.#prescaled(cycle) - this.#prescaled(this.#originCycle);
  }

  #cycleOfTick(ticks: number): number {
    if (this.divider <= 1) return this.divider === 0 ? NEVER : this.#originCycle + ticks;
    const tick = this.#prescaled(this.#originCycle) + ticks;
    return tick * this.divider + this.#prescaler.resetCycle;
  }

  #prescaled(cycle: number): number {
    return Math.floor((cycle - this.#prescaler.resetCycle) / this.divider);
  }

  #countAfter(ticks: number): number {
    const count = this.#originCount + ticks;
    if (this.#originCount <= this.top) return count % (this.top + 1);
    return count <= this.max ? count : (count - this.max - 1) % (this.top + 1);
  }
}
