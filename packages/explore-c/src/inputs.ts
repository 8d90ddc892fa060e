import { mix } from "./hash.js";

/** What a value from outside comes from. */
export type InputKind = "call" | "variable" | "register of main" | "register of a handler";

/** Draws of one run that may be another value, of each kind for itself: one of them does not use up those of another. */
const freeDrawsOfRun: Readonly<Record<InputKind, number>> = {
  call: 8,
  variable: 4,
  "register of main": 6,
  "register of a handler": 6,
};
/** From here on an input is polled: it goes round its values, so that waiting for it ends. */
const POLLED_FROM = 64;

/** One value that the program takes from outside, as the search sees it. */
export interface Draw {
  /** Which of the run, from 0. */
  readonly index: number;
  /** What it may be. */
  readonly values: readonly number[];
  /** What it is, unless somebody decides otherwise. */
  readonly usual: number;
  /** Whether the search may try another value. */
  readonly free: boolean;
}

/** Counts the inputs of a run. */
export class Inputs {
  readonly #countAt = new Map<number, number>();
  /** Inputs of the run so far. */
  count = 0;
  /** Those that had another value than the usual one. */
  unusual = 0;
  #free = { ...freeDrawsOfRun };
  /** The first so many draws of an input at one place in the code may be another value; later ones only repeat. */
  freeDrawsAtPlace = 2;

  readonly #numbers = new Map<string, number>();

  /** The number of a function that inputs come from. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const hash = [...name].reduce((sum, letter) => mix(sum, letter.charCodeAt(0)), 7);
    this.#numbers.set(name, hash);
    return hash;
  }

  /** Back to the begin of a run. */
  restore(): void {
    this.#countAt.clear();
    this.count = 0;
    this.unusual = 0;
    this.#free = { ...freeDrawsOfRun };
  }

  /** The next input, drawn at that place in the code. */
  next(values: readonly number[], source: number, path: number): Draw {
    const key = mix(source, path);
    const before = this.#countAt.get(key) ?? 0;
    this.#countAt.set(key, before + 1);
    const index = this.count;
    this.count += 1;
    const usual = values[before < POLLED_FROM ? 0 : before % values.length] ?? 0;
    const free = values.length > 1 && before < this.freeDrawsAtPlace && this.#free.call > 0;
    if (free) this.#free.call -= 1;
    return { index, values, usual, free };
  }

  /**
   * The next value of a register or variable, where it may be another than what is kept there: the first few of each
   * place in the code.
   */
  nextKept(
    kind: Exclude<InputKind, "call">,
    values: readonly number[],
    source: number,
    path: number,
  ): Draw | undefined {
    if (this.#free[kind] === 0) return undefined;
    const key = mix(source, path);
    const before = this.#countAt.get(key) ?? 0;
    if (before >= this.freeDrawsAtPlace) return undefined;
    this.#countAt.set(key, before + 1);
    this.#free[kind] -= 1;
    const index = this.count;
    this.count += 1;
    return { index, values, usual: values[0] ?? 0, free: true };
  }

  /** Whether so many were drawn that the run waits for one. */
  get isPolled(): boolean {
    return this.count > 16 * POLLED_FROM;
  }
}
