import { FLAG_COMPARE, FLAG_OVERFLOW, type SimChipShape } from "./chip-options.js";
import { type SimClock, SimEvent } from "./clock.js";

/** How far ahead a drifting counter plans, in cycles: keeps every product below 2^53. */
const SEGMENT_CYCLES = 2 ** 27;

const WORD = 2 ** 32;

/**
 * A hardware counter with a latched overflow flag, a compare register and a latched compare flag.
 *
 * Counts in its own unbounded ticks (`ticks`), of which the register shows the low bits, counting
 * up (`count`) or down (`raw`). The overflow flag is set in the very tick in which the count
 * becomes 0; that of a down-counter is 0 where its register holds the reload value, or 0 with
 * `overflowAt: "zero"`. The compare flag is set when the counter *comes to*
 * equal the compare register, and only then: a value just passed waits for a whole lap.
 *
 * Not promised: what `ticks` says across a {@link SimCounter.preset} to a lower count.
 */
export class SimCounter {
  /** The latched flags, FLAG_OVERFLOW and FLAG_COMPARE. Read only for everybody else. */
  flags = 0;
  /** The compare register, as it was written (raw: with a down-counter, counting down). */
  compare: number;
  readonly #clock: SimClock;
  readonly #lap: number;
  /** What count and raw add up to on a down-counter, modulo a lap; undefined when it counts up. */
  readonly #downSum: number | undefined;
  readonly #wraps: boolean;
  readonly #compareLap: number;
  readonly #minMatchTicks: number;
  readonly #flagged: () => void;
  // ticks = baseTicks + floor((carry + (cycle − baseCycle) · unitsPerCycle) / unitsPerTick)
  readonly #cyclesPerTick: number;
  #unitsPerTick: number;
  #unitsPerCycle = 1;
  #baseCycle = 0;
  #baseTicks: number;
  #carry = 0;
  #lapStart = 0;
  #compareUp = 0;
  #matchTicks = 0;
  #latchedHigh = 0;
  #segmentCycles = SEGMENT_CYCLES;
  #segmentEnd = Number.POSITIVE_INFINITY;
  readonly #wrapEvent = new SimEvent(() => this.#wrap());
  readonly #matchEvent = new SimEvent(() => this.#match());
  readonly #segmentEvent = new SimEvent(() => this.#nextSegment());
  #nextPpm: (() => number) | undefined;

  /**
   * Starts counting at once; `flagged` is called after each change of `flags` and may not move
   * time.
   */
  constructor(clock: SimClock, shape: SimChipShape, flagged: () => void) {
    this.#clock = clock;
    this.#lap = 2 ** shape.counterBits;
    if (shape.countDown) this.#downSum = shape.overflowAt === "zero" ? 0 : -1;
    this.#wraps = shape.counterBits <= 32;
    this.#compareLap = 2 ** shape.compareBits;
    this.#minMatchTicks = shape.minMatchTicks;
    this.#cyclesPerTick = shape.cyclesPerTick;
    this.#unitsPerTick = shape.cyclesPerTick;
    this.#flagged = flagged;
    this.#baseTicks = this.#turned(shape.startCounter, this.#lap);
    this.compare = this.#turned(0, this.#compareLap);
    this.#planWrap();
    this.#planMatch(1);
  }

  /** The cycle of the next wrap; of a wide counter, of the next turn of its low 32 bits. */
  get wrapCycle(): number {
    if (this.#wraps) return this.#wrapEvent.cycle;
    return this.cycleOf((Math.floor(this.ticks() / WORD) + 1) * WORD);
  }

  /** The cycle of the next compare match; Infinity while the flag is up, when none is planned. */
  get matchCycle(): number {
    return this.#matchEvent.cycle;
  }

  /** Ticks since the count was last 0 before boot: the true time, never wrapping. */
  ticks(): number {
    const units = this.#carry + (this.#clock.now - this.#baseCycle) * this.#unitsPerCycle;
    return this.#baseTicks + Math.floor(units / this.#unitsPerTick);
  }

  /** The count as an up-counter would show it: 0 to 2^counterBits − 1. */
  count(): number {
    return this.#wraps ? this.ticks() - this.#lapStart : this.ticks();
  }

  /** The counter register as the chip shows it: counting down on a down-counter. */
  raw(): number {
    return this.#turned(this.count(), this.#lap);
  }

  /** The low 32 bits of a wide counter. */
  low(): number {
    return this.ticks() % WORD;
  }

  /** The bits from 32 up of a wide counter. */
  high(): number {
    return Math.floor(this.ticks() / WORD);
  }

  /**
   * The low 32 bits; keeps the high ones of the same instant for {@link SimCounter.latchedHigh}.
   */
  latchLow(): number {
    const ticks = this.ticks();
    this.#latchedHigh = Math.floor(ticks / WORD);
    return ticks % WORD;
  }

  /** The high bits as they were at the last {@link SimCounter.latchLow}. */
  latchedHigh(): number {
    return this.#latchedHigh;
  }

  /**
   * Writes the counter register. The prescaler starts again; no flag is set, and no match comes of
   * it.
   */
  preset(raw: number): void {
    this.#baseTicks = this.#lapStart + this.#turned(this.#wrapped(raw, this.#lap), this.#lap);
    this.#baseCycle = this.#clock.now;
    this.#carry = 0;
    this.#planWrap();
    this.#planMatch(1);
  }

  /** Writes the compare register; values beyond its width lose their high bits, as on a chip. */
  writeCompare(raw: number): void {
    const value = this.#wrapped(raw, this.#compareLap);
    this.compare = value;
    this.#compareUp = this.#turned(value, this.#compareLap);
    this.#planMatch(this.#minMatchTicks);
  }

  /** Clears the flags that have a one in `mask`, and no others. */
  clearFlags(mask: number): void {
    const cleared = this.flags & mask;
    if (cleared === 0) return;
    this.flags &= ~mask;
    // While the flag was up nothing could be seen of further matches, so none were planned.
    if ((cleared & FLAG_COMPARE) !== 0) this.#planMatch(1);
    this.#flagged();
  }

  /** The first cycle in which `ticks()` is at least this; in the past when it already is. */
  cycleOf(ticks: number): number {
    const units = (ticks - this.#baseTicks) * this.#unitsPerTick - this.#carry;
    return this.#baseCycle + Math.ceil(units / this.#unitsPerCycle);
  }

  /** How many cycles this many ticks take at the present rate, rounded up. */
  cyclesFor(ticks: number): number {
    return Math.ceil((ticks * this.#unitsPerTick) / this.#unitsPerCycle);
  }

  /**
   * Lets the counter's oscillator drift against the CPU's: `nextPpm` is asked every `everyCycles`
   * for the deviation in parts per million (whole, −100 000 to 100 000) from then on.
   */
  drift(nextPpm: () => number, everyCycles: number): void {
    this.#nextPpm = nextPpm;
    this.#unitsPerTick = this.#cyclesPerTick * 1_000_000;
    this.#unitsPerCycle = 1_000_000;
    this.#segmentCycles = Math.min(everyCycles, SEGMENT_CYCLES);
    this.#nextSegment();
  }

  /** What decides how the counter goes on, seen from now: the same numbers, the same future until the next wrap. */
  stance(): readonly number[] {
    const ticks = this.ticks();
    return [
      this.flags,
      this.#clock.now - this.cycleOf(ticks),
      this.#matchEvent.cycle - this.#clock.now,
      this.#wrapped(this.#compareUp - (ticks % this.#compareLap), this.#compareLap),
      this.#latchedHigh,
    ];
  }

  /** Events of the counter that move when time is passed over; `wraps`: also that of the wrap. */
  movedEvents(wraps: boolean): readonly SimEvent[] {
    return wraps ? [this.#matchEvent, this.#wrapEvent] : [this.#matchEvent];
  }

  /**
   * Passes over whole ticks in which the counter comes back to the same stance: the compare register and
   * its match are as far ahead as before. `wraps`: the wrap too, as whole laps are passed over.
   */
  skip(ticks: number, wraps: boolean): void {
    if (wraps) this.#lapStart += ticks;
    this.#matchTicks += ticks;
    this.#compareUp = this.#wrapped(this.#compareUp + ticks, this.#compareLap);
    this.compare = this.#turned(this.#compareUp, this.#compareLap);
    this.#clock.skip(ticks * this.#cyclesPerTick, this.movedEvents(wraps));
  }

  #nextSegment(): void {
    const now = this.#clock.now;
    const units = this.#carry + (now - this.#baseCycle) * this.#unitsPerCycle;
    this.#baseTicks += Math.floor(units / this.#unitsPerTick);
    this.#carry = units % this.#unitsPerTick;
    this.#baseCycle = now;
    this.#unitsPerCycle = 1_000_000 + Math.trunc(this.#nextPpm?.() ?? 0);
    this.#segmentEnd = now + this.#segmentCycles;
    this.#clock.schedule(this.#segmentEvent, this.#segmentEnd);
    this.#planWrap();
    if ((this.flags & FLAG_COMPARE) === 0) this.#plan(this.#matchEvent, this.#matchTicks);
  }

  /** Raw to count, and count to raw: a down-counter is turned round, by the same rule both ways. */
  #turned(value: number, lap: number): number {
    return this.#downSum === undefined ? value : this.#wrapped(this.#downSum - value, lap);
  }

  #wrapped(value: number, lap: number): number {
    const rest = Math.trunc(value) % lap;
    return rest < 0 ? rest + lap : rest;
  }

  #planWrap(): void {
    if (this.#wraps) this.#plan(this.#wrapEvent, this.#lapStart + this.#lap);
  }

  #planMatch(leastAhead: number): void {
    if ((this.flags & FLAG_COMPARE) !== 0) return;
    const ticks = this.ticks();
    const ahead = this.#wrapped(this.#compareUp - (ticks % this.#compareLap), this.#compareLap);
    if (ahead === 0 && leastAhead === 0) {
      this.#clock.cancel(this.#matchEvent);
      this.#raise(FLAG_COMPARE);
      return;
    }
    this.#matchTicks = ticks + (ahead < leastAhead ? ahead + this.#compareLap : ahead);
    this.#plan(this.#matchEvent, this.#matchTicks);
  }

  #plan(event: SimEvent, ticks: number): void {
    const cycle = this.cycleOf(ticks);
    // A drifting counter plans again when the segment ends; what lies beyond may move.
    if (cycle <= this.#segmentEnd) this.#clock.schedule(event, cycle);
    else this.#clock.cancel(event);
  }

  #wrap(): void {
    this.#lapStart += this.#lap;
    this.#planWrap();
    this.#raise(FLAG_OVERFLOW);
  }

  #match(): void {
    this.#raise(FLAG_COMPARE);
  }

  #raise(flag: number): void {
    this.flags |= flag;
    this.#flagged();
  }
}
