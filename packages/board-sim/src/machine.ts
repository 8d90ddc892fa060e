import type { Machine } from "@escapement/scenario";
import type { SimChip } from "./chip.js";

/** A second interrupt and a phase fall within this many cycles of a tick's edge. */
const EDGE_CYCLES = 128;

/** Deepest level that a trace can record. */
const DEEPEST_LEVEL = 7;

/** One instruction of the interrupted code, between handlers that come back to back. */
const STEP_CYCLES = 4;

const WORD = 2 ** 32;

/**
 * The world around a driver on a simulated chip: how time passes and interrupts come in.
 *
 * `stamp` is the counter's true, unwrapped time; it shares its origin with a HAL that counts laps
 * from 0 at power-up, and never asks the driver. `reference` counts CPU cycles. Both cost no time.
 *
 * `phase` waits, with interrupts served: in virtual time a whole lap is one event, and the
 * reference clock stays in step. Where inside the tick it arrives is drawn from the seed, mostly
 * near its end.
 */
export class SimMachine implements Machine {
  /** Code takes cycles, or may come to take them where a search holds it up. */
  readonly wholeTicks = false;
  readonly #chip: SimChip;

  /** Puts a chip into the interpreter's hands. */
  constructor(chip: SimChip) {
    this.#chip = chip;
  }

  /** The true time in ticks. */
  stamp(): number {
    return this.#chip.hardware.ticks();
  }

  /** 0 in thread context, 1 in a handler, 2 in one that interrupted it; at most 7. */
  contextLevel(): number {
    return Math.min(this.#chip.controller.depth, DEEPEST_LEVEL);
  }

  /** Burns this much of the caller's own processor time; handlers that interrupt it add to it. */
  spin(ticks: number): void {
    const { clock, controller, hardware } = this.#chip;
    let left = hardware.cyclesFor(ticks);
    for (;;) {
      this.#chip.patience.beat();
      const crowded = controller.serve();
      if (left <= 0) return;
      const step = Math.min(left, crowded ? STEP_CYCLES : clock.nextCycle - clock.now);
      clock.advance(step);
      left -= step;
    }
  }

  /** Waits this long, handlers included. */
  sleep(ticks: number): void {
    const { clock, hardware } = this.#chip;
    const start = hardware.ticks();
    const intoTick = clock.now - hardware.cycleOf(start);
    // By ticks, not by cycles: the rate of a drifting counter changes on the way.
    this.#waitTick(start + ticks);
    const end = hardware.cycleOf(start + ticks) + intoTick;
    if (end > clock.now) this.#waitCycle(end);
  }

  /** Masks, in one register access. */
  saveAndMask(): number {
    return this.#chip.saveAndMask();
  }

  /** Restores, in one register access; what is waiting runs before it returns. */
  restore(state: number): void {
    this.#chip.restore(state);
  }

  /** Whether the global mask is open. */
  interruptsEnabled(): boolean {
    return !this.#chip.controller.masked;
  }

  /**
   * Waits until the counter, counted up, is at this value: in this lap or, if it is past it, in the
   * next. On a counter of more than 32 bits the low word counts, unless the whole count lies ahead.
   */
  phase(counter: number): void {
    const { clock, hardware, random, shape } = this.#chip;
    const now = hardware.ticks();
    const lap = Math.min(2 ** shape.counterBits, WORD);
    const inLap = (counter - now) % lap;
    // A whole count that lies ahead on a wide counter; anything else is a place in its lap.
    const absolute = shape.counterBits > 32 && counter >= Math.max(WORD, now);
    const ahead = absolute ? counter - now : inLap < 0 ? inLap + lap : inLap;
    this.#waitTick(now + ahead);
    const { cyclesPerTick } = shape;
    const nearEnd = random.below(4) > 0;
    const span = nearEnd ? Math.min(cyclesPerTick, EDGE_CYCLES) : cyclesPerTick;
    const place = cyclesPerTick - 1 - random.below(span);
    const edge = hardware.cycleOf(now + ahead);
    if (edge + place > clock.now) this.#waitCycle(edge + place);
  }

  /**
   * Requests the second interrupt just after the edge of the tick that is `delayTicks` from now.
   */
  requestInterrupt(handler: () => void, delayTicks: number): void {
    const { hardware, random, shape } = this.#chip;
    const edge = hardware.cycleOf(hardware.ticks() + delayTicks);
    const place = random.below(Math.min(shape.cyclesPerTick, EDGE_CYCLES));
    this.#chip.requestSecond(handler, edge + place);
  }

  /** Drops a request that was not yet served. */
  cancelInterrupt(): void {
    this.#chip.cancelSecond();
  }

  /** CPU cycles since power-up. */
  reference(): number {
    return this.#chip.clock.now;
  }

  /** The code under test came back; it may touch the chip as often again. */
  turn(): void {
    this.#chip.patience.turn(this.#chip.controller.depth);
  }

  /** Calls `listener` now and then while the chip is touched or time goes on. */
  watchProgress(listener: (() => void) | undefined): void {
    this.#chip.patience.listener = listener;
  }

  #waitCycle(until: number): void {
    const { clock, controller } = this.#chip;
    for (;;) {
      this.#chip.patience.beat();
      const crowded = controller.serve();
      if (clock.now >= until) return;
      if (!crowded) this.#chip.idle(until);
      clock.advanceTo(Math.min(until, crowded ? clock.now + STEP_CYCLES : clock.nextCycle));
    }
  }

  #waitTick(until: number): void {
    const { clock, controller, hardware } = this.#chip;
    for (;;) {
      this.#chip.patience.beat();
      const crowded = controller.serve();
      if (hardware.ticks() >= until) return;
      if (!crowded) this.#chip.idle(hardware.cycleOf(until));
      const next = crowded ? clock.now + STEP_CYCLES : clock.nextCycle;
      clock.advanceTo(Math.min(hardware.cycleOf(until), next));
    }
  }
}
