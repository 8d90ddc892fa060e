import { expect, test } from "vitest";
import { Holds, type Stepped, stepped, Unsteady } from "../src/idle/stepped.js";
import { type NumberOperation, operationOf } from "../src/idle/stepped-ops.js";
import { compileModule, instantiate } from "../src/wasm/web-assembly.js";

const opcodes = Array.from({ length: 0xc5 }, (_, opcode) => opcode).filter(
  (opcode) => operationOf(opcode) !== undefined,
);

const isWide = (opcode: number): boolean => opcode >= 0x50 && (opcode < 0x67 || opcode >= 0x79);
const [i32, i64] = [0x7f, 0x7e];

/** What an instruction takes and leaves, in WebAssembly. */
function typesOf(
  opcode: number,
  takes: number,
): { readonly takes: number[]; readonly leaves: number } {
  const conversions: Readonly<Record<number, readonly [number, number]>> = {
    167: [i64, i32],
    172: [i32, i64],
    173: [i32, i64],
    192: [i32, i32],
    193: [i32, i32],
  };
  const [from, to] = conversions[opcode] ?? [
    isWide(opcode) ? i64 : i32,
    isWide(opcode) && opcode >= 0x79 ? i64 : i32,
  ];
  return { takes: Array.from({ length: takes }, () => from), leaves: to };
}

/** The instruction itself, as WebAssembly runs it. */
function real(opcode: number, takes: number): (...values: bigint[]) => bigint {
  const types = typesOf(opcode, takes);
  const gets = types.takes.flatMap((_, place) => [0x20, place]);
  const body = [0, ...gets, opcode, 0x0b];
  const type = [1, 0x60, takes, ...types.takes, 1, types.leaves];
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, type.length, ...type, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0],
    ...[10, body.length + 2, 1, body.length, ...body],
  ];
  const { f } = instantiate(compileModule(Uint8Array.from(bytes)), {});
  const call = f as (...values: (number | bigint)[]) => number | bigint;
  const given = (value: bigint, type = i32): number | bigint =>
    type === i64 ? BigInt.asIntN(64, value) : Number(BigInt.asIntN(32, value));
  const bits = types.leaves === i64 ? 64 : 32;
  return (...values) =>
    BigInt.asUintN(
      bits,
      BigInt(call(...values.map((value, place) => given(value, types.takes[place])))),
    );
}

/** Numbers that are near borders more often than not, from a seed. */
function source(seed: number): (bits: number) => bigint {
  let state = seed;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return (bits) => {
    const near = 1n << BigInt(next(bits));
    const small = BigInt(next(200) - 100);
    const any =
      (BigInt(next(2 ** 31)) << 33n) ^ (BigInt(next(2 ** 31)) << 10n) ^ BigInt(next(1024));
    return BigInt.asUintN(
      bits,
      [small, near + small, any, near * BigInt(next(5)), -near + small][next(5)] ?? 0n,
    );
  };
}

const at = ({ first, step }: Stepped, poll: bigint, bits: number): bigint =>
  BigInt.asUintN(bits, first + poll * step);

function predicted({ run, bits }: NumberOperation, one: Stepped, other: Stepped) {
  const holds = new Holds();
  try {
    const result = run(holds, bits, one, other);
    return { result, until: holds.until };
  } catch (error) {
    if (error instanceof Unsteady) return undefined;
    throw error;
  }
}

test.each(opcodes)(
  "what instruction %i leaves is what it leaves in each poll for which it is said to hold",
  (opcode) => {
    const operation = operationOf(opcode);
    if (operation === undefined) throw new Error("no operation");
    const instruction = real(opcode, operation.takes);
    const { takes, leaves } = typesOf(opcode, operation.takes);
    const width = takes[0] === i64 ? 64 : 32;
    const seed = 1 + opcode;
    const draw = source(seed);
    let known = 0;
    for (let round = 0; round < 300; round += 1) {
      const number = (changes: boolean): Stepped =>
        stepped(width, draw(width), changes ? draw(width) : 0n);
      const which = round % 4;
      const [one, other] = [number(which < 3), number(which === 0 || which === 3)];
      const found = predicted(operation, one, other);
      if (found === undefined) continue;
      known += 1;
      for (const poll of [0n, 1n, 2n, found.until / 2n, found.until - 1n, found.until]) {
        if (poll < 0n || poll > found.until) continue;
        const values = [at(one, poll, width), at(other, poll, width)].slice(0, operation.takes);
        const shown = `seed ${seed}, round ${round}, poll ${poll}: ${values.join(", ")}`;
        const bits = leaves === i64 ? 64 : 32;
        expect(`${shown} is ${at(found.result, poll, bits)}`).toBe(
          `${shown} is ${instruction(...values)}`,
        );
      }
    }
    expect(known).toBeGreaterThan(0);
  },
);
