import type { RaceRun, RaceStep } from "../../../races/race-types.js";

/** Width of a point at first, and how far it is zoomed, in pixels of the drawing. */
export const cellWidth = 16;
export const cellWidthMin = 5;
export const cellWidthMax = 48;

/** The drawing is shown so much larger than its own pixels, so that its letters and signs are read and hit with ease. */
export const drawingScale = 1.15;

/** Room for the names of the rows. */
export const gutterWidth = 84;

/** The points that are drawn, and where. */
export interface RaceWindow {
  /** The first point. */
  readonly start: number;
  /** How many there is room for. */
  readonly size: number;
  /** Width of the drawing, in pixels. */
  readonly width: number;
  /** Width of a point, in pixels. */
  readonly cell: number;
}

/** Neighbouring points that are alike in some way. */
export interface Stretch<T> {
  /** In what they are alike. */
  readonly what: T;
  /** The first. */
  readonly from: number;
  /** The one after the last. */
  readonly end: number;
}

/** How many points a drawing of that width shows. */
export function windowSize(width: number, cell = cellWidth): number {
  return Math.max(4, Math.floor((width - gutterWidth - 6) / cell));
}

/** A point's width that is so many times another, within what can be drawn. */
export function zoomed(cell: number, factor: number): number {
  return Math.max(cellWidthMin, Math.min(cellWidthMax, cell * factor));
}

/** The window moved as little as shows the step with a few points around it. */
export function windowStart(start: number, size: number, step: number, count: number): number {
  const room = Math.min(3, Math.floor(size / 4));
  const least = step + room + 1 - size;
  const most = step - room;
  const moved = step < start || step >= start + size ? step - Math.floor(size / 3) : start;
  return Math.max(0, Math.min(Math.max(count - size, 0), Math.min(Math.max(moved, least), most)));
}

/** Left edge of a point. */
export function xOf({ start, cell }: RaceWindow, point: number): number {
  return gutterWidth + (point - start) * cell;
}

/** The point under a place of the drawing. */
export function pointAt({ start, size, cell }: RaceWindow, x: number): number {
  return start + Math.max(0, Math.min(size - 1, Math.floor((x - gutterWidth) / cell)));
}

/** Groups the points of a range by what they have in common; undefined makes a gap. */
export function stretches<T>(
  steps: readonly RaceStep[],
  { start, size }: Pick<RaceWindow, "start" | "size">,
  what: (step: RaceStep) => T | undefined,
): Stretch<T>[] {
  const found: Stretch<T>[] = [];
  const end = Math.min(steps.length, start + size);
  for (let point = start; point < end; point += 1) {
    const step = steps[point];
    const now = step && what(step);
    if (now === undefined) continue;
    const last = found.at(-1);
    if (last !== undefined && last.end === point && last.what === now) {
      found[found.length - 1] = { ...last, end: point + 1 };
    } else {
      found.push({ what: now, from: point, end: point + 1 });
    }
  }
  return found;
}

/** The next point, in a direction, at which something new begins: a context, an operation, a state, a move. */
export function nextTurn({ steps }: RaceRun, from: number, direction: 1 | -1): number {
  const isTurn = (point: number): boolean => {
    const [before, here] = [steps[point - 1], steps[point]];
    if (before === undefined || here === undefined) return true;
    const isNew = here.level !== before.level || here.doing !== before.doing;
    return isNew || here.state !== before.state || here.held !== "";
  };
  let point = from + direction;
  while (point > 0 && point < steps.length - 1 && !isTurn(point)) point += direction;
  return Math.max(0, Math.min(steps.length - 1, point));
}
