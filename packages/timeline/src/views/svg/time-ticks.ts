import type { TimeAxis } from "../../model/timeline.js";
import { textWidth } from "../../svg/text-width.js";
import { countText } from "../../text/numbers.js";
import type { Scale } from "./scale.js";

/** A place of an axis that has a label. */
export interface TimeTick {
  /** Ticks since the timeline began. */
  readonly at: number;
  /** Where it is, in pixels. */
  readonly x: number;
}

/** Room that a label takes, at the least. */
const labelSpacing = 64;

/** Places for labels: the beginning of each piece of the scale first, then round numbers of ticks. */
export function timeTicks({ base }: TimeAxis, scale: Scale): readonly TimeTick[] {
  const taken: TimeTick[] = [];
  const take = (at: number): void => {
    const x = scale.x(at);
    const room = Math.max(labelSpacing, textWidth(countText(at - base)) + 16);
    if (taken.every((tick) => Math.abs(tick.x - x) >= room) && x <= scale.right) {
      taken.push({ at: at - base, x });
    }
  };
  for (const segment of scale.segments) take(segment.from);
  for (const { from, to, left, right } of scale.segments) {
    if (to === from) continue;
    const step = niceStep(((to - from) / (right - left)) * (labelSpacing + 8));
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

/** One unit for all labels of an axis, with as many decimals as make them different. */
export function timeUnit(
  ticks: readonly TimeTick[],
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
