import { element, label, line, recordText, timeText, tip } from "@escapement/timeline";
import { type Flag, type PlacedFlag, placeFlags } from "./flags.js";
import { type ContextLane, type HandlerRun, type LaneEvent, levelName } from "./lanes.js";
import type { TimeScale } from "./time-scale.js";

/** What the parts of a drawing have in common. */
export interface Canvas {
  /** From moments to places. */
  readonly scale: TimeScale;
  /** Left end of the time scale. */
  readonly left: number;
  /** Right end of the time scale. */
  readonly right: number;
  /** The moment that times count from. */
  readonly base: number;
  /** The counter's ticks per second. */
  readonly frequencyHz: number;
}

/** A lane that is drawn, and how high it is. */
export interface DrawnLane {
  /** Its height, in pixels. */
  readonly height: number;
  /** What lies under the marks of gaps that are cut short. */
  readonly under: readonly string[];
  /** What lies over them. */
  readonly over: readonly string[];
}

interface EventFlag extends Flag {
  readonly event: LaneEvent;
}

const rowHeight = 14;

/** Labels may stand so far beyond the right end, in pixels. */
const overhang = 88;

/** Half the height of the bars on a lane. */
const half = 4;

/** Least width of a bar, so that a call of no length can be seen. */
const barMin = 2;

/** Draws what happened in one context, with its upper edge at `top`. */
export function drawContext(
  lane: ContextLane,
  runs: readonly HandlerRun[],
  canvas: Canvas,
  top: number,
): DrawnLane {
  const { scale, left, right } = canvas;
  const flags = lane.events.map(
    (event): EventFlag => ({
      ...{ x: scale.x(event.from), text: event.text, event },
      important: event.highlighted || event.look === "error",
    }),
  );
  const placed = placeFlags(flags, right + overhang);
  const rows = Math.max(0, ...placed.map(({ row }) => (row ?? -1) + 1));
  const y = top + rows * rowHeight + 12;
  const own = runs.filter(({ context }) => context === lane.level);
  const under = [
    label(left - 12, y + 4, levelName(lane.level), { class: "end" }),
    line([left - 6, y], [right, y], "rule"),
    ...own.map((run) => runBar(run, canvas, y)),
    ...lane.events.map((event) => eventMark(event, canvas, y)),
  ];
  const over = [
    ...placed.map(({ flag, row }) => (row === undefined ? "" : stem(flag.x, y, row))),
    ...placed.map((each) => flagText(each, y)),
  ];
  return { height: y + 12 - top, under, over };
}

function stem(x: number, y: number, row: number): string {
  return line([x, y - half], [x, y - 11 - row * rowHeight - 4], "stem");
}

function flagText({ flag, row, toLeft }: PlacedFlag<EventFlag>, y: number): string {
  if (row === undefined) return "";
  const looks = [
    ...(toLeft ? ["end"] : []),
    ...(flag.event.highlighted || flag.event.look === "error" ? ["hltext"] : []),
    ...(flag.event.look === "wait" ? ["quiet"] : []),
  ].join(" ");
  const x = flag.x + (toLeft ? -3 : 3);
  return label(x, y - 9 - row * rowHeight, flag.text, { class: looks === "" ? undefined : looks });
}

function eventMark(event: LaneEvent, canvas: Canvas, y: number): string {
  const { scale, base, frequencyHz } = canvas;
  const [from, to] = [scale.x(event.from), scale.x(event.to)];
  const text = `${timeText(event.from - base, frequencyHz)}: ${recordText(event.record, base, frequencyHz)}`;
  if (event.look === "read" || event.look === "error") {
    return element("circle", { class: event.look, cx: from, cy: y, r: 3 }, tip(text));
  }
  // A pixel is left free, so that calls one after another can be told apart.
  const width = Math.max(barMin, to - from - 1);
  const tall = event.look === "wait" ? half - 1 : half;
  const box = { x: from - (width === barMin ? 1 : 0), y: y - tall, width, height: 2 * tall };
  return element("rect", { class: event.look, ...box }, tip(text));
}

/** The time that a handler took, under the calls that it made. */
function runBar({ timer, entered, left }: HandlerRun, { scale }: Canvas, y: number): string {
  if (left === undefined) return "";
  const [from, to] = [scale.x(entered), scale.x(left)];
  const box = {
    x: from,
    y: y - half - 3,
    width: Math.max(barMin, to - from),
    height: 2 * half + 6,
  };
  return element("rect", { class: "run", ...box }, tip(`handler of timer ${timer}`));
}
