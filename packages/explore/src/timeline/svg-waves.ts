import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import type { ReplayStep } from "../replay.js";
import { type FlagLabel, flagRows, flagsHeight } from "./flag-rows.js";
import { element, label, path, round, textWidth } from "./markup.js";
import { stateChange } from "./step-words.js";
import type { Canvas, DrawnPart } from "./svg-lanes.js";

const HIGH = 9;
const ROW = 20;

/** Draws, one under the other: mask, flags, counter and compare register, each over the points. */
export function drawWaves(canvas: Canvas, top: number): DrawnPart {
  const parts = [
    maskRow(canvas, top + 4),
    flagRow(canvas, top + 4 + ROW, "ovf flag", FLAG_OVERFLOW),
    flagRow(canvas, top + 4 + 2 * ROW, "cmp flag", FLAG_COMPARE),
    valueRow(canvas, top + 4 + 3 * ROW, "counter", ({ counter }) => counter),
    valueRow(canvas, top + 4 + 4 * ROW, "compare", ({ compare }) => compare),
  ];
  return { height: 5 * ROW + 8, markup: parts.flat() };
}

/** Draws the shared state in words, where it changes. */
export function drawState(canvas: Canvas, top: number): DrawnPart {
  const { replay, scale, left, right } = canvas;
  const flags: FlagLabel[] = [];
  let shown: string | undefined;
  for (const { from, to } of scale.ranges) {
    for (let index = from; index < to; index += 1) {
      const after = (replay.steps[index + 1] ?? replay.steps[index])?.state;
      if (after === undefined) continue;
      const text = stateChange(shown, after);
      if (text !== "") flags.push({ x: scale.x(index) + scale.step / 2, text, looks: "" });
      shown = after;
    }
  }
  if (flags.length === 0) return { height: 0, markup: [] };
  const rows = flagRows(flags, right);
  const y = top + flagsHeight(rows) + 6;
  return {
    height: y + 8 - top,
    markup: [
      label(left - 12, y - 2, "state", "e-end"),
      path("e-rule", [
        [left - 6, y],
        [scale.right, y],
      ]),
      ...rows.draw(y),
    ],
  };
}

/** Numbers of points under the lanes, and the time where it goes on. */
export function drawAxis({ replay, scale, left }: Canvas, top: number): DrawnPart {
  const markup = [label(left - 12, top + 12, "point", "e-quiet e-end")];
  markup.push(label(left - 12, top + 26, "ticks", "e-quiet e-end"));
  const base = replay.steps[0]?.at ?? 0;
  const taken: { readonly from: number; readonly to: number }[] = [];
  const add = (index: number, time?: number): void => {
    const x = scale.x(index) + scale.step / 2;
    const point = String(replay.steps[index]?.point);
    const half = (Math.max(textWidth(point), textWidth(String(time ?? ""))) + 8) / 2;
    if (taken.some(({ from, to }) => from < x + half && to > x - half)) return;
    taken.push({ from: x - half, to: x + half });
    markup.push(label(x, top + 12, point, "e-quiet e-num e-mid"));
    if (time !== undefined) markup.push(label(x, top + 26, String(time), "e-num e-mid"));
  };
  for (const { first, value } of runsOf(replay.steps, scale.ranges, ({ at }) => at)) {
    add(first, value - base);
  }
  for (const { from, to } of scale.ranges) {
    const ends = [
      [scale.x(from), top],
      [scale.x(to - 1) + scale.step, top],
    ] as const;
    markup.push(path("e-stem", ends));
    for (let index = from; index < to; index += 1) add(index);
  }
  return { height: 32, markup };
}

function maskRow({ replay, scale, left }: Canvas, top: number): string[] {
  const parts = [label(left - 12, top + HIGH, "masked", "e-end")];
  for (const { first, end } of runsOf(replay.steps, scale.ranges, ({ masked }) => masked)) {
    const [from, to] = [scale.x(first), scale.x(end - 1) + scale.step];
    const box = { x: from, y: top, width: to - from, height: HIGH + 2 };
    parts.push(element("rect", { class: "e-mask", ...box }), hatch(from, to, top));
  }
  return parts;
}

/** Slanted lines over a box, so that it shows without its colour. */
function hatch(from: number, to: number, top: number): string {
  const height = HIGH + 2;
  let d = "";
  for (let x = from - height; x < to; x += 5) {
    const [start, end] = [Math.max(x, from), Math.min(x + height, to)];
    if (end <= start) continue;
    d += `M${round(start)} ${round(top + height - (start - x))}L${round(end)} ${round(top + height - (end - x))}`;
  }
  return element("path", { class: "e-stem", d });
}

function flagRow({ replay, scale, left }: Canvas, top: number, name: string, flag: number) {
  const parts = [label(left - 12, top + HIGH, name, "e-end")];
  for (const { from, to } of scale.ranges) {
    const places: [number, number][] = [];
    for (let index = from; index < to; index += 1) {
      const isSet = ((replay.steps[index]?.flags ?? 0) & flag) !== 0;
      const y = isSet ? top + 1 : top + HIGH + 1;
      places.push([scale.x(index), y], [scale.x(index) + (index === to - 1 ? scale.step : 0), y]);
      if (index < to - 1) places.push([scale.x(index + 1), y]);
    }
    parts.push(path("e-touch", places));
  }
  return parts;
}

/** A value as a bus: a box for each stretch in which it stays, with the number in it. */
function valueRow(
  { replay, scale, left }: Canvas,
  top: number,
  name: string,
  pick: (step: ReplayStep) => number,
): string[] {
  const parts = [label(left - 12, top + HIGH, name, "e-end")];
  for (const { first, end, value } of runsOf(replay.steps, scale.ranges, pick)) {
    const [from, to] = [scale.x(first), scale.x(end - 1) + scale.step];
    const [middle, foot] = [top + 5, top + HIGH + 3];
    const slant = Math.min(3, (to - from) / 2);
    parts.push(
      path("e-touch", [
        [from, middle],
        [from + slant, top - 2],
        [to - slant, top - 2],
        [to, middle],
        [to - slant, foot],
        [from + slant, foot],
        [from, middle],
      ]),
    );
    const text = String(value);
    if (textWidth(text) < to - from)
      parts.push(label((from + to) / 2, top + HIGH, text, "e-num e-mid"));
  }
  return parts;
}

interface Run<T> {
  readonly first: number;
  end: number;
  readonly value: T;
}

/** Stretches of one value, within what is drawn; those of `false` are left out. */
function runsOf<T>(
  steps: readonly ReplayStep[],
  ranges: Canvas["scale"]["ranges"],
  pick: (step: ReplayStep) => T,
): Run<T>[] {
  const runs: Run<T>[] = [];
  for (const { from, to } of ranges) {
    for (let index = from; index < to; index += 1) {
      const step = steps[index];
      if (step === undefined) continue;
      const value = pick(step);
      const last = runs.at(-1);
      if (last?.end === index && last.value === value && index > from) last.end = index + 1;
      else runs.push({ first: index, end: index + 1, value });
    }
  }
  return runs.filter(({ value }) => value !== false);
}
