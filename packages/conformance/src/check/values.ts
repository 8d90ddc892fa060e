import type { OpName } from "@escapement/scenario";
import type { Call, Iteration } from "./iteration.js";
import { listed } from "./words.js";

/** What values the calls of one operation gave. */
export class ValueCheck {
  readonly #run: Iteration;
  readonly #name: string;
  readonly #calls: readonly Call[];

  constructor(run: Iteration, op: OpName, subject: number | undefined, calls: readonly Call[]) {
    this.#run = run;
    this.#name = subject === undefined ? op : `${op}(${subject})`;
    this.#calls = calls;
  }

  /** The values, in order. */
  list(): readonly number[] {
    return this.#calls.map((call) => call.value);
  }

  /** These values, in this order, and no other. */
  are(...expected: readonly number[]): this {
    const seen = this.list();
    if (seen.length !== expected.length || seen.some((value, at) => value !== expected[at])) {
      const wrong = this.#calls.find((call, at) => call.value !== expected[at]);
      const message = `${this.#name} gave ${listed(seen, "nothing")}, expected ${listed(expected, "nothing")}`;
      this.#run.say(message, wrong?.index);
    }
    return this;
  }

  /** At least one value, and all of them this. */
  all(expected: number): this {
    if (this.#calls.length === 0) this.#run.say(`no ${this.#name} in the trace`);
    for (const call of this.#calls) {
      if (call.value === expected) continue;
      this.#run.say(`${this.#name} gave ${call.value}, expected ${expected}`, call.index);
    }
    return this;
  }

  /** At least one value, and none outside these bounds, which belong to it. */
  within(least: number, most: number): this {
    if (this.#calls.length === 0) this.#run.say(`no ${this.#name} in the trace`);
    for (const call of this.#calls) {
      if (call.value >= least && call.value <= most) continue;
      const range = `expected ${least} to ${most}`;
      this.#run.say(`${this.#name} gave ${call.value}, ${range}`, call.index);
    }
    return this;
  }
}
