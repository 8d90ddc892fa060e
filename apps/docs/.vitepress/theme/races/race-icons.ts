import { h, type VNode } from "vue";

/** Shapes in a square of 16 pixels; characters would look different, or not at all, in some fonts. */
const shapes = {
  begin: "M3 3h2v10H3zM13 3v10L6 8z",
  turnBack: "M8 3v10L2 8zM14 3v10L8 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2l10 6l-10 6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  on: "M5 3l7 5l-7 5z",
  turnOn: "M2 3l6 5l-6 5zM8 3l6 5l-6 5z",
  end: "M3 3l7 5l-7 5zM11 3h2v10h-2z",
  zoomIn: "M7 3h2v4h4v2h-4v4h-2v-4h-4v-2h4z",
  zoomOut: "M3 7h10v2h-10z",
} as const;

/** What a button may show. */
export type RaceIcon = keyof typeof shapes;

/** The sign of a button; its name is the button's own. */
export function icon(name: RaceIcon): VNode {
  const size = { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" };
  return h("svg", { ...size, class: "race-icon" }, h("path", { d: shapes[name] }));
}
