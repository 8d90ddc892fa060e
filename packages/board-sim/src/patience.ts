import type { BoardError } from "@escapement/scenario";
import { chipErrors } from "./sim-errors.js";

/** Levels that are distinguished; a controller nests less deep. */
const LEVELS = 64;

/** Accesses between two signs of life. */
const BEAT_MASK = 1023;

/**
 * Ends code under test that goes on touching the chip and never comes back: virtual time would run on
 * forever. Counts the accesses of one call, and of one entry of an interrupt, since the program last
 * had its turn. Nothing is counted before the first turn: who uses a chip without a program may loop.
 */
export class Patience {
  /** Called now and then while accesses go on. */
  listener: (() => void) | undefined;
  readonly #accessesMax: number;
  readonly #counts = new Float64Array(LEVELS);
  #watches = false;
  #level = 0;
  #entries = 0;
  #beats = 0;
  #fault: BoardError | undefined;

  /** Allows that many accesses. */
  constructor(accessesMax: number) {
    this.#accessesMax = accessesMax;
  }

  /** The program has its turn at this level: what came before has returned. */
  turn(level: number): void {
    this.#watches = true;
    this.#counts[level] = 0;
  }

  /** Time goes on without an access. */
  beat(): void {
    this.#beats += 1;
    if ((this.#beats & BEAT_MASK) === 0) this.listener?.();
  }

  /**
   * An access at this level, after so many handler entries in all.
   *
   * @throws BoardError `never-ends` beyond the limit, and at every access from then on: code that
   * catches it is not to go on.
   */
  access(level: number, entries: number): void {
    this.beat();
    if (!this.#watches) return;
    if (this.#fault !== undefined) throw this.#fault;
    // A handler entered again begins from nothing; the thread goes on where it was interrupted.
    const isNew = level > this.#level || (level === this.#level && entries !== this.#entries);
    if (level > 0 && isNew) this.#counts[level] = 0;
    this.#level = level;
    this.#entries = entries;
    const count = (this.#counts[level] ?? 0) + 1;
    this.#counts[level] = count;
    if (count <= this.#accessesMax) return;
    const what = level > 0 ? "interrupt" : "call";
    this.#fault = chipErrors.tooManyAccesses({ most: this.#accessesMax, what });
    throw this.#fault;
  }
}
