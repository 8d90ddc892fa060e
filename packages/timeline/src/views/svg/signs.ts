import type { EventLook, SpanLook, Timeline } from "../../model/timeline.js";
import { element, round } from "../../svg/markup.js";

/** Draws a sign around a place; `content` is markup within it. */
export type Sign = (x: number, y: number, content?: string) => string;

/** Half the height of a bar over a row's line, in pixels; what has none is drawn otherwise. */
export const barHalves: Readonly<Partial<Record<SpanLook, number>>> = {
  active: 6,
  run: 6,
  call: 4,
  wait: 3,
};

const shape =
  (look: string, d: (x: number, y: number) => string): Sign =>
  (x, y, content) =>
    element("path", { class: look, d: d(x, y) }, content);

const dot =
  (look: string, r: number): Sign =>
  (x, y, content) =>
    element("circle", { class: look, cx: x, cy: y, r }, content);

const bar =
  (look: string, width: number, half: number): Sign =>
  (x, y, content) =>
    element(
      "rect",
      { class: look, x: x - width / 2, y: y - half, width, height: 2 * half },
      content,
    );

/** The signs of what takes no time, in every view that draws. */
export const signs: Readonly<Record<EventLook, Sign>> = {
  due: shape("due", (x, y) => `M${round(x)} ${round(y - 6)}l6 6l-6 6l-6 -6z`),
  entry: dot("entry", 3),
  "wrong-entry": dot("entry hlmark", 3),
  started: shape("touch", (x, y) => `M${round(x)} ${round(y)}v-7m-3 3l3 -3l3 3`),
  stopped: shape("touch", (x, y) => `M${round(x - 3)} ${round(y - 3)}l6 6m0 -6l-6 6`),
  read: dot("read", 3),
  mark: bar("mark", 2, 4),
  interrupt: bar("interrupt", 2, 4),
  error: dot("error", 3),
  load: dot("mark", 1.5),
  store: bar("call", 3, 4),
  access: bar("mark", 3, 4),
  conflict: shape("hlmark", (x, y) => `M${round(x)} ${round(y - 6)}l5 6l-5 6l-5 -6z`),
};

/** Points at what a finding names, from above `y`. */
export const findingSign: Sign = shape(
  "hlmark",
  (x, y) => `M${round(x - 5)} ${round(y - 9)}h10l-5 8z`,
);

/** A sign with its meaning. */
export interface LegendEntry {
  /** What it means. */
  readonly text: string;
  /** The sign. */
  readonly sign: Sign;
}

const eventWords: readonly (readonly [look: EventLook, text: string])[] = [
  ["due", "due"],
  ["entry", "handler entered"],
  ["started", "started"],
  ["stopped", "stopped or changed"],
  ["load", "load"],
  ["store", "store"],
  ["access", "access to the chip"],
  ["conflict", "used by both sides"],
];

const spanWords: readonly (readonly [look: SpanLook, text: string])[] = [
  ["active", "thread runs"],
  ["run", "handler runs"],
];

/** What the signs of a timeline mean, of those that it has. */
export function legendOf({ rows, pointers }: Timeline): readonly LegendEntry[] {
  const shown = rows.filter(({ detail }) => detail !== true);
  const events = new Set(shown.flatMap((row) => row.events.map(({ look }) => look)));
  if (events.has("wrong-entry")) events.add("entry");
  const spans = new Set(shown.flatMap((row) => row.spans.map(({ look }) => look)));
  return [
    ...spanWords.flatMap(([look, text]) =>
      spans.has(look) ? [{ text, sign: bar(look, 16, barHalves[look] ?? 6) }] : [],
    ),
    ...eventWords.flatMap(([look, text]) =>
      events.has(look) ? [{ text, sign: signs[look] }] : [],
    ),
    ...(pointers.some(({ look }) => look === "finding")
      ? [{ text: "named by a finding", sign: (x: number, y: number) => findingSign(x, y + 5) }]
      : []),
  ];
}
