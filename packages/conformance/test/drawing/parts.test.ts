import type { TraceRecord } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { placeFlags } from "../../src/drawing/flags.js";
import { maskedWindows } from "../../src/drawing/masked-windows.js";
import { timeScale } from "../../src/drawing/time-scale.js";
import { pickIteration } from "../../src/index.js";
import { call, periodic } from "./records.js";

describe("timeScale", () => {
  test("is linear where everything can be told apart", () => {
    const { x, segments } = timeScale([0, 250, 1_000], 100, 900);
    expect(segments).toHaveLength(1);
    expect([0, 250, 500, 1_000].map(x)).toEqual([100, 300, 500, 900]);
  });

  test("cuts gaps short that would hide the rest, and keeps one scale for what is left", () => {
    const { x, segments } = timeScale([0, 4, 10_000, 10_004, 10_008, 90_000], 0, 800);
    expect(segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 4],
      [10_000, 10_008],
      [90_000, 90_000],
    ]);
    expect(x(4) - x(0)).toBeCloseTo(x(10_004) - x(10_000), 6);
    expect(x(4) - x(0)).toBeGreaterThan(20);
  });

  test("never goes back, ends inside, and holds moments beyond either end", () => {
    const moments = Array.from({ length: 60 }, (_, nth) => (nth * nth * 7919) % 100_003);
    const { x } = timeScale(moments, 10, 700);
    const places = [...moments].sort((a, b) => a - b).map(x);
    for (const [nth, place] of places.entries()) {
      expect(place).toBeGreaterThanOrEqual(places[nth - 1] ?? 10);
      expect(place).toBeLessThanOrEqual(700.001);
    }
    expect(x(-5)).toBe(10);
    expect(x(1e9)).toBe(places.at(-1));
  });

  test("leaves a regular pattern regular", () => {
    const { segments } = timeScale([0, 100, 200, 300, 400], 0, 800);
    expect(segments).toHaveLength(1);
  });
});

test("placeFlags: later flags stand lower, none overlap, and the last ones turn left", () => {
  const flag = (x: number) => ({ x, text: "start 0: armed", important: false });
  const placed = placeFlags([flag(0), flag(20), flag(40), flag(500), flag(590)], 600);
  expect(placed.map(({ row }) => row)).toEqual([2, 1, 0, 1, 0]);
  expect(placed.map(({ toLeft }) => toLeft)).toEqual([false, false, false, false, true]);
});

test("placeFlags: what finds no room is left out, unless it is important", () => {
  const crowd = Array.from({ length: 10 }, () => ({ x: 5, text: "mark 1", important: false }));
  const rows = placeFlags([{ ...crowd[0], x: 5, text: "x", important: true }, ...crowd], 900);
  expect(rows.filter(({ row }) => row === undefined)).toHaveLength(3);
  expect(rows[0]?.row).toBe(7);
});

describe("maskedWindows", () => {
  test("a window from mask to restore, nested ones as one", () => {
    const records = [
      call("mask", 0, "ok", 10, 11),
      call("mask", 0, "ok", 20, 21),
      call("restore", 0, "ok", 30, 31),
      call("restore", 0, "ok", 40, 41),
    ];
    expect(maskedWindows(records)).toEqual([{ from: 11, to: 40 }]);
  });

  test("a mask without a record begins at the last moment before its restore", () => {
    const records = [call("sleep", 0, "ok", 0, 50), call("restore", 0, "ok", 90, 91)];
    expect(maskedWindows(records)).toEqual([{ from: 50, to: 90 }]);
  });

  test("a mask without a restore lasts to the end", () => {
    const records = [call("mask", 0, "ok", 10, 11), call("spin", 0, "ok", 12, 80)];
    expect(maskedWindows(records)).toEqual([{ from: 11, to: 80 }]);
  });
});

describe("pickIteration", () => {
  const two: readonly TraceRecord[] = [
    ...periodic(3, 10, 0),
    { kind: "iteration", value: 4, at: 100 },
    { kind: "mark", id: 1, context: 0, at: 110 },
  ];

  test("the first iteration, or that of the first highlighted record", () => {
    expect(pickIteration(two)).toMatchObject({ indices: [0, 1, 2, 3], number: 1, count: 2 });
    expect(pickIteration(two, [5, 1])).toMatchObject({ indices: [4, 5], number: 2, value: 4 });
    expect(pickIteration(two, [77])).toMatchObject({ number: 1, omitted: 0 });
  });

  test("a long one is cut to its first record and those around the highlighted one", () => {
    const picked = pickIteration(periodic(100, 10, 0), [50], 5);
    expect(picked.indices).toEqual([0, 48, 49, 50, 51]);
    expect(picked.omitted).toBe(96);
    expect(pickIteration(periodic(100, 10, 0), [100], 5).indices).toEqual([0, 97, 98, 99, 100]);
  });

  test("records without an iteration are one", () => {
    expect(pickIteration(two.slice(1, 3))).toMatchObject({ indices: [0, 1], number: 1, count: 1 });
    expect(pickIteration([])).toMatchObject({ records: [], count: 1, omitted: 0 });
  });
});
