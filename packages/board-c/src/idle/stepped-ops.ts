import { type Bits, constant, type Holds, type Stepped, stepped, Unsteady } from "./stepped.js";

/** An operation of one or two numbers; a test leaves 0 or 1. */
type Operation = (holds: Holds, bits: Bits, one: Stepped, other: Stepped) => Stepped;

const yes = constant(1n);
const no = constant(0n);
const truth = (value: boolean): Stepped => (value ? yes : no);

/** The other operand of what is known only with a constant. */
function known({ first, step }: Stepped): bigint {
  if (step !== 0n) throw new Unsteady("an operation with two numbers that change");
  return first;
}

const lessUnsigned: Operation = (holds, bits, one, other) =>
  truth(holds.less(holds.unsigned(one, bits), one.step, holds.unsigned(other, bits), other.step));
const lessSigned: Operation = (holds, bits, one, other) =>
  truth(holds.less(holds.signed(one, bits), one.step, holds.signed(other, bits), other.step));
const turned =
  (operation: Operation): Operation =>
  (holds, bits, one, other) =>
    operation(holds, bits, other, one);
const not =
  (operation: Operation): Operation =>
  (holds, bits, one, other) =>
    operation(holds, bits, one, other) === yes ? no : yes;
const equal: Operation = (holds, bits, one, other) => truth(holds.equal(one, other, bits));

/** A signed division by a constant above 0 of a number that stays at or above 0; else only of constants. */
function positive(holds: Holds, bits: Bits, one: Stepped, other: Stepped): bigint {
  const divisor = BigInt.asIntN(bits, known(other));
  const value = holds.signed(one, bits);
  if (one.step !== 0n) {
    if (value < 0n || divisor <= 0n)
      throw new Unsteady("a signed division of a number that changes");
    holds.within(value, one.step, 0n, (1n << BigInt(bits - 1)) - 1n);
  }
  return divisor;
}

const divideUnsigned: Operation = (holds, bits, one, other) =>
  holds.divided(holds.unsigned(one, bits), one.step, above0(known(other)));

const divideSigned: Operation = (holds, bits, one, other) => {
  const divisor = positive(holds, bits, one, other);
  if (one.step !== 0n) return holds.divided(one.first, one.step, divisor);
  if (divisor === 0n) throw new Unsteady("a division by 0");
  return stepped(bits, BigInt.asIntN(bits, one.first) / divisor, 0n);
};

function above0(divisor: bigint): bigint {
  if (divisor === 0n) throw new Unsteady("a division by 0");
  return divisor;
}

/** What a division by a constant leaves. */
function rest(bits: Bits, one: Stepped, quotient: Stepped, divisor: bigint): Stepped {
  return stepped(bits, one.first - quotient.first * divisor, one.step - quotient.step * divisor);
}

const restUnsigned: Operation = (holds, bits, one, other) =>
  rest(bits, one, divideUnsigned(holds, bits, one, other), known(other));
const restSigned: Operation = (holds, bits, one, other) =>
  rest(bits, one, divideSigned(holds, bits, one, other), BigInt.asIntN(bits, known(other)));

const multiply: Operation = (_holds, bits, one, other) => {
  const [factor, number] = other.step === 0n ? [other.first, one] : [known(one), other];
  return stepped(bits, number.first * factor, number.step * factor);
};

/** With a mask of ones that follow each other: the bits below its upper end without those below its lower. */
const and: Operation = (holds, bits, one, other) => {
  const [mask, number] = other.step === 0n ? [other.first, one] : [known(one), other];
  if (number.step === 0n) return constant(number.first & mask);
  const low = trailing0s(mask, bits);
  const high = mask.toString(2).length;
  if (mask === 0n) return no;
  if (mask !== (1n << BigInt(high)) - (1n << BigInt(low)))
    throw new Unsteady("a mask with gaps, of a number that changes");
  const upper = high === bits ? number : holds.lowBits(number, high);
  const lower = low === 0 ? no : holds.lowBits(number, low);
  return stepped(bits, upper.first - lower.first, upper.step - lower.step);
};

/** Of numbers that have no bit in common it is the sum. */
const or: Operation = (holds, bits, one, other) => {
  if (one.step === 0n && other.step === 0n) return constant(one.first | other.first);
  const [fixed, number] = other.step === 0n ? [other.first, one] : [known(one), other];
  const room = trailing0s(fixed, bits);
  const height = fixed.toString(2).length;
  const isBelow = number.first < 1n << BigInt(room);
  const isAbove =
    trailing0s(number.first, bits) >= height && trailing0s(number.step, bits) >= height;
  if (isBelow) holds.unsigned(number, room);
  else if (!isAbove && fixed !== 0n) throw new Unsteady("an OR of bits that change");
  return stepped(bits, number.first + fixed, number.step);
};

const xor: Operation = (_holds, bits, one, other) => {
  if (one.step === 0n && other.step === 0n) return constant(one.first ^ other.first);
  const [fixed, number] = other.step === 0n ? [other.first, one] : [known(one), other];
  if (fixed === 0n) return number;
  if (fixed !== (1n << BigInt(bits)) - 1n) throw new Unsteady("an XOR of bits that change");
  return stepped(bits, fixed - number.first, -number.step);
};

function trailing0s(number: bigint, bits: number): number {
  for (let bit = 0; bit < bits; bit += 1) if ((number >> BigInt(bit)) & 1n) return bit;
  return bits;
}

const distance = (bits: Bits, other: Stepped): bigint => known(other) % BigInt(bits);

const shiftLeft: Operation = (_holds, bits, one, other) => {
  const by = distance(bits, other);
  return stepped(bits, one.first << by, one.step << by);
};
const shiftUnsigned: Operation = (holds, bits, one, other) =>
  holds.divided(holds.unsigned(one, bits), one.step, 1n << distance(bits, other));
const shiftSigned: Operation = (holds, bits, one, other) => {
  const { first, step } = holds.divided(
    holds.signed(one, bits),
    one.step,
    1n << distance(bits, other),
  );
  return stepped(bits, first, step);
};
const rotate =
  (direction: 1n | -1n): Operation =>
  (_holds, bits, one, other) => {
    const by = BigInt.asUintN(bits === 32 ? 5 : 6, direction * known(other));
    const value = known(one);
    return stepped(bits, (value << by) | (value >> (BigInt(bits) - by)), 0n);
  };

const add: Operation = (_holds, bits, one, other) =>
  stepped(bits, one.first + other.first, one.step + other.step);
const subtract: Operation = (_holds, bits, one, other) =>
  stepped(bits, one.first - other.first, one.step - other.step);

const count =
  (of: (value: bigint, bits: Bits) => number): Operation =>
  (_holds, bits, one) =>
    constant(BigInt(of(known(one), bits)));

const comparisons = [
  ...[equal, not(equal), lessSigned, lessUnsigned, turned(lessSigned), turned(lessUnsigned)],
  ...[not(turned(lessSigned)), not(turned(lessUnsigned)), not(lessSigned), not(lessUnsigned)],
];

const calculations = [
  count((value, bits) => bits - (value === 0n ? 0 : value.toString(2).length)),
  count(trailing0s),
  count((value) => value.toString(2).replaceAll("0", "").length),
  ...[add, subtract, multiply, divideSigned, divideUnsigned, restSigned, restUnsigned],
  ...[and, or, xor, shiftLeft, shiftSigned, shiftUnsigned, rotate(1n), rotate(-1n)],
];

const isZero: Operation = (holds, bits, one) => truth(holds.equal(one, no, bits));

/** Widens the low bits of a number with their sign. */
function withSign(from: number, to: Bits): Operation {
  return (holds, _bits, one) => {
    const low = stepped(from, one.first, one.step);
    return stepped(to, holds.signed(low, from), low.step);
  };
}

const conversions: Readonly<Record<number, Operation>> = {
  167: (_holds, _bits, one) => stepped(32, one.first, one.step),
  172: withSign(32, 64),
  173: (holds, _bits, one) => stepped(64, holds.unsigned(one, 32), one.step),
  192: withSign(8, 32),
  193: withSign(16, 32),
  194: withSign(8, 64),
  195: withSign(16, 64),
  196: withSign(32, 64),
};

/** What an instruction of whole numbers does, and how many it takes. */
export interface NumberOperation {
  /** How many numbers it takes; it leaves one. */
  readonly takes: 1 | 2;
  /** How wide they are. */
  readonly bits: Bits;
  /** What it leaves. */
  readonly run: Operation;
}

/** The first calculations of each width take one number. */
const UNARY = 3;

function widthOf(opcode: number, narrow: number, wide: number): Bits | undefined {
  if (opcode >= wide) return 64;
  return opcode >= narrow ? 32 : undefined;
}

/** What an instruction does with whole numbers; undefined where it is no such one. */
export function operationOf(opcode: number): NumberOperation | undefined {
  const convert = conversions[opcode];
  if (convert !== undefined) return { takes: 1, bits: 64, run: convert };
  if (opcode === 0x45 || opcode === 0x50)
    return { takes: 1, bits: opcode === 0x45 ? 32 : 64, run: isZero };
  if (opcode < 0x67) {
    const bits = widthOf(opcode, 0x46, 0x51);
    const run = comparisons[opcode - (bits === 64 ? 0x51 : 0x46)];
    return bits && run && { takes: 2, bits, run };
  }
  const bits = widthOf(opcode, 0x67, 0x79);
  const place = opcode - (bits === 64 ? 0x79 : 0x67);
  const run = calculations[place];
  return bits && run && { takes: place < UNARY ? 1 : 2, bits, run };
}
