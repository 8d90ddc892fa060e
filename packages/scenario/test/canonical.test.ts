import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BoardError,
  cobsDecode,
  cobsEncode,
  decodeProgram,
  decodeTrace,
  encodeProgram,
  encodeTrace,
} from "../src/index.js";
import { programs, traceRecords } from "./arbitraries.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

const traces = fc
  .array(traceRecords, { maxLength: 30, size: "max" })
  .map((records) => ({ records }));

/** 2^52 - 1 as a signed number: the largest there is, and half of the way. */
const half = [0xfe, 255, 255, 255, 255, 255, 255, 15];
/** 2^53 - 1 as a varint. */
const most = [0xff, 255, 255, 255, 255, 255, 255, 15];

/** Changes to bytes, each at a place of its own. */
const changes = fc.array(
  fc.record({
    kind: fc.constantFrom("flip", "cut", "insert", "high"),
    at: fc.nat(),
    byte: fc.nat(255),
  }),
  { minLength: 1, maxLength: 4 },
);

type Change = { readonly kind: string; readonly at: number; readonly byte: number };

function changed(bytes: Uint8Array, all: readonly Change[]): Uint8Array {
  let result = [...bytes];
  for (const { kind, at, byte } of all) {
    const place = at % (result.length + 1);
    const [before, after] = [result.slice(0, place), result.slice(place)];
    if (kind === "flip") result = [...before, byte, ...after.slice(1)];
    else if (kind === "cut") result = [...before, ...after.slice(1 + (byte % 3))];
    else if (kind === "insert") result = [...before, byte, ...after];
    // A number with more bytes than it needs.
    else
      result = [...before, ...after.slice(0, 1).map((first) => first | 0x80), 0, ...after.slice(1)];
  }
  return Uint8Array.from(result);
}

/** What a decoder gives; undefined where it refuses, which it does with a typed error only. */
function attempt<Value>(decode: () => Value): Value | undefined {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    expect(["malformed", "invalid-program", "version-mismatch"]).toContain(error.code);
    return undefined;
  }
}

describe("what decodes is the only form of what it says", () => {
  test("traces: damaged bytes are refused, or come back when written again", () => {
    let decoded = 0;
    fc.assert(
      fc.property(traces, changes, (trace, all) => {
        const bytes = changed(encodeTrace(trace), all);
        const read = attempt(() => decodeTrace(bytes));
        if (read === undefined) return;
        decoded += 1;
        expect(encodeTrace(read)).toEqual(bytes);
      }),
      { numRuns: 3_000 },
    );
    expect(decoded).toBeGreaterThan(100);
  });

  test("programs: damaged bytes are refused, or come back when written again", () => {
    let decoded = 0;
    fc.assert(
      fc.property(programs, changes, (program, all) => {
        const bytes = changed(encodeProgram(program), all);
        const read = attempt(() => decodeProgram(bytes));
        if (read === undefined) return;
        decoded += 1;
        expect(encodeProgram(read)).toEqual(bytes);
      }),
      { numRuns: 3_000 },
    );
    // About a hundred are, by chance.
    expect(decoded).toBeGreaterThan(50);
  });

  test("COBS: whatever comes is refused, or come back when encoded again", () => {
    const long = fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 250, maxLength: 260 });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 10 }),
      long.map((some) => Uint8Array.of(0xff, ...some.slice(0, 254), ...some.slice(254))),
      long.map((some) => Uint8Array.of(0xff, ...some.slice(0, 254), 1)),
    );
    fc.assert(
      fc.property(bytes, (encoded) => {
        const plain = cobsDecode(encoded);
        if (plain !== undefined) expect(cobsEncode(plain)).toEqual(encoded);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["a call's value of 0", [0x82, 0, 0x02, 0, 1, 5, 0]],
    ["a number of two bytes for one", [0x07, 0x80, 0x00, 1]],
    ["a time beyond 2^53", [0x07, ...half, 1, 0x07, ...half, 1, 0x07, ...half, 1]],
    ["a call's end beyond 2^53", [0x02, ...half, 0x02, 0, 1, ...most]],
    ["a reading beyond 2^53", [0x07, ...half, 1, 0x07, ...half, 1, 0x03, 0, ...half]],
    ["half a record at the end", [0x07, 0, 1, 0x07]],
  ] as const)("%s is refused", (_, bytes) => {
    expect(() => decodeTrace(Uint8Array.from(bytes))).toThrow(BoardError);
  });
});
