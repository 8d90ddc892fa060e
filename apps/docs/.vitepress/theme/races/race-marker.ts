import { fitted } from "@escapement/timeline";
import { h, type VNode } from "vue";
import type { RaceRun } from "../../../races/race-types.js";
import { type RaceWindow, xOf } from "./race-layout.js";

/** Draws where the interrupt may go, and the markers that hold the processor up. */
export function drawMarkers(run: RaceRun, view: RaceWindow, step: number, bottom: number): VNode[] {
  const end = view.start + view.size;
  const inView = (point: number): boolean => point >= view.start && point < end;
  const places = run.places.filter(inView);
  const ghost = run.moves.length === run.active && inView(step);
  return [
    h(
      "path",
      { class: "r-places", d: places.map((point) => `M${xOf(view, point)} 34v6`).join("") },
      h("title", "A place at which the interrupt can come"),
    ),
    ...run.moves.flatMap(({ point, words }, index) =>
      inView(point) ? [marker(view, point, index, index === run.active, words, bottom)] : [],
    ),
    ...(ghost ? [marker(view, step, run.active, true, "", bottom)] : []),
  ];
}

/** A line through all rows, with a handle at its top; dashed where no interrupt is placed yet. */
function marker(
  view: RaceWindow,
  point: number,
  index: number,
  active: boolean,
  words: string,
  bottom: number,
): VNode {
  const x = xOf(view, point);
  const placed = words !== "";
  const looks = ["r-marker", active ? "r-active" : "", placed ? "" : "r-ghost"].join(" ");
  const text = placed ? `held up until ${words}` : "drag me: the interrupt";
  const toLeft = x > view.width / 2;
  const room = (toLeft ? x : view.width - x) - 16;
  const label = { x: toLeft ? x - 14 : x + 14, y: 15, "text-anchor": toLeft ? "end" : "start" };
  const says = placed ? `A move: the processor is ${text}, so the interrupt comes here` : text;
  return h("g", { class: looks, "data-move": index }, [
    h("title", says),
    h("path", { class: "r-stem", d: `M${x} 24V${bottom}` }),
    h("path", { class: "r-handle", d: `M${x - 9} 3h18v13l-9 9l-9 -9z` }),
    h("path", { class: "r-bolt", d: `M${x + 2} 5l-5 8h4l-2 7l6 -9h-4z` }),
    h("text", { class: "r-held", ...label }, fitted(text, room)),
    // A finger needs more room than the handle shows.
    h("rect", { class: "r-grip", x: x - 20, y: 0, width: 40, height: 40 }),
  ]);
}
