import { type TimelinePlot, timelineWindow } from "@escapement/timeline";
import { h, type VNode } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { gutterWidth, type RaceWindow, xOf } from "./race-layout.js";

/** Upper edge of the rows, under the markers' handles. */
const rowsTop = 52;

/** The points of a window, as every other drawing of a run has them. */
export function plotOf(
  { timeline }: RaceRun,
  { start, size, width, cell }: RaceWindow,
): TimelinePlot {
  const place = { left: gutterWidth, top: rowsTop, stepPixels: cell };
  return timelineWindow(timeline, { start, size, width, ...place });
}

/** Draws them, with the step that is looked at. */
export function drawRun({ markup, bottom }: TimelinePlot, view: RaceWindow, step: number): VNode[] {
  const box = { x: xOf(view, step), y: 0, width: view.cell, height: bottom };
  return [
    h("rect", { class: "r-step", ...box }),
    h("g", { class: "esc-drawing", innerHTML: markup }),
  ];
}
