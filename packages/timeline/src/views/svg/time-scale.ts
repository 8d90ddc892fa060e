/** A stretch that is drawn to scale. */
export interface ScaleSegment {
  /** Its first place on the axis. */
  readonly from: number;
  /** Its last place. */
  readonly to: number;
  /** Where it begins, in pixels. */
  readonly left: number;
  /** Where it ends, in pixels. */
  readonly right: number;
}

/** From ticks to places in the drawing. */
export interface TimeScale {
  /** The place of a tick, in pixels; ticks beyond either end are put at that end. */
  readonly x: (at: number) => number;
  /** What is drawn to scale, in order; between two of them a quiet gap is cut short. */
  readonly segments: readonly ScaleSegment[];
}

/** Least width of a gap that is cut short, in pixels. */
const breakWidth = 34;

/** Ticks this far apart, in pixels, are seen as two. */
const resolvedWidth = 12;

/** With gaps cut short, the least gap that is left need not be wider than this, in pixels. */
const leastGapWidthMax = 56;

/** Of the width, at least this share is drawn to scale. */
const linearShareMin = 0.35;

/** What cutting a gap costs, against 1 for showing two ticks apart. */
const breakPrice = 0.35;

/**
 * A time scale in pieces. Firmware sleeps for thousands of ticks and then does three things within
 * four; on one linear axis nothing of that can be seen. So the longest quiet gaps are cut short,
 * and only where that makes more of them distinct. All that is not cut has one scale.
 *
 * Gaps of one length are all cut or none, so that a regular pattern stays regular.
 */
export function timeScale(ticks: readonly number[], left: number, right: number): TimeScale {
  const sorted = [...new Set(ticks)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((at, index) => at - (sorted[index] ?? at));
  const cutFrom = bestCut(gaps, right - left);
  const widths = gapWidths(gaps, cutFrom, right - left);
  const places = [left];
  for (const width of widths) places.push((places.at(-1) ?? left) + width);
  return { x: placeOf(sorted, places, left), segments: segmentsOf(sorted, places, gaps, cutFrom) };
}

/** Gaps of this length and longer are cut. */
function bestCut(gaps: readonly number[], width: number): number {
  let best = { cutFrom: Number.POSITIVE_INFINITY, score: Number.NEGATIVE_INFINITY };
  const lengths = [...new Set(gaps)].sort((a, b) => b - a);
  for (const cutFrom of [Number.POSITIVE_INFINITY, ...lengths]) {
    const cut = gaps.filter((gap) => gap >= cutFrom).length;
    const linear = gaps.filter((gap) => gap < cutFrom);
    const total = linear.reduce((sum, gap) => sum + gap, 0);
    const room = width - cut * breakWidth;
    if (room < width * linearShareMin) break;
    const resolved = linear.map((gap) => Math.min(1, (gap * room) / total / resolvedWidth));
    const score = resolved.reduce((sum, each) => sum + each, 0) + cut * (1 - breakPrice);
    if (score > best.score + 1e-9) best = { cutFrom, score };
  }
  return best.cutFrom;
}

/** The width of each gap; together they fill the width. */
function gapWidths(gaps: readonly number[], cutFrom: number, width: number): readonly number[] {
  const linear = gaps.filter((gap) => gap < cutFrom);
  const total = linear.reduce((sum, gap) => sum + gap, 0);
  const cut = gaps.length - linear.length;
  const fill = total === 0 ? 0 : (width - cut * breakWidth) / total;
  const pixelsPerTick =
    cut === 0 ? fill : Math.min(fill, leastGapWidthMax / Math.min(...linear, cutFrom));
  const perBreak = cut === 0 ? 0 : (width - pixelsPerTick * total) / cut;
  return gaps.map((gap) => (gap >= cutFrom ? perBreak : gap * pixelsPerTick));
}

function segmentsOf(
  ticks: readonly number[],
  places: readonly number[],
  gaps: readonly number[],
  cutFrom: number,
): readonly ScaleSegment[] {
  const segments: ScaleSegment[] = [];
  let begin = 0;
  for (let index = 0; index < ticks.length; index++) {
    if (index < gaps.length && (gaps[index] ?? 0) < cutFrom) continue;
    segments.push({
      from: ticks[begin] ?? 0,
      to: ticks[index] ?? 0,
      left: places[begin] ?? 0,
      right: places[index] ?? 0,
    });
    begin = index + 1;
  }
  return segments;
}

function placeOf(
  ticks: readonly number[],
  places: readonly number[],
  left: number,
): (at: number) => number {
  return (at) => {
    let low = 0;
    let high = ticks.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((ticks[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const from = ticks[low] ?? 0;
    const start = places[low] ?? left;
    const to = ticks[low + 1];
    if (to === undefined || at <= from) return start;
    return start + ((at - from) / (to - from)) * ((places[low + 1] ?? start) - start);
  };
}
