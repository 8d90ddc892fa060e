import type { Indexed, RecordOf } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import type { Iteration } from "./iteration.js";

/** A time read, as the trace has it. */
export type Read = Indexed<RecordOf<"read">>;

/** How a reference clock wraps, in words; one of 2^53 never does. */
const turnOf = (modulus: number): string => (modulus < 2 ** 53 ? `, modulo ${modulus}` : "");

/** Never adds where it need not: beyond 2^53 a sum would be rounded. */
const modulo = (value: number, modulus: number): number => {
  const rest = value % modulus;
  return rest < 0 ? rest + modulus : rest;
};

/** Time reads under judgement. */
export class ReadCheck {
  /** The reads, in the order in which they returned. */
  readonly items: readonly Read[];
  readonly #run: Iteration;

  constructor(run: Iteration, items: readonly Read[]) {
    this.items = items;
    this.#run = run;
  }

  /** The `nth` read, from 1. */
  nth(number: number): Read {
    const found = this.items[number - 1];
    return (
      found ??
      this.#run.missing(`${counted(this.items.length, "read")} in the trace, expected ${number}`)
    );
  }

  /** This many reads or more. */
  atLeast(count: number): this {
    const seen = this.items.length;
    if (seen < count) {
      this.#run.say(`${counted(seen, "read")} in the trace, expected at least ${count}`);
    }
    return this;
  }

  /** No read is below one that returned before it was called. */
  neverDecrease(): this {
    for (const [at, read] of this.items.entries()) {
      const before = this.items[at - 1];
      if (before === undefined || read.value >= before.value) continue;
      // A read that a handler interrupted returns after the handler's, with an earlier time.
      if (read.context < before.context && read.at <= before.at) continue;
      const step = this.#run.ticks(before.value - read.value);
      this.#run.say(`a read is ${step} below the read before it`, read.index);
    }
    return this;
  }

  /**
   * Each read lies between the true times at its call and at its return, relative to the reads
   * before it in this iteration.
   *
   * The reference clock wraps: its modulus is no multiple of the counter's lap, so that a
   * wrap too many or too few still shows. A tick of rounding is given on either side.
   */
  matchReference(): this {
    const clock = this.#run.env.board.reference;
    if (clock === undefined) return this.#run.missing("the board describes no reference clock");
    let judged = 0;
    for (const [at, read] of this.items.entries()) {
      if (read.reference === undefined) {
        return this.#run.missing("a read has no reading of the reference clock");
      }
      for (const before of this.items.slice(Math.max(0, at - 3), at)) {
        if (this.#compare(before, read, clock.frequencyHz, clock.modulusTicks)) judged += 1;
      }
    }
    if (judged === 0) this.#run.say("no two reads could be compared by the reference clock");
    return this;
  }

  /** False where the reference clock cannot show it: a window as wide as its modulus. */
  #compare(first: Read, second: Read, referenceHz: number, modulus: number): boolean {
    const one = first.reference;
    const two = second.reference;
    if (one === undefined || two === undefined) return false;
    const scale = referenceHz / this.#run.env.board.frequencyHz;
    const width = modulo(one.return - one.call, modulus) + modulo(two.return - two.call, modulus);
    const rounding = Math.max(1, scale);
    if (width + 2 * rounding >= modulus / 2) return false;
    const least = two.call - one.return - rounding;
    const passed = (second.value - first.value) * scale;
    const over = modulo(passed - least, modulus);
    if (over <= width + 2 * rounding) return true;
    const error = over > modulus / 2 ? over - modulus : over - width - 2 * rounding;
    // Away from zero: what is said to be off is off by something.
    const off = error / scale;
    const ticks = this.#run.ticks(Math.sign(off) * Math.ceil(Math.abs(off)));
    const span = `${second.value - first.value} ticks after an earlier read`;
    this.#run.say(
      `a read of ${second.value}, ${span}, is ${ticks} off the reference clock${turnOf(modulus)}`,
      second.index,
    );
    return true;
  }
}
