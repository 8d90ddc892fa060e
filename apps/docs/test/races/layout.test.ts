import { describe, expect, it } from "vitest";
import { Pointers } from "../../.vitepress/theme/races/race-gestures.js";
import {
  cellWidth,
  cellWidthMax,
  cellWidthMin,
  gutterWidth,
  nextTurn,
  pointAt,
  stretches,
  windowSize,
  windowStart,
  xOf,
  zoomed,
} from "../../.vitepress/theme/races/race-layout.js";
import type { RaceRun, RaceStep } from "../../races/race-types.js";

function steps(levels: readonly number[]): RaceStep[] {
  return levels.map((level) => ({
    level,
    doing: `at ${level}`,
    held: "",
    counter: 0,
    overflow: false,
    match: false,
    state: "",
    words: "",
    happens: "",
    place: "",
    cell: "",
    shared: false,
    masked: false,
    operation: 0,
  }));
}

describe("the window of a drawing", () => {
  it("always shows the step, and never leaves the run", () => {
    for (const width of [200, 312, 800, 1600]) {
      const size = windowSize(width);
      let start = 0;
      for (const step of [0, 1, 50, 51, 49, 499, 0, 250, 499]) {
        start = windowStart(start, size, step, 500);
        expect(step).toBeGreaterThanOrEqual(start);
        expect(step).toBeLessThan(start + size);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(Math.max(0, 500 - size));
      }
    }
  });

  it("stands still while the step is well inside", () => {
    expect(windowStart(100, 40, 120, 500)).toBe(100);
    expect(windowStart(100, 40, 119, 500)).toBe(100);
  });

  it("knows the point under a place, and the place of a point", () => {
    const view = { start: 30, size: 20, width: 400, cell: cellWidth };
    expect(xOf(view, 30)).toBe(gutterWidth);
    expect(pointAt(view, xOf(view, 41))).toBe(41);
    expect(pointAt(view, xOf(view, 41) + cellWidth - 1)).toBe(41);
    expect(pointAt(view, 0)).toBe(30);
    expect(pointAt(view, 4000)).toBe(49);
  });
});

describe("zoom", () => {
  it("stays within what can be drawn, and shows more points the narrower they are", () => {
    expect(zoomed(cellWidth, 1000)).toBe(cellWidthMax);
    expect(zoomed(cellWidth, 0.001)).toBe(cellWidthMin);
    expect(windowSize(800, cellWidthMin)).toBeGreaterThan(windowSize(800, cellWidth));
    expect(windowSize(800, cellWidth)).toBeGreaterThan(windowSize(800, cellWidthMax));
    expect(windowSize(100, cellWidthMax)).toBeGreaterThanOrEqual(4);
  });

  it("one pointer pulls, two pinch around their middle, and neither is a press", () => {
    const seen: (readonly [string, number, number?])[] = [];
    const pointers = new Pointers({
      pan: (pixels) => seen.push(["pan", pixels]),
      zoom: (factor, x) => seen.push(["zoom", factor, x]),
    });
    pointers.press(1, 100);
    pointers.move(1, 80);
    expect(seen).toEqual([["pan", 20]]);
    expect(pointers.release(1)).toBe(false);
    pointers.press(1, 100);
    pointers.press(2, 200);
    pointers.move(2, 300);
    expect(seen.at(-1)).toEqual(["zoom", 2, 200]);
    expect(pointers.release(2)).toBe(false);
    expect(pointers.release(1)).toBe(false);
    pointers.press(1, 100);
    pointers.move(1, 102);
    expect(pointers.release(1)).toBe(true);
    expect(seen).toHaveLength(2);
  });
});

describe("what belongs together", () => {
  it("groups neighbours, within the window alone", () => {
    const found = stretches(steps([0, 0, 1, 1, 0]), { start: 1, size: 3 }, ({ level }) => level);
    expect(found).toEqual([
      { what: 0, from: 1, end: 2 },
      { what: 1, from: 2, end: 4 },
    ]);
  });

  it("leaves a gap for what is not there", () => {
    const all = { start: 0, size: 9 };
    const inside = stretches(steps([1, 0, 1]), all, ({ level }) => level || undefined);
    expect(inside.map(({ from, end }) => [from, end])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it("finds the next turn, and the ends where there is none", () => {
    const run = { steps: steps([0, 0, 1, 1, 1, 0, 0]) } as unknown as RaceRun;
    expect(nextTurn(run, 0, 1)).toBe(2);
    expect(nextTurn(run, 2, 1)).toBe(5);
    expect(nextTurn(run, 5, 1)).toBe(6);
    expect(nextTurn(run, 4, -1)).toBe(2);
    expect(nextTurn(run, 1, -1)).toBe(0);
  });
});
