import type { Machine } from "./machine.js";

const FIRST_LOOK = 512;
/** Accesses of a loop that changes nothing but looks at a model, which may count them. */
const OUTSIDE_MAX = 100_000;
const RECENT = 16;

/**
 * Notices that code goes round without anything changing. After many accesses to shared memory it keeps a copy of the program's memory; when the same place in the code comes again with the same
 * memory, it will for ever: at -O0 every variable is in memory.
 */
export class SpinWatch {
  readonly #machine: Machine;
  readonly #isExact: boolean;
  readonly #recent: number[] = [];
  #accesses = 0;
  #lookAt = FIRST_LOOK;
  #copy: Uint8Array | undefined;
  #place = 0;
  /** Whether what goes round looks at something that may change by itself. */
  isOutside = false;

  /** @param isExact - whether all variables are in memory; else nothing is ever noticed */
  constructor(machine: Machine, isExact: boolean) {
    this.#machine = machine;
    this.#isExact = isExact;
  }

  /** Bytes that were read last. */
  get recent(): readonly number[] {
    return this.#recent.filter((byte) => byte !== undefined);
  }

  /** Forgets what was read. */
  clearRecent(): void {
    this.isOutside = false;
    this.#recent.length = 0;
  }

  /** Something came from outside: a handler, an input, a mask. */
  change(): void {
    this.isOutside = false;
    this.#accesses = 0;
    this.#lookAt = FIRST_LOOK;
    this.#copy = undefined;
  }

  /** A byte of shared memory was accessed; returns whether the run goes round for ever. */
  access(address: number, write: boolean, place: number): boolean {
    if (!write) this.#recent[this.#accesses % RECENT] = address;
    this.#accesses += 1;
    if (this.#accesses < this.#lookAt || !this.#isExact) return false;
    const { bytes, programEnd } = this.#machine;
    if (this.#copy === undefined) {
      this.#copy = bytes.slice(0, programEnd);
      this.isOutside = false;
      this.#place = place;
      return false;
    }
    if (place !== this.#place) return false;
    const copy = this.#copy;
    const differs = copy.some((byte, at) => byte !== bytes[at]);
    if (!differs && (!this.isOutside || this.#accesses > OUTSIDE_MAX)) return true;
    this.#copy = undefined;
    this.#lookAt = this.#accesses * 2;
    return false;
  }
}
