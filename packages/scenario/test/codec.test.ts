import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BoardError,
  decodeProgram,
  decodeTrace,
  encodeProgram,
  encodeTrace,
  type Program,
  type Trace,
} from "../src/index.js";
import { programs, settings, traceRecords } from "./arbitraries.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

const clock = { frequencyHz: 16_000_000, modulusTicks: 64_256 };

function vectors<T>(name: string): T[] {
  return JSON.parse(
    readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"),
  ) as T[];
}

const toHex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function errorOf(action: () => unknown): BoardError {
  try {
    action();
  } catch (error) {
    if (error instanceof BoardError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Decodes, and holds the decoder to its promise about bytes that it refuses. */
function decodesOrRefuses(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    decode(bytes);
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    expect(["malformed", "version-mismatch", "invalid-program"]).toContain(error.code);
    if (error.code !== "invalid-program") expect(error.message).toMatch(/at byte \d+/);
  }
}

describe("program vectors", () => {
  it.each(vectors<{ name: string; hex: string; program: Program }>("programs"))(
    "$name",
    ({ hex, program }) => {
      expect(toHex(encodeProgram(program))).toBe(hex);
      expect(decodeProgram(fromHex(hex))).toEqual(program);
    },
  );

  it.each(vectors<{ name: string; hex: string; code: string }>("bad-programs"))(
    "refused: $name",
    ({ hex, code }) => {
      expect(errorOf(() => decodeProgram(fromHex(hex))).code).toBe(code);
    },
  );
});

describe("trace vectors", () => {
  it.each(vectors<{ name: string; hex: string; modulusTicks: number; trace: Trace }>("traces"))(
    "$name",
    ({ hex, modulusTicks, trace }) => {
      const reference = modulusTicks === 0 ? undefined : { ...clock, modulusTicks };
      expect(toHex(encodeTrace(trace, reference))).toBe(hex);
      expect(decodeTrace(fromHex(hex), reference)).toEqual(trace);
    },
  );
});

describe("programs", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(decodeProgram(encodeProgram(program))).toEqual(program);
      }),
      settings,
    );
  });

  it("are refused when cut short or followed by anything", () => {
    fc.assert(
      fc.property(programs, fc.nat(), fc.nat(255), (program, cut, extra) => {
        const bytes = encodeProgram(program);
        const short = bytes.subarray(0, cut % bytes.length);
        expect(errorOf(() => decodeProgram(short)).code).toBe("malformed");
        const long = Uint8Array.from([...bytes, extra]);
        expect(errorOf(() => decodeProgram(long)).message).toContain(`at byte ${bytes.length}`);
      }),
      settings,
    );
  });

  it("with flipped bytes decode to something else or are refused by offset, and never hang", () => {
    fc.assert(
      fc.property(programs, fc.nat(), fc.integer({ min: 1, max: 255 }), (program, at, flip) => {
        const bytes = encodeProgram(program);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        decodesOrRefuses(decodeProgram, bytes);
      }),
      { numRuns: 2_000 },
    );
  });

  it("are not made of any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60, size: "max" }), (bytes) => {
        decodesOrRefuses(decodeProgram, bytes);
        decodesOrRefuses(decodeProgram, Uint8Array.from([1, 0, 0, 0, 1, 0, ...bytes]));
      }),
      { numRuns: 2_000 },
    );
  });

  it("that break a rule are not encoded", () => {
    const bad: Program = { timers: [], interrupts: [], main: [{ op: "start", timer: 0 }] };
    expect(errorOf(() => encodeProgram(bad)).code).toBe("invalid-program");
  });

  it("nested a million deep are refused, not recursed into", () => {
    const bytes = new Uint8Array(1_000_000).fill(0x21);
    bytes.set([1, 0, 0, 0, 1, 0, 0x80, 0x80, 0x20]);
    expect(errorOf(() => decodeProgram(bytes)).code).toBe("malformed");
  });
});

describe("traces", () => {
  const traces = fc
    .array(traceRecords, { maxLength: 30, size: "max" })
    .map((records) => ({ records }));

  it("come back as they were", () => {
    let longest = 0;
    fc.assert(
      fc.property(traces, (trace) => {
        longest = Math.max(longest, trace.records.length);
        expect(decodeTrace(encodeTrace(trace, clock), clock)).toEqual(trace);
      }),
      settings,
    );
    expect(longest).toBeGreaterThan(25);
  });

  it("with flipped bytes decode to something else or are refused by offset", () => {
    fc.assert(
      fc.property(traces, fc.nat(), fc.integer({ min: 1, max: 255 }), (trace, at, flip) => {
        const bytes = encodeTrace(trace, clock);
        if (bytes.length === 0) return;
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        decodesOrRefuses((each) => decodeTrace(each, clock), bytes);
      }),
      { numRuns: 2_000 },
    );
  });

  it("take the time differences of a 32-bit agent across its wrap", () => {
    // The agent's clock goes from 0xfffffff0 to 0x10: a difference of 32, first one -16.
    const trace = decodeTrace(Uint8Array.from([7, 0x1f, 1, 7, 0x40, 2]));
    expect(trace.records.map((record) => record.at)).toEqual([-16, 16]);
  });

  it("can be taken from the middle, counted from the time before", () => {
    const trace = decodeTrace(Uint8Array.from([7, 0x1f, 1, 7, 0x40, 2]), undefined, 1_000);
    expect(trace.records.map((record) => record.at)).toEqual([984, 1_016]);
  });

  it.each([
    ["an unknown kind", [0x0a, 0]],
    ["kind 0", [0x00, 0]],
    ["a flag that the kind has not", [0x87, 0, 1]],
    ["a level where there is none", [0x11, 0, 0]],
    ["an opcode with flag bits", [0x02, 0, 0x97, 0, 0, 0]],
    ["an unknown result", [0x02, 0, 0x04, 0, 0x60, 0]],
    ["an error that is none", [0x09, 0, 0x04]],
    ["a reference beyond the modulus", [0x83, 0, 0, 0x80, 0xf6, 0x03, 0]],
    ["an end in the middle", [0x04, 0, 1]],
  ])("are refused for %s", (_, bytes) => {
    const error = errorOf(() => decodeTrace(Uint8Array.from(bytes), clock));
    expect(error.code).toBe("malformed");
    expect(error.message).toMatch(/^not a trace: .*, at byte \d+$/);
  });

  it.each([
    ["a level of 8", { kind: "exit", timer: 0, context: 8, at: 0 }],
    ["timer 256", { kind: "exit", timer: 256, context: 0, at: 0 }],
    ["half a tick", { kind: "mark", id: 0, context: 0, at: 0.5 }],
    [
      "a return before its call",
      { kind: "call", op: "stop", subject: 0, context: 0, result: "ok", value: 0, at: 9, until: 8 },
    ],
  ] as const)("are not encoded with %s", (_, record) => {
    expect(errorOf(() => encodeTrace({ records: [record] })).code).toBe("malformed");
  });
});
