import type { Timeline } from "../../model/timeline.js";
import { countText, durationText } from "../../text/numbers.js";
import { pointScale } from "./point-scale.js";
import { type ScaleSegment, timeScale } from "./time-scale.js";

/** From places on a timeline's axis to places in a drawing, in pixels. */
export interface Scale {
  /** Left end. */
  readonly left: number;
  /** Right end of what is drawn to scale. */
  readonly right: number;
  /** Where a place is; what lies beyond either end is put at that end. */
  x(at: number): number;
  /** Whether a place is drawn. */
  has(at: number): boolean;
  /** The parts of a stretch that are drawn. */
  pieces(from: number, to: number): readonly (readonly [left: number, right: number])[];
  /** What is drawn to scale, in order. */
  readonly segments: readonly ScaleSegment[];
  /** What is cut short between two of them. */
  readonly gaps: readonly { readonly middle: number; readonly text: string }[];
}

/** The scale of a timeline between two places. */
export function scaleOf({ axis }: Timeline, left: number, right: number): Scale {
  if (axis.kind === "points") {
    const { x, step, segments } = pointScale(axis.steps, left, right);
    return {
      left,
      x,
      segments,
      right: segments.at(-1)?.right ?? left,
      has: (at) => segments.some(({ from, to }) => at >= from && at < to),
      pieces: (from, to) =>
        segments.flatMap((each) => {
          const [first, end] = [Math.max(from, each.from), Math.min(to, each.to)];
          if (end <= first) return [];
          return [[each.left + (first - each.from) * step, each.left + (end - each.from) * step]];
        }),
      gaps: gapsOf(segments, (count) => `${countText(count)} points`),
    };
  }
  const { x, segments } = timeScale(axis.places, left, right);
  return {
    left,
    right,
    x,
    segments,
    has: () => true,
    pieces: (from, to) => [[x(from), x(to)]],
    gaps: gapsOf(segments, (ticks) => durationText(ticks, axis.frequencyHz)),
  };
}

function gapsOf(
  segments: readonly ScaleSegment[],
  text: (length: number) => string,
): Scale["gaps"] {
  return segments.slice(1).map((next, index) => {
    const before = segments[index] ?? next;
    return { middle: (before.right + next.left) / 2, text: text(next.from - before.to) };
  });
}
