import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cobsDecode, cobsEncode, crc16 } from "../src/index.js";
import { settings } from "./arbitraries.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

interface FrameVector {
  readonly name: string;
  readonly hex: string;
  readonly cobs: string;
  readonly crc16: number;
}

const vectors = JSON.parse(
  readFileSync(new URL("../vectors/frames.json", import.meta.url), "utf8"),
) as FrameVector[];
const fromHex = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The published examples of Cheshire and Baker's paper and its later tables. */
const published: readonly (readonly [number[], number[]])[] = [
  [[], [1]],
  [[0], [1, 1]],
  [
    [0, 0],
    [1, 1, 1],
  ],
  [
    [0x11, 0x22, 0, 0x33],
    [3, 0x11, 0x22, 2, 0x33],
  ],
  [
    [0x11, 0x22, 0x33, 0x44],
    [5, 0x11, 0x22, 0x33, 0x44],
  ],
  [
    [0x11, 0, 0, 0],
    [2, 0x11, 1, 1, 1],
  ],
];

describe("cobs", () => {
  it.each(published)("stuffs %j as published", (plain, encoded) => {
    expect([...cobsEncode(Uint8Array.from(plain))]).toEqual(encoded);
  });

  it.each(vectors)("$name", ({ hex, cobs }) => {
    expect(cobsEncode(fromHex(hex))).toEqual(fromHex(cobs));
    expect(cobsDecode(fromHex(cobs))).toEqual(fromHex(hex));
  });

  it("gives every run of bytes back, without a zero on the way", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600, max: 3, size: "max" }), (bytes) => {
        const encoded = cobsEncode(bytes);
        expect(encoded).not.toContain(0);
        expect(cobsDecode(encoded)).toEqual(bytes);
      }),
      settings,
    );
  });

  it.each([
    ["no bytes", []],
    ["a zero as code", [0]],
    ["a zero inside a block", [3, 1, 0]],
    ["a block longer than the input", [5, 1, 2]],
  ])("drops %s", (_, bytes) => {
    expect(cobsDecode(Uint8Array.from(bytes))).toBeUndefined();
  });

  it("never makes more of any bytes than there were", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300, size: "max" }), (bytes) => {
        expect(cobsDecode(bytes)?.length ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
      settings,
    );
  });
});

describe("crc16", () => {
  it("is 0x29b1 for the check string", () => {
    expect(crc16(new TextEncoder().encode("123456789"))).toBe(0x29b1);
  });

  it.each(vectors)("$name", ({ hex, crc16: expected }) => {
    expect(crc16(fromHex(hex))).toBe(expected);
  });

  it("goes on where it left off", () => {
    const bytes = Uint8Array.from([1, 2, 3, 4]);
    expect(crc16(bytes.subarray(2), crc16(bytes.subarray(0, 2)))).toBe(crc16(bytes));
  });

  it("shows every single flipped bit", () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, index) => index * 7);
    const good = crc16(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(crc16(damaged)).not.toBe(good);
    }
  });
});
