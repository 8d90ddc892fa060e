import type { Timeline } from "../../model/timeline.js";
import { line } from "../../svg/markup.js";
import { drawLegend } from "./legend.js";
import { drawRow } from "./row-drawing.js";
import type { Scale } from "./scale.js";
import { findingSign } from "./signs.js";

/** A stretch of a replay, and where it is drawn, in pixels. */
export interface TimelineWindow {
  /** Index of the first step. */
  readonly start: number;
  /** How many steps there is room for. */
  readonly size: number;
  /** Width of a step. */
  readonly stepPixels: number;
  /** Left end of the first step; the rows' names stand left of it. */
  readonly left: number;
  /** Upper edge of the rows. */
  readonly top: number;
  /** Width of the whole. */
  readonly width: number;
}

/** A stretch of a replay as markup, to be put into an SVG element of the class `esc-drawing`. */
export interface TimelinePlot {
  /** Its elements. */
  readonly markup: string;
  /** Where the rows end. */
  readonly bottom: number;
  /** Where the legend under them ends. */
  readonly height: number;
}

/**
 * Draws a stretch of a replay, point by point, for players. The rows stand where they are whatever
 * the stretch: what a context does is written over its bars, as much of it as fits.
 */
export function timelineWindow(timeline: Timeline, window: TimelineWindow): TimelinePlot {
  const scale = windowScale(timeline, window);
  const canvas = { scale, room: [0, window.width], captions: true } as const;
  const markup: string[] = [];
  let bottom = window.top;
  for (const row of timeline.rows.filter(({ detail }) => detail !== true)) {
    const { height, under, over } = drawRow(row, canvas, bottom);
    markup.push(...under, ...over);
    bottom += height;
  }
  for (const { at, look } of timeline.pointers) {
    if (look !== "finding" || !scale.has(at)) continue;
    const x = scale.x(at);
    markup.push(line("hl", [x, window.top], [x, bottom]), findingSign(x, window.top));
  }
  const legend = drawLegend(timeline, [scale.left, window.width], bottom);
  return {
    markup: [...markup, ...legend.markup].join(""),
    bottom,
    height: bottom + legend.height,
  };
}

function windowScale({ axis }: Timeline, { start, size, stepPixels, left }: TimelineWindow): Scale {
  const count = axis.kind === "points" ? axis.steps.length : axis.places.length;
  const end = Math.min(count, start + size);
  const x = (at: number): number =>
    left + (Math.min(Math.max(at, start), end) - start) * stepPixels;
  return {
    left,
    x,
    right: x(end),
    gaps: [],
    has: (at) => at >= start && at < end,
    pieces: (from, to) => (to <= start || from >= end ? [] : [[x(from), x(to)]]),
    segments: [{ from: start, to: end, left, right: x(end) }],
  };
}
