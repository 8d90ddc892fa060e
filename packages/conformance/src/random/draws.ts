/** A choice and how likely it is, against the others of its list. */
export type Weighted<T> = readonly [choice: T, weight: number];

/**
 * Numbers drawn from a seed: the same seed gives the same numbers on every machine.
 *
 * Not shared with the simulator's own draws, so that a change there moves no program.
 */
export class Draws {
  #state: number;

  /** Starts at `seed`; its low 32 bits count. */
  constructor(seed: number) {
    this.#state = (Math.imul(Math.trunc(seed), 0x9e3779b1) + 12_345) >>> 0;
  }

  /** An integer from 0 to `limit` − 1; 0 where `limit` is 1 or less. `limit` is at most 2^53. */
  below(limit: number): number {
    return limit <= 1 ? 0 : Math.floor(this.#fraction() * limit);
  }

  /** An integer from `least` to `most`, both possible. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#fraction() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /** One of a list that is not empty, by weight. */
  weighted<T>(list: readonly [Weighted<T>, ...Weighted<T>[]]): T {
    const sum = list.reduce((total, [, weight]) => total + weight, 0);
    let left = this.#fraction() * sum;
    for (const [choice, weight] of list) {
      left -= weight;
      if (left < 0) return choice;
    }
    return list[0][0];
  }

  /** 0 up to, not including, 1. The mixing steps are those of mulberry32. */
  #fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
