import { describe, expect, test } from "vitest";
import {
  counted,
  countText,
  durationText,
  escapeAttribute,
  escapeText,
  fitted,
  frequencyText,
  grouped,
  nearestNames,
  textWidth,
  ticksText,
} from "../src/index.js";

describe("numbers", () => {
  test("thousands stand apart, with a plain space or one that does not break", () => {
    expect([0, 999, 1_000, 1_234_567].map((count) => grouped(count))).toEqual([
      ...["0", "999", "1 000", "1 234 567"],
    ]);
    expect(countText(12_345)).toBe("12\u202f345");
  });

  test("a count agrees with its noun", () => {
    expect([counted(0, "law"), counted(1, "law"), counted(2_000, "law")]).toEqual([
      ...["0 laws", "1 law", "2 000 laws"],
    ]);
    expect(counted(2, "expiry", "expiries")).toBe("2 expiries");
  });

  test("times and frequencies have the unit that is read at a glance", () => {
    const times = [0, 1, 3, 20_000, 4_000_000].map((ticks) => durationText(ticks, 2_000_000));
    expect(times).toEqual(["0 us", "500 ns", "1.5 us", "10 ms", "2 s"]);
    expect(ticksText(500, 2_000_000)).toBe("500 ticks (250 us)");
    expect([2e6, 125e3, 32_768].map(frequencyText)).toEqual([
      ...["2 MHz", "125 kHz", "32\u202f768 Hz"],
    ]);
  });
});

test("escapes leave no way out of content or of an attribute", () => {
  expect(escapeText(`<a href="x">&`)).toBe(`&lt;a href="x"&gt;&amp;`);
  expect(escapeAttribute('"\n<')).toBe("&quot;&#10;&lt;");
  expect(escapeText("\u001b[2J\u0000")).toBe("\ufffd[2J\ufffd");
});

describe("nearestNames", () => {
  const names = ["embassy-3758", "embassy-b857334", "pico-750", "STOP-04"];

  test("a few letters that differ, or a part of the name, in any case", () => {
    expect(nearestNames("embasy-3758", names, 3)).toEqual(["embassy-3758"]);
    expect(nearestNames("EMBASSY", names, 3)).toEqual(["embassy-3758", "embassy-b857334"]);
    expect(nearestNames("stop-40", names, 3)).toEqual(["STOP-04"]);
  });

  test("nothing where nothing is near, and no more than asked for", () => {
    expect(nearestNames("zzz", names, 3)).toEqual([]);
    expect(nearestNames("embassy", names, 1)).toHaveLength(1);
  });
});

describe("the width of text", () => {
  test("bold and wide letters take more, characters of other scripts a full em", () => {
    expect(textWidth("mmm")).toBeGreaterThan(textWidth("iii"));
    expect(textWidth("start", true)).toBeGreaterThan(textWidth("start"));
    expect(textWidth("時")).toBe(11);
  });

  test("fitted: whole, cut, or empty, and never wider than it may be", () => {
    expect(fitted("start(0)", 200)).toBe("start(0)");
    expect(fitted("the timer interrupt", 70)).toMatch(/^the time.*…$/);
    expect(fitted("start(0)", 16)).toBe("");
    for (let width = 0; width < 120; width += 7) {
      expect(textWidth(fitted("the timer interrupt", width))).toBeLessThanOrEqual(width);
    }
  });
});
