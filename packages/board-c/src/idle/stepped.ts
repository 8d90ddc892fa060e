/**
 * A number that changes by the same step from one poll to the next: in poll k it is `first + k · step`,
 * modulo 2^bits.
 *
 * Sums and products by constants of such numbers are such numbers, whatever k is. Everything else a
 * machine does with them (compare, divide, widen, shift right) is the same kind of thing only as long as the
 * number does not pass some border: 2^bits, the other side of a comparison, the next multiple of a divisor.
 * So each operation here also says until which poll it holds, and `Holds` keeps the least.
 */

/** A number of some poll; `first` is unsigned, `step` signed. */
export interface Stepped {
  /** What it is in poll 0. */
  readonly first: bigint;
  /** What is added from one poll to the next. */
  readonly step: bigint;
}

/** The widths of whole numbers in WebAssembly. */
export type Bits = 32 | 64;

/** Thrown where nothing can be said of the polls to come. */
export class Unsteady extends Error {}

/** A number that is the same in every poll. */
export function constant(first: bigint): Stepped {
  return { first, step: 0n };
}

/** A number of that width: `first` and `step` modulo 2^bits. */
export function stepped(bits: number, first: bigint, step: bigint): Stepped {
  const start = BigInt.asUintN(bits, first);
  return { first: start, step: step === 0n ? step : BigInt.asIntN(bits, step) };
}

/** Until which poll all that was done holds. */
export class Holds {
  /** The last poll of which it is known. */
  until = 1n << 53n;

  /** It holds while `value + k · step` is at least `least` and at most `most`; it is now. */
  within(value: bigint, step: bigint, least: bigint, most: bigint): void {
    if (step === 0n) return;
    const room = step > 0n ? (most - value) / step : (value - least) / -step;
    if (room < this.until) this.until = room;
  }

  /** The number, while it does not pass 2^bits or 0. */
  unsigned({ first, step }: Stepped, bits: number): bigint {
    this.within(first, step, 0n, (1n << BigInt(bits)) - 1n);
    return first;
  }

  /** The number as a signed one, while it does not pass the largest or the least. */
  signed({ first, step }: Stepped, bits: number): bigint {
    const half = 1n << BigInt(bits - 1);
    const value = BigInt.asIntN(bits, first);
    this.within(value, step, -half, half - 1n);
    return value;
  }

  /** Whether `one < other`, as long as that stays so; both are known not to wrap. */
  less(one: bigint, oneStep: bigint, other: bigint, otherStep: bigint): boolean {
    const gap = one - other;
    const step = oneStep - otherStep;
    if (gap < 0n) {
      if (step > 0n) this.within(gap, step, gap, -1n);
      return true;
    }
    if (step < 0n) this.within(gap, step, 0n, gap);
    return false;
  }

  /** Whether two numbers are equal, as long as that stays so. */
  equal(one: Stepped, other: Stepped, bits: number): boolean {
    const gap = stepped(bits, one.first - other.first, one.step - other.step);
    if (gap.first === 0n) {
      if (gap.step !== 0n) this.until = 0n;
      return true;
    }
    this.within(gap.first, gap.step, 1n, (1n << BigInt(bits)) - 1n);
    return false;
  }

  /** The whole part of a number that does not wrap, divided by a constant above 0. */
  divided(value: bigint, step: bigint, divisor: bigint): Stepped {
    const whole = floor(value, divisor);
    if (step % divisor === 0n) return { first: whole, step: step / divisor };
    const begin = whole * divisor;
    this.within(value, step, begin, begin + divisor - 1n);
    return constant(whole);
  }

  /** What is left of a number when it is divided by 2^low. */
  lowBits(number: Stepped, low: number): Stepped {
    const rest = stepped(low, number.first, number.step);
    this.unsigned(rest, low);
    return rest;
  }
}

function floor(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
