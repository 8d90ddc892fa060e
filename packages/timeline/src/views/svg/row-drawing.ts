import type { LabelLook, TimelineLabel, TimelineRow, TimelineSpan } from "../../model/timeline.js";
import { labelLines, type PlacedText } from "../../svg/label-lines.js";
import { element, label, line, tip } from "../../svg/markup.js";
import { textWidth } from "../../svg/text-width.js";
import type { Canvas, DrawnRow } from "./canvas.js";
import { captionHeight, drawCaptions } from "./captions.js";
import type { Scale } from "./scale.js";
import { barHalves, signs } from "./signs.js";
import { drawWave } from "./wave-rows.js";

/** Least width of a bar, so that a call of no length can be seen. */
const barMin = 2;

const labelLooks: Readonly<Record<LabelLook, string>> = {
  plain: "",
  quiet: "quiet",
  late: "latetext",
  finding: "hltext",
};

/** Draws a row with its upper edge at `top`. */
export function drawRow(row: TimelineRow, canvas: Canvas, top: number): DrawnRow {
  const { scale, room, captions = false } = canvas;
  const isWave = row.kind === "mask" || row.kind === "flag" || row.kind === "value";
  if (isWave || (captions && row.kind === "state")) return drawWave(row, canvas, top);
  const shown = row.labels.filter(({ at }) => scale.has(at));
  const over = labelLines(
    captions
      ? []
      : shown.filter(({ under }) => under !== true).map((each) => placedText(each, scale)),
    room,
  );
  const half = row.kind === "state" ? 0 : 6;
  const y = top + (captions ? captionHeight : over.height) + half + 6;
  const under = shown.filter((each) => each.under === true);
  return {
    height: y + half + (under.length > 0 ? 14 : 6) - top,
    under: [
      label(scale.left - 12, y + 4, row.name, { class: "end" }),
      line("rule", [scale.left - 6, y], [scale.right, y]),
      ...row.spans.flatMap((span) => bars(span, canvas, y)),
    ],
    over: [
      ...over.draw(y - half),
      ...(captions ? drawCaptions(row, scale, y - half - 4) : []),
      ...row.events.flatMap(({ at, look, text }) =>
        scale.has(at) ? [signs[look](scale.x(at), y, tip(text))] : [],
      ),
      ...underTexts(row, under, canvas, y),
    ],
  };
}

/** A label of the model as one to be laid out. */
export function placedText({ at, text, look, leftwards }: TimelineLabel, scale: Scale): PlacedText {
  return {
    x: scale.x(at),
    text,
    looks: labelLooks[look],
    isBold: look === "finding",
    leftwards: leftwards === true,
  };
}

function bars({ from, to, look, text }: TimelineSpan, { scale }: Canvas, y: number): string[] {
  const content = text === undefined ? "" : tip(text);
  return scale.pieces(from, to).flatMap(([left, right]) => {
    if (look === "interrupted") return [line("cutedge", [left, y], [right, y])];
    if (look === "late") return [line("late", [left, y], [right, y])];
    const half = barHalves[look];
    if (half === undefined) return [];
    // A pixel is left free, so that calls one after another are seen as several.
    const free = look === "call" || look === "wait" ? 1 : 0;
    const width = Math.max(barMin, right - left - free);
    return [
      element("rect", { class: look, x: left, y: y - half, width, height: 2 * half }, content),
    ];
  });
}

/** Labels under the row, each where the next run leaves room. */
function underTexts(
  { events }: TimelineRow,
  labels: readonly TimelineLabel[],
  { scale, room }: Canvas,
  y: number,
): readonly string[] {
  let free = room[0];
  return labels.flatMap(({ at, text, look }) => {
    const x = scale.x(at) + 8;
    const later = events.filter((each) => each.look === "due" && each.at > at);
    const next = Math.min(...later.map((each) => scale.x(each.at)));
    const end = x + textWidth(text);
    if (x < free || end > Math.min(next - 7, room[1])) return [];
    free = end + 4;
    return [label(x, y + 15, text, { class: labelLooks[look] })];
  });
}
