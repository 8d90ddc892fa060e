import type { PointAxis, TimeAxis, Timeline } from "../../model/timeline.js";
import { label, line } from "../../svg/markup.js";
import { textWidth } from "../../svg/text-width.js";
import { countText } from "../../text/numbers.js";
import type { Scale } from "./scale.js";
import { type TimeTick, timeTicks, timeUnit } from "./time-ticks.js";

/** Height of the axis under the rows, in pixels. */
export const axisHeight = 36;

/** Room between two labels of one line, in pixels. */
const air = 8;

interface AxisLabel {
  readonly x: number;
  readonly upper: string;
  readonly lower: string;
}

/**
 * The axis under the rows, two lines of labels over the same places. Of a trace: microseconds and
 * ticks, both counted from where it begins; ticks come at round numbers. Of a replay: the number of
 * the point, and the ticks where time goes on. Labels that would meet are left out.
 */
export function drawAxis({ axis }: Timeline, scale: Scale, y: number, right: number): string[] {
  const { names, labels } =
    axis.kind === "time" ? timeLabels(axis, scale) : pointLabels(axis, scale);
  const left = scale.left - 12;
  const parts = [
    label(left, y + 17, names[0], { class: "quiet end" }),
    label(left, y + 31, names[1], { class: "quiet end" }),
    ...scale.segments.map((each) => line("stem", [each.left, y], [each.right, y])),
  ];
  const taken: { readonly from: number; readonly to: number }[] = [];
  for (const { x, upper, lower } of labels) {
    const half = Math.max(textWidth(upper), textWidth(lower)) / 2;
    const middle = Math.min(Math.max(x, left + air + half), right - half);
    const [from, to] = [middle - half - air / 2, middle + half + air / 2];
    if (taken.some((other) => other.from < to && other.to > from)) continue;
    taken.push({ from, to });
    parts.push(
      line("stem", [x, y], [x, y + 5]),
      label(middle, y + 17, upper, { class: "num mid" }),
      ...(lower === "" ? [] : [label(middle, y + 31, lower, { class: "quiet num mid" })]),
    );
  }
  return parts;
}

interface AxisLabels {
  readonly names: readonly [upper: string, lower: string];
  /** The most important first: later ones that would meet them are left out. */
  readonly labels: readonly AxisLabel[];
}

function timeLabels(axis: TimeAxis, scale: Scale): AxisLabels {
  const ticks: readonly TimeTick[] = timeTicks(axis, scale);
  const unit = timeUnit(ticks, axis.frequencyHz);
  const labels = ticks.map(({ at, x }) => ({ x, upper: unit.text(at), lower: countText(at) }));
  return { names: [unit.name, "ticks"], labels };
}

/** Points where time goes on, then the others. */
function pointLabels({ steps }: PointAxis, scale: Scale): AxisLabels {
  const shown = steps.flatMap((step, index) => (scale.has(index) ? [{ ...step, index }] : []));
  const labels = shown.map(({ point, ticks, index }, place) => ({
    x: scale.x(index + 0.5),
    upper: countText(point),
    lower: shown[place - 1]?.ticks === ticks ? "" : countText(ticks),
  }));
  const timed = labels.filter(({ lower }) => lower !== "");
  return {
    names: ["point", "ticks"],
    labels: [...timed, ...labels.filter(({ lower }) => lower === "")],
  };
}
