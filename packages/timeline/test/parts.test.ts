import type { TraceRecord } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { pickIteration } from "../src/index.js";
import { maskedWindows } from "../src/model/masked-windows.js";
import { labelLines } from "../src/svg/label-lines.js";
import { timeScale } from "../src/views/svg/time-scale.js";
import { call, periodic } from "./records.js";

describe("timeScale", () => {
  test("is linear where everything is seen apart", () => {
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

  test("never goes back, ends inside, and holds ticks beyond either end", () => {
    const ticks = Array.from({ length: 60 }, (_, nth) => (nth * nth * 7919) % 100_003);
    const { x } = timeScale(ticks, 10, 700);
    const places = [...ticks].sort((a, b) => a - b).map(x);
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

describe("labelLines", () => {
  const at = (x: number, text = "start 0: armed", isBold = false) => ({
    x,
    text,
    looks: "",
    isBold,
    leftwards: false,
  });
  /** What is drawn, with its place: x, y and the side that it stands on. */
  const drawn = (labels: Parameters<typeof labelLines>[0], most = 600) =>
    labelLines(labels, [4, most])
      .draw(0)
      .filter((each) => each.startsWith("<text"));

  test("later ones stand lower, and the last ones turn left", () => {
    const texts = drawn([at(0), at(20), at(40), at(500), at(590)]);
    const rows = texts.map((text) => (-5 - Number(/ y="(-\d+)"/.exec(text)?.[1])) / 14);
    expect(rows.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 1, 2]);
    expect(texts.filter((text) => text.includes("e-end"))).toHaveLength(1);
  });

  test("one that fits on neither side is cut, with the whole of it for who points at it", () => {
    const [text] = drawn([at(60, "a label that is far too long for what there is")], 160);
    expect(text).toMatch(
      /<title>a label that is far too long for what there is<\/title>a label .*…</,
    );
  });

  test("what finds no line is left out, but not what a finding names", () => {
    const crowd = Array.from({ length: 12 }, () => at(5, "mark 1"));
    expect(drawn(crowd)).toHaveLength(8);
    expect(drawn([at(5, "wrong", true), ...crowd]).some((text) => text.includes("wrong"))).toBe(
      true,
    );
  });
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

  test("a mask without a record begins at the last tick before its restore", () => {
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
