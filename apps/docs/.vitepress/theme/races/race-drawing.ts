import { h, type VNode } from "vue";
import type { RaceRun, RaceStep } from "../../../races/race-types.js";
import { cellWidth, fitted, gutterWidth, type RaceWindow, stretches, xOf } from "./race-layout.js";

/** Upper edges of the rows, in pixels. */
const rows = { strip: 0, lanes: 44, lane: 42 } as const;

const laneNames = ["thread", "level 1", "level 2", "level 3"];

/** The rows below the lanes, from their top. */
interface Rows {
  readonly lanes: number;
  readonly masked: number;
  readonly counter: number;
  readonly overflow: number;
  readonly match: number;
  readonly registry: number;
  readonly bottom: number;
}

/** How high the drawing is, with a lane for each level that the run comes to, two at the least. */
export function drawingRows({ steps }: RaceRun): Rows {
  const lanes = Math.max(3, ...steps.map(({ level }) => level + 1));
  const masked = rows.lanes + lanes * rows.lane;
  return {
    ...{ lanes, masked, counter: masked + 22, overflow: masked + 46, match: masked + 70 },
    ...{ registry: masked + 94, bottom: masked + 120 },
  };
}

/** Draws the points of a window: lanes, mask, counter, flags, registry. */
export function drawRun(run: RaceRun, view: RaceWindow, step: number): VNode[] {
  const place = drawingRows(run);
  return [
    h("defs", hatch()),
    h("rect", {
      class: "r-step",
      ...{ x: xOf(view, step), y: rows.strip, width: cellWidth, height: place.bottom },
    }),
    ...Array.from({ length: place.lanes }, (_, level) => lane(run, view, level)),
    ...maskedRow(run, view, place.masked),
    ...counterRow(run, view, place.counter),
    ...flagRow(run, view, place.overflow, "overflow", (each) => each.overflow),
    ...flagRow(run, view, place.match, "match", (each) => each.match),
    ...registryRow(run, view, place.registry),
  ];
}

function hatch(): VNode {
  const line = h("path", { d: "M0 6L6 0M-1 1L1 -1M5 7L7 5", class: "r-hatch" });
  return h("pattern", { id: "race-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, [
    line,
  ]);
}

function name(y: number, text: string): VNode {
  return h("text", { class: "r-name", x: gutterWidth - 8, y }, text);
}

function lane({ steps }: RaceRun, view: RaceWindow, level: number): VNode {
  const y = rows.lanes + level * rows.lane;
  const middle = y + 27;
  const right = xOf(view, Math.min(steps.length, view.start + view.size));
  const bars = stretches(steps, view, (step) => (step.level === level ? step.doing : undefined));
  return h("g", { class: `r-lane r-level-${level}` }, [
    name(middle + 4, laneNames[level] ?? `level ${level}`),
    h("path", { class: "r-rule", d: `M${gutterWidth} ${middle}H${right}` }),
    ...bars.flatMap(({ what, from, end }) => {
      const width = (end - from) * cellWidth;
      return [
        h("rect", { class: "r-bar", x: xOf(view, from), y: y + 17, width, height: 20, rx: 3 }),
        h("text", { class: "r-doing", x: xOf(view, from) + 2, y: y + 12 }, fitted(what, width)),
      ];
    }),
    ...glyphs(steps, view, level, middle),
  ]);
}

function glyphs(steps: readonly RaceStep[], view: RaceWindow, level: number, y: number): VNode[] {
  const drawn: VNode[] = [];
  const end = Math.min(steps.length, view.start + view.size);
  for (let point = view.start; point < end; point += 1) {
    const step = steps[point];
    if (step?.level !== level) continue;
    const x = xOf(view, point) + cellWidth / 2;
    if (step.shared) drawn.push(h("circle", { class: "r-shared", cx: x, cy: y, r: 7 }));
    drawn.push(h("path", { class: `r-glyph r-${step.kind}`, d: shapes[step.kind](x, y) }));
  }
  return drawn;
}

const circle = (x: number, y: number): string =>
  `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z`;
const square = (x: number, y: number): string => `M${x - 3} ${y - 3}h6v6h-6z`;

/** Round for shared cells, square for the chip; filled for what changes something. */
const shapes: Readonly<Record<RaceStep["kind"], (x: number, y: number) => string>> = {
  load: circle,
  store: circle,
  look: square,
  change: square,
  clock: (x, y) => `M${x} ${y - 3}v6`,
  time: (x, y) => `M${x - 2} ${y - 3}l4 3l-4 3`,
};

function maskedRow({ steps }: RaceRun, view: RaceWindow, y: number): VNode[] {
  const closed = stretches(steps, view, ({ masked }) => masked || undefined);
  return [
    name(y + 12, "masked"),
    ...closed.map(({ from, end }) =>
      h("rect", {
        ...{ class: "r-masked", fill: "url(#race-hatch)" },
        ...{ x: xOf(view, from), y: y + 2, width: (end - from) * cellWidth, height: 13 },
      }),
    ),
  ];
}

function counterRow({ steps }: RaceRun, view: RaceWindow, y: number): VNode[] {
  const values = stretches(steps, view, ({ counter }) => counter);
  return [
    name(y + 13, "counter"),
    ...values.flatMap(({ what, from, end }) => {
      const [x, right] = [xOf(view, from), xOf(view, end)];
      return [
        h("path", { class: "r-wave", d: `M${x} ${y + 4}v12H${right}` }),
        h("text", { class: "r-value", x: x + 4, y: y + 13 }, fitted(String(what), right - x - 2)),
      ];
    }),
  ];
}

function flagRow(
  { steps }: RaceRun,
  view: RaceWindow,
  y: number,
  title: string,
  isSet: (step: RaceStep) => boolean,
): VNode[] {
  const parts = stretches(steps, view, isSet).map(({ what, from, end }, index) => {
    const level = y + (what ? 3 : 15);
    return `${index === 0 ? "M" : "L"}${xOf(view, from)} ${level}H${xOf(view, end)}`;
  });
  const set = stretches(steps, view, (step) => isSet(step) || undefined);
  return [
    name(y + 13, title),
    ...set.map(({ from, end }) =>
      h("rect", {
        class: "r-flag",
        ...{ x: xOf(view, from), y: y + 3, width: (end - from) * cellWidth, height: 12 },
      }),
    ),
    h("path", { class: "r-wave", d: parts.join("") }),
  ];
}

function registryRow({ steps, states }: RaceRun, view: RaceWindow, y: number): VNode[] {
  const known = stretches(steps, view, ({ state }) => (state < 0 ? undefined : state));
  return [
    name(y + 13, "registry"),
    ...known.flatMap(({ what, from, end }) => {
      const [x, right] = [xOf(view, from), xOf(view, end)];
      const text = states[what] ?? "";
      return [
        h("rect", {
          class: "r-state",
          x: x + 1,
          y: y + 1,
          width: right - x - 2,
          height: 17,
          rx: 3,
        }),
        h("text", { class: "r-value", x: x + 4, y: y + 13 }, fitted(text, right - x - 4)),
      ];
    }),
  ];
}
