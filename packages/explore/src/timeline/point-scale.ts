import type { ReplayFocus } from "./focus.js";

/** A stretch of points that is drawn without a gap. */
interface PointRange {
  /** Index of its first step. */
  readonly from: number;
  /** Index after its last step. */
  readonly to: number;
  /** Where its first point begins, in pixels. */
  readonly left: number;
}

/** Where points stand in a drawing. Time stands still between moves, so that points make the axis. */
export interface PointScale {
  /** What is drawn, in order. */
  readonly ranges: readonly PointRange[];
  /** Width of a point, in pixels. */
  readonly step: number;
  /** Where the last point ends. */
  readonly right: number;
  /** Where a point begins; of one that is not drawn, the place of the next that is. */
  x(index: number): number;
  /** Whether a point is drawn. */
  has(index: number): boolean;
}

/** Room for the sign of a gap. */
const GAP = 40;
const STEP_MIN = 7;
const STEP_MAX = 26;

/** Points shown on either side of one that matters. */
const AROUND = 3;

/** A gap of fewer points is filled. */
const GAP_MIN = 6;

/** Lays the points that matter most out between two places, and leaves out the rest. */
export function pointScale({ steps }: ReplayFocus, left: number, right: number): PointScale {
  const most = Math.max(8, Math.floor((right - left) / (STEP_MIN + 4)));
  const spans = rangesOf(shownSteps(steps, most), steps.length);
  const count = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const room = right - left - GAP * Math.max(0, spans.length - 1);
  const step = Math.min(STEP_MAX, Math.max(STEP_MIN, room / Math.max(1, count)));
  let x = left;
  const ranges = spans.map(([from, to]) => {
    const range = { from, to, left: x };
    x += (to - from) * step + GAP;
    return range;
  });
  const place = (index: number): number => {
    const range = ranges.find(({ to }) => index < to) ?? ranges.at(-1);
    if (range === undefined) return left;
    return range.left + Math.min(Math.max(0, index - range.from), range.to - range.from) * step;
  };
  return {
    ranges,
    step,
    right: ranges.length === 0 ? left : x - GAP,
    x: place,
    has: (index) => ranges.some(({ from, to }) => index >= from && index < to),
  };
}

/** Steps by rank with their neighbours, until there are as many as fit. */
function shownSteps(steps: ReplayFocus["steps"], most: number): ReadonlySet<number> {
  const shown = new Set<number>();
  const ranked = steps.toSorted((a, b) => b.rank - a.rank || a.index - b.index);
  for (const { index, rank } of ranked) {
    if (shown.size >= most || (rank < 20 && shown.size > 0)) break;
    for (let near = index - AROUND; near <= index + AROUND; near += 1) {
      if (near >= 0 && near < steps.length) shown.add(near);
    }
  }
  return shown;
}

function rangesOf(shown: ReadonlySet<number>, count: number): readonly [number, number][] {
  const ranges: [number, number][] = [];
  for (const index of [...shown].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && index - last[1] < GAP_MIN) last[1] = index + 1;
    else ranges.push([index, index + 1]);
  }
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first !== undefined && first[0] < GAP_MIN) first[0] = 0;
  if (last !== undefined && count - last[1] < GAP_MIN) last[1] = count;
  return ranges;
}
