import type { TraceRecord } from "@escapement/scenario";
import { drawingStyle, element, escapeText, label, line, round, tip } from "@escapement/timeline";
import { axisHeight, type PlotArea, timeAxis, timeBreaks } from "./axis.js";
import { type Canvas, type DrawnLane, drawContext } from "./context-drawing.js";
import { contextLanes, type DrawnRecord, handlerRuns, timerCount } from "./lanes.js";
import { maskedWindows } from "./masked-windows.js";
import { type PickedIteration, pickIteration } from "./pick-iteration.js";
import { timeScale } from "./time-scale.js";
import { drawLegend } from "./timeline-legend.js";
import { timelineDescription } from "./timeline-words.js";
import { drawTimer } from "./timer-drawing.js";

/** What is to be drawn. */
export interface TimelineView {
  /** A whole trace's records, or those of one iteration. */
  readonly records: readonly TraceRecord[];
  /** The board counter's ticks per second; above 0. */
  readonly frequencyHz: number;
  /** Lanes for at least so many timers; those that the records speak of when absent. */
  readonly timers?: number;
}

/** How it is to be drawn. */
export interface TimelineOptions {
  /** The drawing's accessible name; `Timeline` when absent. */
  readonly title?: string;
  /** Width of its coordinate system in pixels, 480 to 4000; 960 when absent. It scales to its place. */
  readonly width?: number;
  /** Indices of records to point at, such as those that findings name. */
  readonly highlight?: readonly number[];
  /** Whether it carries its own style sheet; true when absent. See {@link drawingStyle}. */
  readonly style?: boolean;
  /** Most records drawn; 250 when absent. */
  readonly recordsMax?: number;
}

/** Room for the lanes' names, in pixels. */
const gutter = 84;

/** Room at the right end for the labels of what happens last. */
const margin = 92;

/** Room over the lanes for the lengths of gaps. */
const lanesTop = 20;

/**
 * Draws one iteration of a trace as an SVG element: a lane for each context with its calls, reads
 * and marks, then one for each timer with its due moments and its handler's entries, over a time
 * axis in microseconds and ticks. Long quiet gaps are cut short, with their length written over them.
 *
 * Of several iterations the first with a highlighted record is drawn, or the first. Pure: the same
 * input gives the same text. No ids, no script, nothing fetched; it may be put into a page as it is
 * or be written to a file. Colours follow the page's `color-scheme`.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { lawEnv, laws, timelineSvg } from "@escapement/conformance";
 *
 * const board = createSimBoard({ profile: "avr16" });
 * const { frequencyHz } = board.describe();
 * const program = laws[0]?.program(lawEnv(board.describe()));
 * if (program !== undefined) {
 *   const { records } = await board.run(program);
 *   console.log(timelineSvg({ records, frequencyHz }, { title: "The first law on avr16" }));
 * }
 * await board.close();
 * ```
 */
export function timelineSvg(view: TimelineView, options: TimelineOptions = {}): string {
  const picked = pickIteration(view.records, options.highlight, options.recordsMax);
  const width = Math.min(4000, Math.max(480, Math.round(options.width ?? 960) || 960));
  const records = drawnRecords(picked, new Set(options.highlight ?? []));
  const base = records[0]?.record.at ?? 0;
  const [left, right] = [gutter + 4, width - margin];
  const scale = timeScale([base, ...records.flatMap(({ record }) => timesOf(record))], left, right);
  const canvas: Canvas = { scale, left, right, base, frequencyHz: view.frequencyHz };
  const { lanes, bottom } = drawLanes(records, canvas, view.timers ?? 0);
  const area: PlotArea = { left, right, top: lanesTop, bottom };
  const footer = bottom + axisHeight + 18;
  const notes = [...drawLegend(records, left, footer), ...omittedNote(picked, width - 8, footer)];
  const height = notes.length === 0 ? bottom + axisHeight + 4 : footer + 10;
  const content = [
    `<title>${escapeText(options.title ?? "Timeline")}</title>`,
    `<desc>${escapeText(timelineDescription(picked, records, view.frequencyHz))}</desc>`,
    options.style === false ? "" : `<style>${drawingStyle}</style>`,
    ...maskShades(records, canvas, area),
    ...highlightLines(records, canvas, area),
    ...lanes.flatMap(({ under }) => under),
    ...timeBreaks(scale, area, view.frequencyHz),
    ...lanes.flatMap(({ over }) => over),
    ...timeAxis(scale, area, base, view.frequencyHz),
    ...notes,
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "esc-drawing",
    role: "img",
    viewBox: `0 0 ${width} ${round(height)}`,
    width: "100%",
  };
  return element("svg", attributes, content.filter((part) => part !== "").join("\n"));
}

function drawnRecords(
  { records, indices }: PickedIteration,
  highlight: ReadonlySet<number>,
): readonly DrawnRecord[] {
  return records.flatMap((record, place) => {
    // A board's own trace may hold anything; what has no time has no place.
    if (!timesOf(record).every((at) => Number.isFinite(at))) return [];
    const index = indices[place] ?? place;
    return [{ record, index, highlighted: highlight.has(index) }];
  });
}

/** The moments at which a record is drawn. */
function timesOf(record: TraceRecord): readonly number[] {
  if (record.kind === "call") return [record.at, record.until];
  return record.kind === "expiry" ? [record.scheduled, record.at] : [record.at];
}

function drawLanes(
  records: readonly DrawnRecord[],
  canvas: Canvas,
  timersMin: number,
): { readonly lanes: readonly DrawnLane[]; readonly bottom: number } {
  const runs = handlerRuns(records);
  const lanes: DrawnLane[] = [];
  let top = lanesTop;
  const add = (lane: DrawnLane): void => {
    lanes.push(lane);
    top += lane.height;
  };
  for (const lane of contextLanes(records, runs, canvas.base)) {
    add(drawContext(lane, runs, canvas, top));
  }
  const timers = timerCount(records, timersMin);
  for (let timer = 0; timer < timers; timer++) add(drawTimer(timer, records, runs, canvas, top));
  return { lanes, bottom: top + 4 };
}

function maskShades(
  records: readonly DrawnRecord[],
  { scale }: Canvas,
  { top, bottom }: PlotArea,
): readonly string[] {
  return maskedWindows(records.map(({ record }) => record)).map(({ from, to }) => {
    const x = scale.x(from);
    const box = { x, y: top, width: Math.max(2, scale.x(to) - x), height: bottom - top };
    return element("rect", { class: "mask", ...box }, tip("interrupts masked"));
  });
}

/** A line through all lanes for each record that a finding names, with a pointer at its top. */
function highlightLines(
  records: readonly DrawnRecord[],
  { scale }: Canvas,
  { top, bottom }: PlotArea,
): readonly string[] {
  const places = records.filter(({ highlighted }) => highlighted).map(({ record }) => record.at);
  return [...new Set(places)].flatMap((at) => {
    const x = scale.x(at);
    return [
      line([x, top], [x, bottom], "hl"),
      element("path", { class: "hlmark", d: `M${round(x - 5)} ${top - 9}h10l-5 8z` }),
    ];
  });
}

function omittedNote({ omitted }: PickedIteration, right: number, y: number): readonly string[] {
  if (omitted === 0) return [];
  return [label(right, y, `${omitted} more records are not drawn`, { class: "quiet end" })];
}
