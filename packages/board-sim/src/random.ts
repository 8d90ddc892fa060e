/**
 * A small seeded generator: the same seed gives the same numbers on every machine.
 *
 * The mixing steps are those of MurmurHash3's 32-bit finaliser over a Weyl sequence. Good enough
 * to place stalls and jitter; not for cryptography.
 *
 * @example
 * ```ts
 * import { SimRandom } from "@escapement/board-sim";
 *
 * const a = new SimRandom(7);
 * const b = new SimRandom(7);
 * export const same = a.below(100) === b.below(100); // true
 * ```
 */
export class SimRandom {
  #state: number;

  /**
   * Starts at `seed`, any number; only its low 32 bits count. `stream` keeps users of one seed
   * apart.
   */
  constructor(seed: number, stream = 0) {
    this.#state = (Math.trunc(seed) ^ Math.imul(stream + 1, 0x9e3779b1)) >>> 0;
  }

  /** An integer from 0 to `limit` − 1; 0 where `limit` is 1 or less. `limit` is at most 2^32. */
  below(limit: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed = (mixed ^ (mixed >>> 16)) >>> 0;
    return limit <= 1 ? 0 : Math.floor((mixed / 0x1_0000_0000) * limit);
  }
}
