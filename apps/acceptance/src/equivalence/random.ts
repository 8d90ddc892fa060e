/** Numbers that look random and follow from a seed alone, on every machine. */
export class Random {
  #state: number;

  /** Begins a sequence; equal seeds give equal ones. */
  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) ^ 0x5f356495;
    for (let turn = 0; turn < 4; turn++) this.#next();
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return this.#next() % count;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }

  /** One of a list that is not empty. */
  pick<Value>(list: readonly Value[]): Value {
    const value = list[this.below(list.length)];
    if (value === undefined) throw new RangeError("pick() from an empty list");
    return value;
  }

  /** One of a table's keys, each as often as its weight says; a weight is a whole number. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries(weights) as [Key, number][];
    let left = this.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    throw new RangeError("weighted() with no weight above 0");
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

/** A number from 0 to 2^32 − 1 that depends on both and on nothing else. */
export function hashOf(seed: number, value: number): number {
  let mixed = Math.imul(seed ^ 0x85ebca6b, 0xc2b2ae35) ^ Math.imul(value + 1, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
