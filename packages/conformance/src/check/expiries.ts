import type { Indexed, RecordOf } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import type { Call, Iteration } from "./iteration.js";
import { countsFrom, startRange } from "./start-range.js";
import { ordinal } from "./ticks.js";

/** A handler entry, as the trace has it. */
export type Expiry = Indexed<RecordOf<"expiry">>;

/** Operations after which a handler is not expected, for a message that names the last one. */
const enders = ["stop", "stopSync", "shutdown", "deinit", "deinitAll", "init"] as const;

/** Entries of a timer's handler under judgement. */
export class ExpiryCheck {
  /** The entries. */
  readonly items: readonly Expiry[];
  readonly #run: Iteration;
  readonly #name: string;

  constructor(run: Iteration, items: readonly Expiry[], timer?: number) {
    this.items = items;
    this.#run = run;
    this.#name = timer === undefined ? "" : ` of timer ${timer}`;
  }

  /** The `nth` entry, from 1. */
  nth(number: number): Expiry {
    const found = this.items[number - 1];
    if (found !== undefined) return found;
    const seen = `${counted(this.items.length, "expiry", "expiries")}${this.#name}`;
    return this.#run.missing(`${seen}, the ${ordinal(number)} is missing`);
  }

  /** This many entries; 0 for none at all. */
  exactly(count: number): this {
    if (this.items.length === count) return this;
    const surplus = this.items[count];
    const seen = counted(this.items.length, "expiry", "expiries");
    const expected = count === 0 ? "expected none" : `expected exactly ${count}`;
    const after = surplus === undefined ? "" : this.#afterWhat(surplus, count);
    this.#run.say(`${seen}${this.#name}, ${expected}${after}`, surplus?.index);
    return this;
  }

  /** This many entries or more. */
  atLeast(count: number): this {
    const seen = this.items.length;
    if (seen < count) {
      this.#run.say(
        `${counted(seen, "expiry", "expiries")}${this.#name}, expected at least ${count}`,
      );
    }
    return this;
  }

  /** Never before the scheduled time, and late by at most the board's lateness plus `slack` ticks. */
  onTime(slack = 0): this {
    return this.servedBy(Number.NEGATIVE_INFINITY, slack);
  }

  /**
   * As {@link onTime}, but the bound counts from `free` where that is later than the scheduled time:
   * the time from which nothing held the handler back any more.
   */
  servedBy(free: number, slack = 0): this {
    const run = this.#run;
    for (const each of this.items) {
      const late = each.at - each.scheduled;
      const bound = Math.max(each.scheduled, free) + run.env.late + slack;
      if (late < 0) {
        run.say(`the handler${this.#name} ran ${run.ticks(-late)} before its deadline`, each.index);
      } else if (each.at > bound) {
        const most = run.ticks(bound - each.scheduled);
        const seen = `the handler${this.#name} came ${run.ticks(late)} late`;
        run.say(`${seen}, at most ${most} is allowed`, each.index);
      }
    }
    return this;
  }

  /** The scheduled times are exactly these, but for what the board rounds up. */
  scheduledAt(...expected: readonly number[]): this {
    this.exactly(expected.length);
    for (const [at, each] of this.items.entries()) {
      const wanted = expected[at];
      if (wanted === undefined || this.#isRounded(each.scheduled, wanted)) continue;
      const off = this.#run.ticks(each.scheduled - wanted);
      const which = `the ${ordinal(at + 1)} expiry${this.#name}`;
      this.#run.say(`${which} was scheduled ${off} off the expected ${wanted}`, each.index);
    }
    return this;
  }

  #isRounded(scheduled: number, wanted: number): boolean {
    const above = scheduled - wanted;
    return above >= 0 && above < this.#run.env.semantics.granularityTicks;
  }

  /** Each scheduled time is `period` ticks after the one before. */
  spaced(period: number): this {
    for (const [at, each] of this.items.entries()) {
      const before = this.items[at - 1];
      if (before === undefined || each.scheduled - before.scheduled === period) continue;
      const gap = this.#run.ticks(each.scheduled - before.scheduled);
      const which = `the ${ordinal(at + 1)} expiry${this.#name}`;
      const expected = `expected ${this.#run.ticks(period)}`;
      this.#run.say(`${which} was scheduled ${gap} after the one before, ${expected}`, each.index);
    }
    return this;
  }

  /**
   * The first scheduled time is `delay` ticks after the first whole tick that is not before the
   * start call; where in the call that tick is, is up to the HAL. Where time passes in whole
   * ticks only, the call may fall on the very edge; what the board states otherwise is allowed for.
   */
  from(start: Call, delay: number): this {
    const first = this.nth(1);
    const { at, until } = countsFrom(this.#run, start);
    const { least: before, most: after } = startRange(this.#run.env);
    const least = at + before + delay;
    const most = until + after + delay;
    if (first.scheduled >= least && first.scheduled <= most) return this;
    const run = this.#run;
    const seen = `was scheduled ${run.ticks(first.scheduled - start.at)} after the call of start`;
    const range = `expected ${least - start.at} to ${most - start.at} ticks`;
    run.say(`the expiry${this.#name} ${seen}, ${range}`, first.index);
    return this;
  }

  /** Never before the scheduled time. */
  neverEarly(): this {
    return this.servedBy(Number.POSITIVE_INFINITY);
  }

  /** Every entry is inside one of these calls, from call to return. */
  during(calls: readonly Call[]): this {
    for (const each of this.items) {
      if (calls.some((call) => each.at >= call.at && each.at <= call.until)) continue;
      const names = [...new Set(calls.map((call) => call.op))].join(", ");
      const message = `the handler${this.#name} ran outside every call of ${names || "service"}`;
      this.#run.say(message, each.index);
    }
    return this;
  }

  /** Every entry is in interrupt context, or none is. */
  inInterrupt(expected: boolean): this {
    for (const each of this.items) {
      if (each.context > 0 === expected) continue;
      const where = expected ? "in thread context, expected an interrupt" : "in an interrupt";
      this.#run.say(`the handler${this.#name} ran ${where}`, each.index);
    }
    return this;
  }

  #afterWhat(surplus: Expiry, count: number): string {
    const ended = this.#run.view
      .calls()
      .filter((call) => enders.some((op) => op === call.op) && call.index < surplus.index)
      .at(-1);
    const which = `; the ${ordinal(count + 1)} came`;
    if (ended === undefined) return `${which} at tick ${surplus.at}`;
    const since = this.#run.ticks(surplus.at - ended.until);
    return `${which} ${since} after ${ended.op}() returned "${ended.result}"`;
  }
}
