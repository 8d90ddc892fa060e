import { countText, durationText, element, label, line, textWidth } from "@escapement/timeline";
import type { TimeScale } from "./time-scale.js";

/** Where the drawing's lanes are. */
export interface PlotArea {
  /** Left end of the time scale. */
  readonly left: number;
  /** Right end of the time scale. */
  readonly right: number;
  /** Upper end of the lanes. */
  readonly top: number;
  /** Lower end of the lanes. */
  readonly bottom: number;
}

/** Height of the axis under the lanes, in pixels. */
export const axisHeight = 36;

/** Room that a label wants, at the least. */
const labelSpacing = 64;

interface AxisTick {
  readonly at: number;
  readonly x: number;
}

/**
 * The axis under the lanes: a row in microseconds and one in ticks, both counted from `base`, over
 * the same places. Ticks are the truth and come at round numbers; microseconds follow from them.
 */
export function timeAxis(
  scale: TimeScale,
  area: PlotArea,
  base: number,
  frequencyHz: number,
): readonly string[] {
  const ticks = axisTicks(scale, area.right, base);
  const unit = axisUnit(ticks, frequencyHz);
  const y = area.bottom;
  return [
    label(area.left - 12, y + 17, unit.name, { class: "quiet end" }),
    label(area.left - 12, y + 31, "ticks", { class: "quiet end" }),
    ...scale.segments.map((each) => line([each.left, y], [each.right, y], "stem")),
    ...ticks.flatMap(({ at, x }) => [
      line([x, y], [x, y + 5], "stem"),
      label(x, y + 17, unit.text(at), { class: "num mid" }),
      label(x, y + 31, countText(at), { class: "quiet num mid" }),
    ]),
  ];
}

/** The gaps that were cut short, each with its length written over it. */
export function timeBreaks(
  scale: TimeScale,
  area: PlotArea,
  frequencyHz: number,
): readonly string[] {
  let free = 0;
  return scale.segments.slice(1).flatMap((next, index) => {
    const before = scale.segments[index];
    if (before === undefined) return [];
    const middle = (before.right + next.left) / 2;
    const text = durationText(next.from - before.to, frequencyHz);
    const [top, bottom] = [area.top, area.bottom + 4];
    const half = textWidth(text, 10) / 2;
    const fits = middle - half > free;
    if (fits) free = middle + half;
    return [
      element("rect", { class: "cut", x: middle - 4, y: top, width: 8, height: bottom - top }),
      line([middle - 4, top], [middle - 4, bottom], "cutedge"),
      line([middle + 4, top], [middle + 4, bottom], "cutedge"),
      ...(fits ? [label(middle, top - 5, text, { class: "quiet mid", "font-size": "10" })] : []),
    ];
  });
}

/** Places for labels, in order: the beginning of each piece first, then round numbers of ticks. */
function axisTicks(scale: TimeScale, right: number, base: number): readonly AxisTick[] {
  const taken: AxisTick[] = [];
  const take = (at: number): void => {
    const x = scale.x(at);
    const room = Math.max(labelSpacing, textWidth(countText(at - base)) + 16);
    if (taken.every((tick) => Math.abs(tick.x - x) >= room) && x <= right) {
      taken.push({ at: at - base, x });
    }
  };
  for (const segment of scale.segments) take(segment.from);
  for (const { from, to, left, right: end } of scale.segments) {
    if (to === from) continue;
    const step = niceStep(((to - from) / (end - left)) * (labelSpacing + 8));
    const first = Math.ceil((from - base) / step) * step;
    for (let at = first; at <= to - base; at += step) take(at + base);
    take(to);
  }
  return taken.sort((one, other) => one.x - other.x);
}

/** 1, 2 or 5 times a power of ten, at least `least` and at least 1. */
function niceStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least) ?? 10;
  return factor * power;
}

/** One unit for all labels of an axis, with as many decimals as tell them apart. */
function axisUnit(
  ticks: readonly AxisTick[],
  frequencyHz: number,
): { readonly name: string; readonly text: (at: number) => string } {
  const usPerTick = 1e6 / frequencyHz;
  const steps = ticks.slice(1).map(({ at }, index) => at - (ticks[index]?.at ?? 0));
  const least = Math.max(1, Math.min(...steps, Number.MAX_SAFE_INTEGER)) * usPerTick;
  const most = Math.max(0, ...ticks.map(({ at }) => at)) * usPerTick;
  const [name, size] =
    most >= 1e7 && least >= 1e4
      ? (["s", 1e6] as const)
      : most >= 1e4 && least >= 10
        ? (["ms", 1e3] as const)
        : (["us", 1] as const);
  const decimals = Math.min(3, Math.max(0, 1 - Math.floor(Math.log10(least / size))));
  const text = (at: number): string => {
    const fixed = ((at * usPerTick) / size).toFixed(decimals);
    const grouped = fixed.replace(/\d+/, (whole) => countText(Number(whole)));
    return grouped.includes(".") ? grouped.replace(/\.?0+$/, "") : grouped;
  };
  return { name, text };
}
