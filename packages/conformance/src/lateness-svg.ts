import {
  countText,
  drawing,
  drawingStyle,
  durationText,
  element,
  label,
  line,
  textWidth,
  ticksText,
  tip,
} from "@escapement/timeline";
import type { Lateness } from "./lateness.js";

/** How the histogram is to be drawn. */
export interface LatenessSvgOptions {
  /** The drawing's accessible name; `Lateness` when absent. */
  readonly title?: string;
  /** The board counter's ticks per second; above 0. */
  readonly frequencyHz: number;
  /** The lateness that the board states as its bound, in ticks. */
  readonly boundTicks: number;
  /** Whether it carries its own style sheet; true when absent. */
  readonly style?: boolean;
}

/** A bar of the histogram. */
interface Bin {
  /** Least lateness in it, in ticks. */
  readonly from: number;
  /** Most lateness in it. */
  readonly to: number;
  readonly count: number;
}

const width = 340;
const height = 156;
const [left, right, top, bottom] = [14, width - 14, 42, height - 38];

/** Bars up to the bound, at the most. */
const binsMax = 24;

/** Bars beyond the bound. */
const beyondBins = 4;

/**
 * Draws how late a board's handlers came when nothing held them back, as a histogram in ticks and
 * microseconds with the stated bound marked; entries beyond it, and early ones, stand out.
 *
 * Heights grow with the square root of the number of entries, which stands over the bars that have room for it. All that
 * lies far beyond the bound is gathered in the last bar. Pure: the same input gives the
 * same text.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { latenessSvg, mergeLateness, runConformance } from "@escapement/conformance";
 *
 * const board = createSimBoard({ profile: "avr16" });
 * const { frequencyHz, latencies } = board.describe();
 * const { laws } = await runConformance(board, { only: ["ARM"], keepTraces: "all" });
 * const lateness = mergeLateness(laws.flatMap((law) => law.lateness ?? []));
 * console.log(latenessSvg(lateness, { frequencyHz, boundTicks: latencies.lateTicks }));
 * await board.close();
 * ```
 */
export function latenessSvg(lateness: Lateness, options: LatenessSvgOptions): string {
  const bins = binsOf(lateness, options.boundTicks);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const first = bins[0]?.from ?? 0;
  const barWidth = (right - left) / Math.max(1, bins.length);
  const x = (index: number): number => left + index * barWidth;
  const boundX = x(bins.filter(({ from }) => from <= options.boundTicks).length);
  let free = 0;
  const bars = bins.map((bin, index) => {
    if (bin.count === 0) return "";
    // By the square root, so that one entry in a thousand can be seen beside the rest.
    const size = Math.max(2, (bottom - top) * Math.sqrt(bin.count / most));
    const wrong = bin.from > options.boundTicks || bin.to < 0;
    const box = { x: x(index) + 0.5, y: bottom - size, width: barWidth - 1, height: size };
    const text = tip(`${binText(bin, options.frequencyHz)}: ${entries(bin.count)}`);
    const bar = element("rect", { class: wrong ? "bar over" : "bar", ...box }, text);
    const middle = x(index) + barWidth / 2;
    const half = textWidth(countText(bin.count)) / 2;
    if (middle - half < free || middle + half > width) return bar;
    free = middle + half + 2;
    const over = { class: "quiet num mid" };
    return bar + label(middle, bottom - size - 4, countText(bin.count), over);
  });
  const title = options.title ?? "Lateness";
  const style = options.style === false ? "" : drawingStyle;
  return drawing(
    { title, words: latenessWords(lateness, options), style },
    [width, height],
    [
      ...bars,
      line("stem", [left, bottom], [right, bottom]),
      line("bound", [boundX, top - 22], [boundX, bottom + 4]),
      boundLabel(boundX, options),
      ...binLabels(bins, x, barWidth, first, options.frequencyHz),
    ],
  );
}

/** Says in words what the histogram shows. */
export function latenessWords(lateness: Lateness, options: LatenessSvgOptions): string {
  const { frequencyHz, boundTicks } = options;
  const { free } = lateness;
  const count = free.reduce((sum, [, times]) => sum + times, 0);
  if (count === 0) return "No handler entry was free to come on time.";
  const last = free.at(-1)?.[0] ?? 0;
  const beyond = free.reduce((sum, [ticks, times]) => sum + (ticks > boundTicks ? times : 0), 0);
  const early = free.reduce((sum, [ticks, times]) => sum + (ticks < 0 ? times : 0), 0);
  return [
    `${entries(count)}, ${last <= 0 ? "none late" : `at most ${ticksText(last, frequencyHz)} late`}`,
    beyond === 0
      ? `within the stated ${ticksText(boundTicks, frequencyHz)}`
      : `${countText(beyond)} beyond the stated ${ticksText(boundTicks, frequencyHz)}`,
    ...(early === 0 ? [] : [`${countText(early)} early`]),
  ].join(", ");
}

/** Equal bars from 0 (or an early entry's) up to the bound, then a few beyond it as needed. */
function binsOf({ free }: Lateness, boundTicks: number): readonly Bin[] {
  const bound = Math.max(0, Math.floor(boundTicks));
  const size = Math.max(1, Math.ceil((bound + 1) / binsMax));
  const upTo = Math.ceil((bound + 1) / size);
  const over = free.some(([ticks]) => ticks > bound) ? beyondBins : 0;
  const early = free.filter(([ticks]) => ticks < 0);
  const bins: Bin[] = [];
  if (early.length > 0) {
    bins.push({ from: early[0]?.[0] ?? -1, to: -1, count: total(early) });
  }
  for (let index = 0; index < upTo + over; index++) {
    const from = index < upTo ? index * size : bound + 1 + (index - upTo) * size;
    const end = index < upTo ? Math.min(bound, from + size - 1) : from + size - 1;
    const to = over > 0 && index === upTo + over - 1 ? Number.POSITIVE_INFINITY : end;
    bins.push({ from, to, count: total(free.filter(([ticks]) => ticks >= from && ticks <= to)) });
  }
  return bins;
}

function boundLabel(x: number, { boundTicks, frequencyHz }: LatenessSvgOptions): string {
  const text = `stated bound ${ticksText(boundTicks, frequencyHz)}`;
  const from = Math.max(8, Math.min(x + 5, width - 8 - textWidth(text)));
  return label(from, top - 26, text);
}

/** Values under the bars, where there is room: ticks, and the time that they take. */
function binLabels(
  bins: readonly Bin[],
  x: (index: number) => number,
  barWidth: number,
  first: number,
  frequencyHz: number,
): readonly string[] {
  const every = Math.max(1, Math.ceil(48 / barWidth));
  let free = 0;
  return bins.flatMap(({ from }, index) => {
    if ((first < 0 ? index - 1 : index) % every !== 0) return [];
    const [time, ticks] = [durationText(from, frequencyHz), countText(from)];
    const half = Math.max(textWidth(time), textWidth(ticks)) / 2;
    const middle = Math.max(half, x(index) + barWidth / 2);
    if (middle - half < free || middle + half > width) return [];
    free = middle + half + 4;
    return [
      label(middle, bottom + 15, time, { class: "num mid" }),
      label(middle, bottom + 29, ticks, { class: "quiet num mid" }),
    ];
  });
}

function binText({ from, to }: Bin, frequencyHz: number): string {
  if (from === to) return `${ticksText(from, frequencyHz)} late`;
  if (to === Number.POSITIVE_INFINITY) return `${ticksText(from, frequencyHz)} late or more`;
  return `${countText(from)} to ${ticksText(to, frequencyHz)} late`;
}

function entries(count: number): string {
  return `${countText(count)} ${count === 1 ? "entry" : "entries"}`;
}

function total(pairs: readonly (readonly [number, number])[]): number {
  return pairs.reduce((sum, [, count]) => sum + count, 0);
}
