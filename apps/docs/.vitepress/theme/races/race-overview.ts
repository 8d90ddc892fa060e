import { levelName } from "@escapement/timeline";
import { h, type VNode } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { type RaceWindow, stretches } from "./race-layout.js";

/** Height of the overview, in pixels. */
export const overviewHeight = 34;

/** Draws the whole run in one line: who had the processor, the markers, and what part is looked at. */
export function drawOverview(run: RaceRun, view: RaceWindow, step: number): VNode[] {
  const count = Math.max(1, run.steps.length);
  const x = (point: number): number => (point / count) * view.width;
  const all = { start: 0, size: count };
  const size = Math.min(view.size, count);
  return [
    ...stretches(run.steps, all, ({ level }) => level).map(({ what, from, end }) =>
      h(
        "rect",
        {
          class: `r-bar r-level-${what}`,
          x: x(from),
          y: 24 - what * 8,
          width: Math.max(1, x(end) - x(from)),
          height: 6,
        },
        h("title", `${levelName(what)}, points ${from} to ${end - 1}`),
      ),
    ),
    h("rect", {
      class: "r-looked",
      x: x(view.start),
      y: 1,
      width: Math.max(4, x(view.start + size) - x(view.start)),
      height: overviewHeight - 2,
    }),
    ...run.moves.map(({ point }) =>
      h(
        "path",
        { class: "r-stem", d: `M${x(point)} 0v${overviewHeight}` },
        h("title", `A move, before point ${point}`),
      ),
    ),
    h(
      "path",
      { class: "r-here", d: `M${x(step + 0.5)} 0v${overviewHeight}` },
      h("title", `The step that you look at, ${step}`),
    ),
  ];
}
