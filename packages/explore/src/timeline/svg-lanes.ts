import type { Replay } from "../replay.js";
import { type FlagLabel, flagRows, flagsHeight } from "./flag-rows.js";
import type { FocusStep, ReplayFocus } from "./focus.js";
import { element, label, path, round, tip } from "./markup.js";
import type { PointScale } from "./point-scale.js";
import { type ActivitySpan, interruptionsOf, spansOf } from "./replay-spans.js";

/** What the parts of a drawing have in common. */
export interface Canvas {
  /** What is drawn. */
  readonly replay: Replay;
  /** What matters in it. */
  readonly focus: ReplayFocus;
  /** Where points stand. */
  readonly scale: PointScale;
  /** Left end of the lanes. */
  readonly left: number;
  /** Right end of the drawing, for labels. */
  readonly right: number;
}

/** A part of a drawing, and how high it is. */
export interface DrawnPart {
  /** Its height, in pixels. */
  readonly height: number;
  /** Its elements. */
  readonly markup: readonly string[];
}

/** Half the height of a lane's bars. */
const HALF = 6;

/** Accesses of this rank and more are labelled. */
const LABEL_RANK = 60;

/** Draws a context: where its code runs or is interrupted, its accesses, and what it does. */
export function drawLane(canvas: Canvas, level: number, top: number): DrawnPart {
  const { replay, focus, scale, left, right } = canvas;
  const rows = flagRows([...activityFlags(canvas, level), ...accessFlags(canvas, level)], right);
  const y = top + flagsHeight(rows) + 4 + HALF;
  const bars = scale.ranges.flatMap(({ from, to }) =>
    stretches(replay, from, to, level).map(({ first, end, runs }) => {
      const [start, stop] = [scale.x(first), endOf(scale, end)];
      if (!runs)
        return path("e-cutedge", [
          [start, y],
          [stop, y],
        ]);
      const box = { x: start, y: y - HALF, width: stop - start, height: 2 * HALF };
      return element("rect", { class: level === 0 ? "e-wait" : "e-run", ...box });
    }),
  );
  const name = level === 0 ? "thread" : level === 1 ? "interrupt" : `level ${level}`;
  return {
    height: y + HALF + 8 - top,
    markup: [
      label(left - 12, y + 4, name, "e-end"),
      path("e-rule", [
        [left - 6, y],
        [scale.right, y],
      ]),
      ...bars,
      ...rows.draw(y - HALF),
      ...focus.steps.flatMap((step) => accessMark(canvas, step, level, y)),
    ],
  };
}

/** Where a stretch ends that goes up to a step: right after the step before it. */
function endOf(scale: PointScale, end: number): number {
  return scale.x(end - 1) + scale.step;
}

interface Stretch {
  readonly first: number;
  end: number;
  /** Whether code of this level runs, or is interrupted. */
  readonly runs: boolean;
}

function stretches({ steps }: Replay, from: number, to: number, level: number): Stretch[] {
  const found: Stretch[] = [];
  for (let index = from; index < to; index += 1) {
    const now = steps[index]?.level ?? 0;
    const last = found.at(-1);
    if (now < level) continue;
    const runs = now === level;
    if (last?.end === index && last.runs === runs) last.end = index + 1;
    else found.push({ first: index, end: index + 1, runs });
  }
  return found;
}

function activityFlags({ replay, focus, scale }: Canvas, level: number): FlagLabel[] {
  const flags = spansOf(replay)
    .filter(({ activity }) => activity.context === level && activity.doing.op !== "init")
    .filter(({ from, activity }) => scale.has(from) && activity.doing.op !== "second-interrupt")
    .map((span) => ({
      x: scale.x(span.from),
      text: spanText(span),
      looks: isWrong(span, focus) ? "e-hltext" : "",
    }));
  const entries = interruptionsOf(replay)
    .filter((each) => each.level === level && scale.has(each.from))
    .map(({ from, name }) => ({ x: scale.x(from), text: name, looks: "e-latetext" }));
  return [...entries, ...flags];
}

/** Whether the finding names what an activity came to. */
function isWrong({ last, result, activity }: ActivitySpan, { findingStep }: ReplayFocus): boolean {
  return last === findingStep && (result !== undefined || activity.doing.op === "handler");
}

function spanText({ name, result }: ActivitySpan): string {
  return result === undefined || result === "ok" ? name : `${name}: ${result}`;
}

function accessFlags({ replay, focus, scale }: Canvas, level: number): FlagLabel[] {
  return focus.steps
    .filter(({ index, rank, roles }) => {
      const told = roles.includes("conflict") && rank >= LABEL_RANK;
      const isHere = replay.steps[index]?.level === level && scale.has(index);
      return isHere && (told || (roles.includes("finding") && roles.length === 1));
    })
    .map(({ index, text }) => ({
      ...{ x: scale.x(index) + scale.step / 2, text, looks: "e-hltext" },
      toLeft: (replay.steps[index + 1]?.moves.length ?? 0) > 0,
    }));
}

function accessMark(
  { replay, scale }: Canvas,
  { index, roles, text, rank }: FocusStep,
  level: number,
  y: number,
): string[] {
  const step = replay.steps[index];
  if (step?.level !== level || !scale.has(index)) return [];
  const x = scale.x(index) + scale.step / 2;
  const said = tip(`point ${step.point}: ${text}`);
  if (roles.includes("conflict") && rank >= LABEL_RANK) {
    const d = `M${round(x)} ${y - 6}l5 6l-5 6l-5 -6z`;
    return [element("path", { class: "e-hlmark", d }, said)];
  }
  if (step.access === "record" || step.access === "pass time") return [];
  if (step.access === "load") {
    return [element("circle", { class: "e-mark", cx: x, cy: y, r: 1.5 }, said)];
  }
  const looks = step.access === "store" ? "e-call" : "e-mark";
  return [element("rect", { class: looks, x: x - 1.5, y: y - 4, width: 3, height: 8 }, said)];
}
