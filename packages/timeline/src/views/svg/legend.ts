import type { Timeline } from "../../model/timeline.js";
import { label } from "../../svg/markup.js";
import { textWidth } from "../../svg/text-width.js";
import { legendOf } from "./signs.js";

const lineHeight = 18;

/** Says what the signs mean, of those that the drawing has, and what is left out of it. */
export function drawLegend(
  timeline: Timeline,
  [left, right]: readonly [left: number, right: number],
  top: number,
): { readonly height: number; readonly markup: readonly string[] } {
  const markup: string[] = [];
  let [x, y] = [left, top + 14];
  const next = (width: number): void => {
    if (x > left && x + width > right) [x, y] = [left, y + lineHeight];
  };
  for (const { text, sign } of legendOf(timeline)) {
    const width = 22 + textWidth(text);
    next(width);
    markup.push(sign(x + 8, y - 4), label(x + 22, y, text, { class: "quiet" }));
    x += width + 20;
  }
  if (timeline.omitted !== undefined) {
    const width = textWidth(timeline.omitted);
    next(width);
    markup.push(label(right, y, timeline.omitted, { class: "quiet end" }));
  }
  return { height: markup.length === 0 ? 0 : y + 10 - top, markup };
}
