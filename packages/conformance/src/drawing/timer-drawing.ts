import {
  durationText,
  element,
  label,
  line,
  recordText,
  round,
  textWidth,
  timeText,
  tip,
} from "@escapement/timeline";
import type { Canvas, DrawnLane } from "./context-drawing.js";
import { changesTimer, type DrawnRecord, type HandlerRun, startCalls } from "./lanes.js";

/** Height of a timer's lane, in pixels. */
const laneHeight = 34;

/** Draws one timer: when it was due, when its handler came, and the calls that changed it. */
export function drawTimer(
  timer: number,
  records: readonly DrawnRecord[],
  runs: readonly HandlerRun[],
  canvas: Canvas,
  top: number,
): DrawnLane {
  const y = top + 15;
  const own = runs.filter((run) => run.timer === timer);
  const { left, right } = canvas;
  const under = [
    label(left - 12, y + 4, `timer ${timer}`, { class: "end" }),
    line([left - 6, y], [right, y], "rule"),
    ...own.map((run) => handlerBar(run, canvas, y)),
  ];
  const over = [
    ...records.map((each) => touch(each, timer, canvas, y)),
    ...own.map((run) => entryMark(run, canvas, y)),
    ...latenessTexts(own, canvas, y),
  ];
  return { height: laneHeight, under, over };
}

function handlerBar({ entered, left }: HandlerRun, { scale }: Canvas, y: number): string {
  if (left === undefined) return "";
  const [from, to] = [scale.x(entered), scale.x(left)];
  return element("rect", {
    class: "run",
    x: from,
    y: y - 5,
    width: Math.max(2, to - from),
    height: 10,
  });
}

/** A call that changes when this timer comes: starts point up from the lane, stops go through it. */
function touch({ record }: DrawnRecord, timer: number, canvas: Canvas, y: number): string {
  if (!changesTimer(record, timer)) return "";
  const x = canvas.scale.x(record.until);
  const shape = startCalls.has(record.op)
    ? `M${round(x)} ${y}v-7m-3 3l3 -3l3 3`
    : `M${round(x - 3)} ${y - 3}l6 6m0 -6l-6 6`;
  const text = recordText(record, canvas.base, canvas.frequencyHz);
  return element("path", { class: "touch", d: shape }, tip(text));
}

/** The moment as a hollow mark, the entry as a filled one, and the lateness between them. */
function entryMark(run: HandlerRun, canvas: Canvas, y: number): string {
  const { scale, base, frequencyHz } = canvas;
  const [due, at] = [scale.x(run.scheduled), scale.x(run.entered)];
  const text = [
    `due ${timeText(run.scheduled - base, frequencyHz)}`,
    `entered ${timeText(run.entered - base, frequencyHz)}`,
    latenessText(run, frequencyHz),
  ].join(", ");
  const look = run.entry.highlighted ? "entry hlmark" : "entry";
  const diamond = `M${round(due)} ${y - 6}l6 6l-6 6l-6 -6z`;
  return element(
    "g",
    {},
    [
      tip(text),
      element("path", { class: "due", d: diamond }),
      due === at ? "" : line([due, y], [at, y], "late"),
      element("circle", { class: look, cx: at, cy: y, r: 3 }),
    ].join(""),
  );
}

/** How late each entry was, where the next mark leaves room for it. */
function latenessTexts(runs: readonly HandlerRun[], canvas: Canvas, y: number): readonly string[] {
  const { scale, right, frequencyHz } = canvas;
  return runs.map((run, index) => {
    const text = latenessText(run, frequencyHz);
    const x = Math.max(scale.x(run.entered), scale.x(run.scheduled)) + 8;
    const next = runs[index + 1];
    const end =
      next === undefined ? right + 88 : scale.x(Math.min(next.scheduled, next.entered)) - 7;
    if (run.entered === run.scheduled || x + textWidth(text, 10) > end) return "";
    return label(x, y + 15, text, { class: "latetext", "font-size": "10" });
  });
}

function latenessText({ scheduled, entered }: HandlerRun, frequencyHz: number): string {
  if (entered === scheduled) return "on time";
  const text = durationText(Math.abs(entered - scheduled), frequencyHz);
  return entered > scheduled ? `${text} late` : `${text} early`;
}
