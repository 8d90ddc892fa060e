import { limits } from "@escapement/scenario";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeFrame, encodeFrame, type Frame, FrameDecoder } from "../src/frame.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

const byte = fc.integer({ min: 0, max: 255 });
const frame: fc.Arbitrary<Frame> = fc.record({
  type: byte,
  session: byte,
  sequence: byte,
  payload: fc.uint8Array({ maxLength: limits.frameToHostBytes - 5, size: "max" }),
});

function collect() {
  const frames: Frame[] = [];
  const counts = { bad: 0 };
  const decoder = new FrameDecoder(
    (found) => frames.push(found),
    () => {
      counts.bad += 1;
    },
  );
  return { frames, counts, decoder };
}

describe("a frame", () => {
  test("has the bytes that docs/wire.md says", () => {
    // type 1, session 0, sequence 1, payload 1 1 7, then CRC-16/CCITT-FALSE low byte first.
    const bytes = encodeFrame({
      type: 1,
      session: 0,
      sequence: 1,
      payload: Uint8Array.of(1, 1, 7),
    });
    expect(bytes.subarray(0, 7)).toEqual(Uint8Array.of(2, 1, 7, 1, 1, 1, 7));
    expect(bytes).toHaveLength(10);
    expect(bytes[9]).toBe(0);
  });

  test("comes back as it was, and holds no zero but its last byte", () => {
    fc.assert(
      fc.property(frame, (sent) => {
        const bytes = encodeFrame(sent);
        expect(bytes.indexOf(0)).toBe(bytes.length - 1);
        expect(decodeFrame(bytes.subarray(0, -1))).toEqual(sent);
      }),
    );
  });

  test("with any one bit wrong is none", () => {
    fc.assert(
      fc.property(frame, fc.nat(), (sent, where) => {
        const bytes = encodeFrame(sent).subarray(0, -1);
        const bit = where % (bytes.length * 8);
        const damaged = bytes.map((value, at) =>
          at === bit >> 3 ? value ^ (1 << (bit & 7)) : value,
        );
        expect(decodeFrame(damaged)).not.toEqual(sent);
      }),
    );
  });

  test("shorter than header and CRC is none", () => {
    expect(decodeFrame(new Uint8Array(0))).toBeUndefined();
    expect(decodeFrame(Uint8Array.of(3, 1, 1))).toBeUndefined();
  });
});

describe("the decoder", () => {
  test("finds the same frames however the bytes are cut", () => {
    let longest = 0;
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 5 }),
        fc.array(fc.nat(40), { maxLength: 60, size: "max" }),
        (sent, cuts) => {
          const { frames, counts, decoder } = collect();
          const bytes = Uint8Array.from(sent.flatMap((each) => [...encodeFrame(each)]));
          longest = Math.max(longest, ...sent.map((each) => each.payload.length));
          let from = 0;
          for (const cut of cuts) {
            decoder.push(bytes.subarray(from, from + cut));
            from += cut;
          }
          decoder.push(bytes.subarray(from));
          expect(frames).toEqual(sent);
          expect(counts.bad).toBe(0);
        },
      ),
    );
    expect(longest).toBeGreaterThan(limits.frameToHostBytes - 30);
  });

  test("finds the frame after any garbage that a zero ends, and never holds more than a frame", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000, size: "max" }), frame, (garbage, sent) => {
        const { frames, decoder } = collect();
        decoder.push(garbage);
        decoder.push(encodeFrame(sent, true));
        expect(frames.at(-1)).toEqual(sent);
      }),
    );
  });

  test("counts what is no frame once for each zero, and idle zeros not at all", () => {
    const { frames, counts, decoder } = collect();
    decoder.push(Uint8Array.of(0, 0, 5, 5, 0, 0, 9, 0));
    decoder.push(new Uint8Array(10_000).fill(7));
    decoder.push(Uint8Array.of(0));
    expect(frames).toEqual([]);
    expect(counts.bad).toBe(3);
  });

  test("drops a whole frame that is longer than the wire allows", () => {
    const { frames, counts, decoder } = collect();
    const payload = new Uint8Array(limits.frameToHostBytes).fill(3);
    decoder.push(encodeFrame({ type: 1, session: 1, sequence: 1, payload }));
    expect(frames).toEqual([]);
    expect(counts.bad).toBe(1);
  });
});
