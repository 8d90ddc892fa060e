import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExploreError, formatSchedule, type Move, parseSchedule } from "../src/index.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

const move = fc.record({
  point: fc.nat(99_999),
  event: fc.constantFrom("w", "c", "s"),
  offset: fc.constantFrom(-1, 0, 1),
}) as fc.Arbitrary<Move>;

const schedule = fc
  .array(move, { maxLength: 6 })
  .map((moves) => moves.sort((one, other) => one.point - other.point));

function codeOf(text: string): unknown {
  try {
    parseSchedule(text);
  } catch (error) {
    return error instanceof ExploreError ? error.code : error;
  }
  return "parsed";
}

describe("a schedule's text", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(schedule, (moves) => {
        expect(parseSchedule(formatSchedule(moves))).toEqual(moves);
      }),
    );
  });

  it("is short and names point, event and tick", () => {
    expect(
      formatSchedule([
        { point: 12, event: "c", offset: 0 },
        { point: 40, event: "w", offset: -1 },
      ]),
    ).toBe("e1:12c.40w-");
    expect(formatSchedule([])).toBe("e1:");
  });

  it.each([
    ["", "bad-schedule"],
    ["12c", "bad-schedule"],
    ["e1", "bad-schedule"],
    ["e1:12", "bad-schedule"],
    ["e1:12x", "bad-schedule"],
    ["e1:12c,14w", "bad-schedule"],
    ["e1:40w.12c", "bad-schedule"],
    ["e1:1234567890c", "bad-schedule"],
    ["e1:12c\n", "bad-schedule"],
    ["e2:12c", "schedule-version"],
    ["e0:", "schedule-version"],
  ])("%j is refused as %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it("of another version says which, and what to do", () => {
    expect(() => parseSchedule("e7:3c")).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("e7"),
        hint: expect.stringMatching(/release/),
      }),
    );
  });
});
