/** An activity above some level: an interruption of everything at that level. */
export interface Interruption {
  readonly from: number;
  readonly until: number;
  readonly level: number;
}

/**
 * How long before a handler's entry the HAL can have looked at the clock for it: the board's dispatch
 * time, and as long again before each activity of a higher level that came between.
 */
export class LookWindow {
  readonly #from: number[] = [];
  readonly #until: number[] = [];
  /** When the first of those began that follow each other with no more than the dispatch time between. */
  readonly #chainFrom: number[] = [];
  readonly #lookTicks: number;

  /** Of the interruptions, ordered by their begin, those above that level. */
  constructor(interruptions: readonly Interruption[], level: number, lookTicks: number) {
    this.#lookTicks = lookTicks;
    let end = Number.NEGATIVE_INFINITY;
    let chainFrom = end;
    for (const { from, until, level: own } of interruptions) {
      // One inside another is part of it.
      if (own <= level || (from < end && until <= end)) continue;
      if (from - lookTicks > end) chainFrom = from;
      end = until;
      this.#from.push(from);
      this.#until.push(until);
      this.#chainFrom.push(chainFrom);
    }
  }

  /** The earliest look for a handler that was entered at this time. */
  earliest(at: number): number {
    const last = this.#lastEndedBy(at);
    const isNear = last >= 0 && (this.#until[last] as number) >= at - this.#lookTicks;
    return (isNear ? (this.#chainFrom[last] as number) : at) - this.#lookTicks;
  }

  #lastEndedBy(time: number): number {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#from[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    let last = low - 1;
    while (last >= 0 && (this.#until[last] as number) > time) last -= 1;
    return last;
  }
}
