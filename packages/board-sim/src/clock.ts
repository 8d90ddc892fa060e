/**
 * Something that is to happen at a cycle of a {@link SimClock}. Made once and scheduled again and
 * again, so that running the simulation allocates nothing.
 */
export class SimEvent {
  /** The cycle it is scheduled for; Infinity when it is not scheduled. Set by the clock only. */
  cycle = Number.POSITIVE_INFINITY;
  /** Runs when the clock gets there; may schedule events, must not move the clock. */
  readonly run: () => void;

  /** Makes an event that is not scheduled. */
  constructor(run: () => void) {
    this.run = run;
  }
}

/**
 * Virtual time in whole CPU cycles, and the events that lie ahead.
 *
 * Time moves only on request, and jumps from event to event: idle time costs nothing.
 * Events at the same cycle run in the order in which they were scheduled. Exact to 2^53 cycles,
 * which is two years at 125 MHz.
 *
 * @example
 * ```ts
 * import { SimClock, SimEvent } from "@escapement/board-sim";
 *
 * const clock = new SimClock();
 * const seen: number[] = [];
 * clock.schedule(new SimEvent(() => seen.push(clock.now)), 1_000_000);
 * clock.advanceTo(2_000_000); // one event, not a million steps
 * ```
 */
export class SimClock {
  /** The cycle now. Read only for everybody else. */
  now = 0;
  /** The cycle of the first event; Infinity when there is none. Read only for everybody else. */
  nextCycle = Number.POSITIVE_INFINITY;
  /** How many events ran since the clock was made: the cost of a simulation. */
  eventsRun = 0;
  // Sorted, earliest first. A chip has about six events, so insertion beats any heap.
  readonly #queue: SimEvent[] = [];

  /** Schedules an event, or moves it; a cycle in the past means now. */
  schedule(event: SimEvent, cycle: number): void {
    this.cancel(event);
    event.cycle = Math.max(cycle, this.now);
    const queue = this.#queue;
    let index = queue.length;
    queue.push(event);
    for (; index > 0; index -= 1) {
      const before = queue[index - 1];
      if (before === undefined || before.cycle <= event.cycle) break;
      queue[index] = before;
    }
    queue[index] = event;
    if (index === 0) this.nextCycle = event.cycle;
  }

  /** Takes an event out; nothing happens when it is not scheduled. */
  cancel(event: SimEvent): void {
    if (event.cycle === Number.POSITIVE_INFINITY) return;
    const index = this.#queue.indexOf(event);
    if (index >= 0) this.#remove(index);
    event.cycle = Number.POSITIVE_INFINITY;
  }

  /** Moves time on by `cycles`, running the events on the way. */
  advance(cycles: number): void {
    const target = this.now + cycles;
    if (target < this.nextCycle) this.now = target;
    else this.advanceTo(target);
  }

  /** Moves time on to `target`, running the events up to and including it; never back. */
  advanceTo(target: number): void {
    while (this.nextCycle <= target) {
      const event = this.#queue[0];
      if (event === undefined) break;
      this.now = event.cycle;
      this.#remove(0);
      event.cycle = Number.POSITIVE_INFINITY;
      this.eventsRun += 1;
      event.run();
    }
    if (target > this.now) this.now = target;
  }

  /** The cycle of the first event that is none of these; Infinity when there is none. */
  nextBesides(events: readonly SimEvent[]): number {
    const found = this.#queue.find((event) => !events.includes(event));
    return found?.cycle ?? Number.POSITIVE_INFINITY;
  }

  /** Passes over `cycles` in which no event runs: those that are `moved` come as much later, all others stay. */
  skip(cycles: number, moved: readonly SimEvent[]): void {
    this.now += cycles;
    for (const event of moved) {
      if (event.cycle < Number.POSITIVE_INFINITY) this.schedule(event, event.cycle + cycles);
    }
  }

  #remove(index: number): void {
    const queue = this.#queue;
    for (let i = index + 1; i < queue.length; i += 1) {
      const moved = queue[i];
      if (moved !== undefined) queue[i - 1] = moved;
    }
    queue.length -= 1;
    this.nextCycle = queue[0]?.cycle ?? Number.POSITIVE_INFINITY;
  }
}
