import type { TimelineRow, TimelineSpan } from "../../model/timeline.js";
import { cutLabel } from "../../svg/label-lines.js";
import { element, label, line, type Place, round, tip } from "../../svg/markup.js";
import { textWidth } from "../../svg/text-width.js";
import type { Canvas, DrawnRow } from "./canvas.js";

const rowHeight = 20;

/** Height of what a row shows, in pixels. */
const waveHeight = 11;

/** Draws a mask, a flag or a register with its upper edge at `top`. */
export function drawWave(row: TimelineRow, canvas: Canvas, top: number): DrawnRow {
  const { scale } = canvas;
  const y = top + 4;
  const parts =
    row.kind === "flag"
      ? flagLine(row.spans, canvas, y)
      : row.spans.flatMap((span) =>
          scale
            .pieces(span.from, span.to)
            .flatMap((piece) => (row.kind === "mask" ? masked(piece, y) : box(span, piece, y))),
        );
  const name = label(scale.left - 12, y + 9, row.name, { class: "end" });
  return { height: rowHeight, under: [name, ...parts], over: [] };
}

type Piece = readonly [left: number, right: number];

/** Slanted lines over a box, so that a mask shows without its colour. */
function masked([from, right]: Piece, top: number): string[] {
  const to = Math.max(right, from + 2);
  const box = { x: from, y: top, width: to - from, height: waveHeight };
  let d = "";
  for (let x = from - waveHeight; x < to; x += 5) {
    const [start, end] = [Math.max(x, from), Math.min(x + waveHeight, to)];
    if (end <= start) continue;
    d += `M${round(start)} ${round(top + waveHeight - (start - x))}L${round(end)} ${round(top + waveHeight - (end - x))}`;
  }
  return [
    element("rect", { class: "mask", ...box }, tip("interrupts masked")),
    element("path", { class: "stem", d }),
  ];
}

/** A line that is up where the flag is set. */
function flagLine(spans: readonly TimelineSpan[], { scale }: Canvas, top: number): string[] {
  const low = top + waveHeight;
  return scale.segments.map(({ left, right }) => {
    const places: Place[] = [[left, low]];
    for (const [from, to] of spans.flatMap((span) => scale.pieces(span.from, span.to))) {
      if (to <= left || from >= right) continue;
      places.push([from, low], [from, top + 1], [to, top + 1], [to, low]);
    }
    return line("touch", ...places, [right, low]);
  });
}

/** A value as a box with the number in it, where it fits, or as much of a text as does. */
function box({ text, value = 0 }: TimelineSpan, [from, to]: Piece, top: number): string[] {
  const [middle, foot] = [top + waveHeight / 2, top + waveHeight + 1];
  const slant = Math.min(3, (to - from) / 2);
  const outline = line(
    "touch",
    [from, middle],
    [from + slant, top - 2],
    [to - slant, top - 2],
    [to, middle],
    [to - slant, foot],
    [from + slant, foot],
    [from, middle],
  );
  if (text !== undefined) return [outline, cutLabel(from + 4, top + 9, text, to - from - 8, "")];
  const number = String(value);
  if (textWidth(number) > to - from - 2) return [outline];
  return [outline, label((from + to) / 2, top + 9, number, { class: "num mid" })];
}
