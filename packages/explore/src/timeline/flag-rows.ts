import { label, path, textWidth } from "./markup.js";

/** A label that stands over a place. */
export interface FlagLabel {
  /** The place, in pixels. */
  readonly x: number;
  /** What it says. */
  readonly text: string;
  /** Classes of the text. */
  readonly looks: string;
  /** Whether it is to stand to the left of the place, as something right of it would cross it. */
  readonly toLeft?: boolean;
}

/** Labels laid out in rows, so that no two meet. */
export interface FlagRows {
  /** How many rows they take. */
  readonly rows: number;
  /** Draws them over a lane whose line is at `y`. */
  draw(y: number): readonly string[];
}

const ROW = 14;
const AIR = 5;

/**
 * Gives each label a row. Later ones stand lower, so that no stem crosses a text; one that would
 * leave the picture at `right` stands to the left of its place.
 */
export function flagRows(flags: readonly FlagLabel[], right: number): FlagRows {
  const spans: { readonly from: number; readonly to: number; readonly row: number }[] = [];
  const placed = flags
    .toSorted((a, b) => b.x - a.x)
    .map((flag) => {
      const width = textWidth(flag.text) + 2 * AIR;
      const toLeft = flag.toLeft === true || flag.x + width > right;
      const from = toLeft ? flag.x - width : flag.x;
      const to = Math.max(from + width, flag.x + 1);
      const under = spans.filter((span) => span.from < to && span.to > from);
      const row = Math.max(-1, ...under.map((span) => span.row)) + 1;
      spans.push({ from, to, row });
      return { flag, row, toLeft };
    });
  return {
    rows: Math.max(0, ...placed.map(({ row }) => row + 1)),
    draw: (y) =>
      placed.toReversed().flatMap(({ flag: { x, text, looks }, row, toLeft }) => {
        const top = y - 8 - row * ROW;
        return [
          path("e-stem", [
            [x, y],
            [x, top - 6],
          ]),
          label(x + (toLeft ? -3 : 3), top, text, `${looks}${toLeft ? " e-end" : ""}`.trim()),
        ];
      }),
  };
}

/** How high labels are, in pixels. */
export function flagsHeight({ rows }: FlagRows): number {
  return rows * ROW;
}
