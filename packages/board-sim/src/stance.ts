import type { SimClock } from "./clock.js";
import type { InterruptController } from "./controller.js";
import type { SimCounter } from "./counter.js";

/** The parts of a chip that have a stance. */
export interface StanceParts {
  /** Virtual time. */
  readonly clock: SimClock;
  /** What decides which handler runs. */
  readonly controller: InterruptController;
  /** The counter. */
  readonly hardware: SimCounter;
}

/**
 * Where a chip stands at an instant, seen from that instant: how far ahead the next match is, which flags are
 * up, what is enabled and requested. From the same stance the same code meets the same hardware.
 *
 * It serves to pass over time in which the same comes again and again, such as the poll of a driver with
 * nothing to do. Passing over is exact as long as whoever does it knows that the code does the same.
 */
export class SimStance {
  /** The cycle of that instant. */
  readonly cycle: number;
  /** The counter's true time then. */
  readonly ticks: number;
  /** How many handlers had been entered. */
  readonly entries: number;
  readonly #parts: StanceParts;
  readonly #numbers: readonly number[];
  readonly #count: number;

  /** Where the chip stands now; made by `SimChip.stance`. */
  constructor(parts: StanceParts, lines: readonly number[]) {
    const { clock, controller, hardware } = parts;
    this.#parts = parts;
    this.cycle = clock.now;
    this.ticks = hardware.ticks();
    this.entries = controller.entries;
    this.#count = hardware.count();
    this.#numbers = [...hardware.stance(), ...controller.stance(), ...lines];
  }

  /** Whether an earlier instant had the same stance, and there was no wrap since, or the counter stood there too. */
  repeats(earlier: SimStance): boolean {
    const same = this.#numbers.length === earlier.#numbers.length;
    const isWhole = this.#count === earlier.#count || !this.#wrappedSince(earlier);
    return same && isWhole && this.#numbers.every((each, at) => each === earlier.#numbers[at]);
  }

  /**
   * How often that which lay between an `earlier` instant and this one can come again from here, so that it would
   * still end once more before `untilCycle` and before any event that comes at a cycle of its own; 0 where the
   * two instants differ.
   */
  room(earlier: SimStance, untilCycle: number): number {
    const { clock, hardware } = this.#parts;
    const cycles = this.cycle - earlier.cycle;
    if (cycles <= 0 || clock.now !== this.cycle || !this.repeats(earlier)) return 0;
    const wraps = this.#wrappedSince(earlier);
    const other = clock.nextBesides(hardware.movedEvents(wraps));
    const limit = Math.min(untilCycle, other, wraps ? untilCycle : hardware.wrapCycle);
    return Math.max(0, Math.ceil((limit - this.cycle) / cycles) - 2);
  }

  /** From here, now, passes over that, so often; at most {@link SimStance.room}. */
  passOver(earlier: SimStance, times: number): void {
    const { controller, hardware } = this.#parts;
    hardware.skip(times * (this.ticks - earlier.ticks), this.#wrappedSince(earlier));
    controller.entries += times * (this.entries - earlier.entries);
  }

  /** Ticks by which the counter's reading is another than at an `earlier` instant. */
  countedSince(earlier: SimStance): number {
    return this.#count - earlier.#count;
  }

  #wrappedSince(earlier: SimStance): boolean {
    return this.ticks - this.#count !== earlier.ticks - earlier.#count;
  }
}
