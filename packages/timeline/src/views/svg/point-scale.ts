import type { TimelineStep } from "../../model/step.js";
import type { ScaleSegment } from "./time-scale.js";

/** Where the steps of a replay stand in a drawing. */
export interface PointScale {
  /** What is drawn, in order: from the index of a step to the one after the last. */
  readonly segments: readonly ScaleSegment[];
  /** Width of a step, in pixels. */
  readonly step: number;
  /** Where a step begins; of one that is not drawn, the place of the next that is. */
  x(index: number): number;
}

/** Room for the sign of a gap, in pixels. */
const gapWidth = 40;
const stepMin = 7;
const stepMax = 26;

/** Least width of a step for which more steps are drawn. */
const stepWanted = 11;

/** Steps shown on either side of one that matters. */
const around = 3;

/** A gap of fewer steps is filled. */
const gapMin = 6;

type Range = readonly [from: number, to: number];

/** Lays the steps that matter most out between two places, and leaves out the rest. */
export function pointScale(
  steps: readonly TimelineStep[],
  left: number,
  right: number,
): PointScale {
  const ranges = shownRanges(steps, right - left);
  const count = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  const room = right - left - gapWidth * Math.max(0, ranges.length - 1);
  const step = Math.min(stepMax, room / Math.max(1, count));
  let x = left;
  const segments = ranges.map(([from, to]) => {
    const segment = { from, to, left: x, right: x + (to - from) * step };
    x = segment.right + gapWidth;
    return segment;
  });
  const place = (index: number): number => {
    const segment = segments.find(({ to }) => index < to) ?? segments.at(-1);
    if (segment === undefined) return left;
    const within = Math.min(Math.max(0, index - segment.from), segment.to - segment.from);
    return segment.left + within * step;
  };
  return { segments, step, x: place };
}

/** Steps by rank with their neighbours, until there are as many as fit. */
function shownRanges(steps: readonly TimelineStep[], width: number): readonly Range[] {
  const shown = new Set<number>();
  let ranges: readonly Range[] = [];
  const ranked = steps
    .map(({ rank }, index) => ({ rank, index }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index);
  for (const { index, rank } of ranked) {
    if (shown.size >= Math.max(8, width / stepWanted) || (rank < 20 && shown.size > 0)) break;
    for (let near = index - around; near <= index + around; near += 1) {
      if (near >= 0 && near < steps.length) shown.add(near);
    }
    const more = rangesOf(shown, steps.length);
    const count = more.reduce((sum, [from, to]) => sum + to - from, 0);
    if (ranges.length > 0 && count * stepMin + (more.length - 1) * gapWidth > width) break;
    ranges = more;
  }
  return ranges;
}

function rangesOf(shown: ReadonlySet<number>, count: number): readonly Range[] {
  const ranges: [number, number][] = [];
  for (const index of [...shown].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && index - last[1] < gapMin) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first !== undefined && first[0] < gapMin) first[0] = 0;
  if (last !== undefined && count - last[1] < gapMin) last[1] = count;
  return ranges;
}
