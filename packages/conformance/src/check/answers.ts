import type { Answer, OpName } from "@escapement/scenario";
import type { Call, Judge } from "./judge.js";
import { listed } from "./words.js";

/** What the calls of one operation answered. */
export class AnswerCheck {
  readonly #judge: Judge;
  readonly #name: string;
  readonly #calls: readonly Call[];

  constructor(judge: Judge, op: OpName, subject: number | undefined, calls: readonly Call[]) {
    this.#judge = judge;
    this.#name = subject === undefined ? op : `${op}(${subject})`;
    this.#calls = calls;
  }

  /** These answers, in this order, and no other. */
  are(...expected: readonly Answer[]): this {
    const seen = this.#calls.map((call) => call.answer);
    if (seen.length !== expected.length || seen.some((answer, at) => answer !== expected[at])) {
      const wrong = this.#calls.find((call, at) => call.answer !== expected[at]);
      const list = (answers: readonly Answer[]) =>
        listed(
          answers.map((each) => `"${each}"`),
          "nothing",
        );
      const message = `${this.#name} answered ${list(seen)}, expected ${list(expected)}`;
      this.#judge.say(message, wrong?.index);
    }
    return this;
  }

  /** At least one call, and every one answered this or one of these. */
  all(...allowed: readonly Answer[]): this {
    const names = allowed.map((each) => `"${each}"`).join(" or ");
    if (this.#calls.length === 0) {
      this.#judge.say(`no ${this.#name} in the trace, expected one that answers ${names}`);
    }
    for (const call of this.#calls) {
      if (allowed.includes(call.answer)) continue;
      this.#judge.say(`${this.#name} answered "${call.answer}", expected ${names}`, call.index);
    }
    return this;
  }

  /** No call took longer than this, from call to return. */
  within(ticks: number): this {
    for (const call of this.#calls) {
      const took = call.until - call.at;
      if (took <= ticks) continue;
      const most = this.#judge.ticks(ticks);
      this.#judge.say(`${this.#name} took ${this.#judge.ticks(took)}, at most ${most}`, call.index);
    }
    return this;
  }
}
