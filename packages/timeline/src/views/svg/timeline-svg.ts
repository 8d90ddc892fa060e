import type { Timeline, TimelinePointer } from "../../model/timeline.js";
import { drawingStyle } from "../../svg/drawing-style.js";
import { cutLabel, labelLines } from "../../svg/label-lines.js";
import { drawing, element, label, line, tip } from "../../svg/markup.js";
import { textWidth } from "../../svg/text-width.js";
import { axisHeight, drawAxis } from "./axis.js";
import type { Canvas, DrawnRow } from "./canvas.js";
import { drawLegend } from "./legend.js";
import { drawRow, placedText } from "./row-drawing.js";
import { type Scale, scaleOf } from "./scale.js";
import { findingSign } from "./signs.js";
import { stateRow } from "./state-row.js";

/** How a timeline is drawn. */
export interface TimelineSvgOptions {
  /** Width of its coordinate system in pixels, 480 to 4000; 960 when absent. It scales to its place. */
  readonly width?: number;
  /** Whether it carries its own style sheet; true when absent. See {@link drawingStyle}. */
  readonly style?: boolean;
  /** Whether what is wrong stands over the rows; true when absent. */
  readonly message?: boolean;
}

/** Room for the rows' names, in pixels. */
const gutter = 84;

/** Room at the right end for the labels of what happens last in a trace, and in a replay. */
const margins = { time: 92, points: 24 };

/** Room over the rows for the lengths of gaps and the sign of what a finding names. */
const headroom = 20;

/** Room between the drawing's edge and its texts. */
const edge = 4;

/**
 * Draws a timeline as an SVG element. What would not fit is cut short: quiet gaps of a trace, and
 * points of a replay that show little, with their length written over them. Labels never meet.
 *
 * Pure: the same timeline gives the same text. No ids, no script, nothing fetched; it may be put
 * into a page as it is or be written to a file. Colours follow the page's `color-scheme`.
 *
 * @example
 * ```ts
 * import { type Timeline, timelineSvg } from "@escapement/timeline";
 *
 * export const wide = (timeline: Timeline): string => timelineSvg(timeline, { width: 1600 });
 * ```
 */
export function timelineSvg(timeline: Timeline, options: TimelineSvgOptions = {}): string {
  const width = Math.min(4000, Math.max(480, Math.round(options.width ?? 960) || 960));
  const scale = scaleOf(timeline, gutter + 4, width - margins[timeline.axis.kind]);
  const canvas: Canvas = { scale, room: [edge, width - edge] };
  const message = options.message === false ? undefined : timeline.message;
  const pointers = timeline.pointers.filter(({ at }) => scale.has(at));
  const moves = labelLines(
    pointers
      .filter(({ look }) => look === "move")
      .map((each) => placedText({ ...each, look: "late" }, scale)),
    canvas.room,
  );
  const movesBottom = (message === undefined ? 0 : 18) + moves.height;
  const top = movesBottom + headroom;
  const { rows, bottom } = drawRows(timeline, canvas, top);
  const legend = drawLegend(timeline, [scale.left, width - 8], bottom + axisHeight);
  const parts = [
    ...(message === undefined ? [] : [messageLine(message, width)]),
    ...pointerLines(pointers, scale, [top, bottom]),
    ...rows.flatMap(({ under }) => under),
    ...gapMarks(pointers, canvas, [top, bottom]),
    ...moves.draw(movesBottom + 4),
    ...rows.flatMap(({ over }) => over),
    ...drawAxis(timeline, scale, bottom, width - edge),
    ...legend.markup,
  ];
  const { title, words } = timeline;
  const style = options.style === false ? "" : drawingStyle;
  const height = bottom + axisHeight + 4 + legend.height;
  return drawing({ title, words, style }, [width, height], parts);
}

function drawRows(
  timeline: Timeline,
  canvas: Canvas,
  first: number,
): { readonly rows: readonly DrawnRow[]; readonly bottom: number } {
  let top = first;
  const rows = timeline.rows
    .filter(({ detail }) => detail !== true)
    .map((row) => {
      const shown = row.kind === "state" ? stateRow(timeline, row, canvas.scale) : row;
      const drawn = drawRow(shown, canvas, top);
      top += drawn.height;
      return drawn;
    });
  return { rows, bottom: top + 4 };
}

function messageLine(message: string, width: number): string {
  const text = `✗ ${message}`;
  return cutLabel(8, 14, text, width - 16, "hltext");
}

/** Lines through all rows; what a finding names has a sign at its top. */
function pointerLines(
  pointers: readonly TimelinePointer[],
  scale: Scale,
  [top, bottom]: readonly [top: number, bottom: number],
): readonly string[] {
  return pointers.flatMap(({ at, look }) => {
    const x = scale.x(at);
    if (look === "move") return [line("move", [x, top - headroom], [x, bottom])];
    return [line("hl", [x, top], [x, bottom]), findingSign(x, top)];
  });
}

/** What is cut short, with its length over it, where that meets nothing. */
function gapMarks(
  pointers: readonly TimelinePointer[],
  { scale, room }: Canvas,
  [top, bottom]: readonly [top: number, bottom: number],
): readonly string[] {
  let free = room[0];
  return scale.gaps.flatMap(({ middle, text }) => {
    const half = textWidth(text) / 2;
    const [from, to] = [middle - half, middle + half];
    const meets = pointers.some(({ at }) => scale.x(at) > from - 7 && scale.x(at) < to + 7);
    const isFree = from >= free && to <= room[1] && !meets;
    if (isFree) free = to + 4;
    const cut = { x: middle - 4, y: top, width: 8, height: bottom + 4 - top };
    return [
      element("rect", { class: "cut", ...cut }, tip(`${text} left out`)),
      line("cutedge", [middle - 4, top], [middle - 4, bottom + 4]),
      line("cutedge", [middle + 4, top], [middle + 4, bottom + 4]),
      ...(isFree ? [label(middle, top - 6, text, { class: "quiet mid" })] : []),
    ];
  });
}
