import type { OpName, OpResult } from "@escapement/scenario";
import type { Call, Iteration } from "./iteration.js";
import { saidOf } from "./said.js";
import { listed } from "./words.js";

/** What the calls of one operation returned. */
export class ResultCheck {
  readonly #run: Iteration;
  readonly #name: string;
  readonly #isStop: boolean;
  readonly #calls: readonly Call[];

  constructor(run: Iteration, op: OpName, subject: number | undefined, calls: readonly Call[]) {
    this.#run = run;
    this.#name = subject === undefined ? op : `${op}(${subject})`;
    this.#isStop = op === "stop" || op === "stopSync" || op === "shutdown";
    this.#calls = calls;
  }

  /** These returns, in this order, and no other; of a stop, what the board can say of them. */
  are(...expected: readonly OpResult[]): this {
    const seen = this.#calls.map((call) => call.result);
    const isWrong = (result: OpResult, at: number) => {
      const wanted = expected[at];
      return wanted === undefined || !this.#said(wanted).includes(result);
    };
    if (seen.length !== expected.length || seen.some(isWrong)) {
      const wrong = this.#calls.find((call, at) => isWrong(call.result, at));
      const list = (results: readonly OpResult[]) =>
        listed(
          results.map((each) => `"${each}"`),
          "nothing",
        );
      const message = `${this.#name} returned ${list(seen)}, expected ${list(expected)}`;
      this.#run.say(message, wrong?.index);
    }
    return this;
  }

  #said(result: OpResult): readonly OpResult[] {
    return this.#isStop ? saidOf(this.#run.env, result) : [result];
  }

  /** At least one call, and every one returned this or one of these; of a stop, what the board can say of them. */
  all(...results: readonly OpResult[]): this {
    const allowed = results.flatMap((result) => this.#said(result));
    const names = allowed.map((each) => `"${each}"`).join(" or ");
    if (this.#calls.length === 0) {
      this.#run.say(`no ${this.#name} in the trace, expected one that returns ${names}`);
    }
    for (const call of this.#calls) {
      if (allowed.includes(call.result)) continue;
      this.#run.say(`${this.#name} returned "${call.result}", expected ${names}`, call.index);
    }
    return this;
  }

  /** No call took longer than this, from call to return. */
  within(ticks: number): this {
    for (const call of this.#calls) {
      const took = call.until - call.at;
      if (took <= ticks) continue;
      const most = this.#run.ticks(ticks);
      this.#run.say(`${this.#name} took ${this.#run.ticks(took)}, at most ${most}`, call.index);
    }
    return this;
  }
}
