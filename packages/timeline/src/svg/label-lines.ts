import { escapeText } from "../text/escape.js";
import { element, line, tip } from "./markup.js";
import { fitted, textWidth } from "./text-width.js";

/** A label that stands over a place, in pixels. */
export interface PlacedText {
  /** The place. */
  readonly x: number;
  /** What it says. */
  readonly text: string;
  /** Classes of the text. */
  readonly looks: string;
  /** Whether it is in bold type, and may not be left out before others are. */
  readonly isBold: boolean;
  /** Whether it stands left of its place, where there is room. */
  readonly leftwards: boolean;
}

/** Labels in lines over a row, none over another. */
export interface LabelLines {
  /** How high they are, in pixels. */
  readonly height: number;
  /** Draws them over a row whose upper edge is at `y`. */
  draw(y: number): readonly string[];
}

interface Laid {
  readonly given: PlacedText;
  readonly shown: string;
  readonly toLeft: boolean;
  readonly from: number;
  readonly to: number;
}

/** Height of a line of labels, in pixels. */
const lineHeight = 14;

/** Lines of labels over a row; beyond them only what a finding names is shown. */
const linesMax = 8;
const linesMaxBold = 12;

/** Pixels between a place and its text, and between texts. */
const air = 4;

/**
 * Gives each label a line in which it meets no other. Later ones stand lower, so that no stem
 * crosses a text; one that would leave the drawing stands left of its place, and one that fits on
 * neither side is cut, with the whole of it for who points at it. What finds no line is left out.
 */
export function labelLines(
  labels: readonly PlacedText[],
  [least, most]: readonly [least: number, most: number],
): LabelLines {
  const taken: { readonly from: number; readonly to: number; readonly row: number }[] = [];
  const placed: { readonly laid: Laid; readonly row: number }[] = [];
  // Of one place, the first reads highest.
  const laidOut = labels.map((each) => layOut(each, least, most)).reverse();
  // A label is placed when all those are that begin under it.
  for (const laid of laidOut.toSorted((one, other) => other.from - one.from)) {
    const under = taken.filter((span) => span.from < laid.to && span.to > laid.from);
    const row = Math.max(-1, ...under.map((span) => span.row)) + 1;
    if (row >= (laid.given.isBold ? linesMaxBold : linesMax)) continue;
    taken.push({ from: laid.from, to: laid.to, row });
    placed.push({ laid, row });
  }
  return {
    height: Math.max(0, ...placed.map(({ row }) => row + 1)) * lineHeight,
    draw: (y) => placed.toReversed().flatMap(({ laid, row }) => drawLabel(laid, y, row)),
  };
}

function layOut(given: PlacedText, least: number, most: number): Laid {
  const { x, text, isBold } = given;
  const width = textWidth(text, isBold) + 2 * air;
  const [before, after] = [x - least, most - x];
  const toLeft =
    (given.leftwards && width <= before) || (width > after && (width <= before || before > after));
  const room = Math.max(0, (toLeft ? before : after) - 2 * air);
  const shown = fitted(text, room, isBold);
  const used = shown === "" ? 0 : Math.min(width, room + 2 * air);
  return {
    given,
    shown,
    toLeft,
    from: toLeft ? x - used : x - 0.5,
    to: toLeft ? x + 0.5 : x + used,
  };
}

function drawLabel({ given, shown, toLeft }: Laid, y: number, row: number): readonly string[] {
  if (shown === "") return [];
  const { x, text, looks } = given;
  const top = y - 5 - row * lineHeight;
  const className = `${looks}${toLeft ? " end" : ""}`.trim();
  return [
    line("stem", [x, y], [x, top - 6]),
    labelWith(x + (toLeft ? 1 - air : air - 1), top, text, shown, className),
  ];
}

/** A label cut to a width, with the whole of it for who points at it. */
export function cutLabel(x: number, y: number, text: string, width: number, looks: string): string {
  return labelWith(x, y, text, fitted(text, width, looks === "hltext"), looks);
}

function labelWith(x: number, y: number, text: string, shown: string, looks: string): string {
  const attributes = { class: looks === "" ? undefined : looks, x, y };
  return element("text", attributes, `${shown === text ? "" : tip(text)}${escapeText(shown)}`);
}
