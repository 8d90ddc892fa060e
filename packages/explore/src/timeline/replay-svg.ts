import { drawingStyle } from "@escapement/timeline";
import type { ExploreFinding, FoundInRun } from "../finding.js";
import type { Replay } from "../replay.js";
import { type FlagLabel, flagRows, flagsHeight } from "./flag-rows.js";
import { focusOf } from "./focus.js";
import { element, escaped, label, path, round, textWidth } from "./markup.js";
import { pointScale } from "./point-scale.js";
import { levelsOf } from "./replay-spans.js";
import { moveWords } from "./step-words.js";
import { type Canvas, type DrawnPart, drawLane } from "./svg-lanes.js";
import { drawAxis, drawState, drawWaves } from "./svg-waves.js";

/** How a replay is drawn. */
export interface ReplaySvgOptions {
  /** The drawing's accessible name; default law, value, target and schedule. */
  readonly title?: string;
  /** Width of its coordinate system in pixels, 480 to 4000; default 1120. It scales to its place. */
  readonly width?: number;
  /** Whether it carries its own style sheet; default true. See `drawingStyle` of the conformance suite. */
  readonly style?: boolean;
  /** Whether the finding's message stands over the lanes; default true. */
  readonly message?: boolean;
  /** What the drawing is to tell; default the replay's first finding. A race is no part of a replay. */
  readonly finding?: FoundInRun | ExploreFinding;
}

const GUTTER = 84;
const MARGIN = 24;

/** Room for the pointer at the finding, under the words of the moves. */
const POINTER = 12;

/**
 * Draws a replay as an SVG element: a lane for the thread and each interrupt level in use, with
 * operations, accesses and the cells that both sides use; under them mask, flags, counter,
 * compare register and the shared state in words. The axis is the points, since time stands still between moves;
 * moves are lines across all lanes. Points that tell little are left out, with their number.
 *
 * Pure: the same input gives the same text. No ids, no script, nothing fetched. Colours follow the
 * page's `color-scheme`.
 *
 * @example
 * ```ts
 * import { type Replay, replaySvg } from "@escapement/explore";
 *
 * export const drawing = (run: Replay): string => replaySvg(run, { width: 960 });
 * ```
 */
export function replaySvg(replay: Replay, options: ReplaySvgOptions = {}): string {
  const width = Math.min(4000, Math.max(480, Math.round(options.width ?? 1120) || 1120));
  const focus = focusOf(replay, options.finding ?? replay.findings[0]);
  const [left, right] = [GUTTER + 4, width - 4];
  const scale = pointScale(focus, left, width - MARGIN);
  const canvas: Canvas = { replay, focus, scale, left, right };
  const moves = flagRows(moveFlags(canvas), right);
  const isTold = options.message !== false && focus.finding !== undefined;
  const lanesTop = (isTold ? 50 : 32) + flagsHeight(moves);
  const markup: string[] = [];
  let y = lanesTop;
  const add = ({ height, markup: more }: DrawnPart): void => {
    markup.push(...more);
    y += height;
  };
  const levels = levelsOf(replay);
  for (let level = 0; level <= levels; level += 1) add(drawLane(canvas, level, y));
  add(drawWaves(canvas, y));
  add(drawState(canvas, y));
  const bottom = y;
  add(drawAxis(canvas, y));
  const content = [
    `<title>${escaped(options.title ?? titleOf(replay))}</title>`,
    `<desc>${escaped(descriptionOf(canvas))}</desc>`,
    options.style === false ? "" : `<style>${drawingStyle}</style>`,
    ...(isTold ? messageLine(canvas) : []),
    ...findingLine(canvas, lanesTop, bottom),
    ...gapMarks(canvas, lanesTop, bottom),
    ...moveLines(canvas, lanesTop, bottom),
    ...moves.draw(lanesTop - POINTER),
    ...markup,
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "esc-drawing",
    role: "img",
    viewBox: `0 0 ${width} ${round(y + 4)}`,
    width: "100%",
  };
  return element("svg", attributes, content.filter((part) => part !== "").join("\n"));
}

function titleOf({ name, value, target, schedule }: Replay): string {
  return `${name} with value ${value} on ${target}, schedule ${schedule}`;
}

function descriptionOf({ replay, focus, scale }: Canvas): string {
  const drawn = scale.ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const told = focus.finding === undefined ? "No finding." : `${focus.finding.message}.`;
  const cells = [...new Set(focus.conflicts.map(({ cell }) => cell))];
  const shared = cells.length === 0 ? "" : ` Used by both sides: ${cells.join(", ")}.`;
  return `${drawn} of ${replay.steps.length} points are drawn. ${told}${shared}`;
}

function moveFlags({ replay, scale }: Canvas): readonly FlagLabel[] {
  return replay.steps.flatMap((step, index) =>
    scale.has(index)
      ? moveWords(step).map((text) => ({ x: scale.x(index), text, looks: "e-latetext" }))
      : [],
  );
}

function moveLines({ replay, scale }: Canvas, top: number, bottom: number): readonly string[] {
  return replay.steps.flatMap(({ moves }, index) => {
    if (moves.length === 0 || !scale.has(index)) return [];
    const x = scale.x(index);
    return [
      element("path", { class: "e-late", d: `M${round(x)} ${top - POINTER}V${round(bottom)}` }),
    ];
  });
}

function findingLine({ focus, scale }: Canvas, top: number, bottom: number): readonly string[] {
  const { findingStep } = focus;
  if (findingStep === undefined || !scale.has(findingStep)) return [];
  const x = scale.x(findingStep) + scale.step / 2;
  return [
    path("e-hl", [
      [x, top],
      [x, bottom],
    ]),
    element("path", { class: "e-hlmark", d: `M${round(x - 5)} ${top - 9}h10l-5 8z` }),
  ];
}

function messageLine({ focus: { finding }, right }: Canvas): readonly string[] {
  if (finding === undefined) return [];
  const text = `✗ ${finding.kind}: ${finding.message}`;
  const most = Math.floor(right / textWidth("x"));
  return [label(8, 14, text.length > most ? `${text.slice(0, most - 1)}…` : text, "e-hltext")];
}

/** How many points were left out between what is drawn. */
function gapMarks({ scale }: Canvas, top: number, bottom: number): readonly string[] {
  return scale.ranges.slice(1).flatMap((next, place) => {
    const before = scale.ranges[place];
    if (before === undefined) return [];
    const from = scale.x(before.to - 1) + scale.step;
    return [
      path("e-cutedge", [
        [from + 6, top],
        [from + 6, bottom],
      ]),
      path("e-cutedge", [
        [next.left - 6, top],
        [next.left - 6, bottom],
      ]),
      label((from + next.left) / 2, bottom + 12, `… ${next.from - before.to}`, "e-quiet e-mid"),
    ];
  });
}
