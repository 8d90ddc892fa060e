import { textWidth } from "@escapement/timeline";

/** A label that stands over a moment. */
export interface Flag {
  /** The moment's place, in pixels. */
  readonly x: number;
  /** What it says. */
  readonly text: string;
  /** Whether it must be seen, at the price of more rows. */
  readonly important: boolean;
}

/** A flag with its row. */
export interface PlacedFlag<F extends Flag> {
  /** The flag. */
  readonly flag: F;
  /** 0 is next to the lane; undefined where there is no room for its text. */
  readonly row: number | undefined;
  /** Whether the text stands to the left of the moment, as it would else leave the picture. */
  readonly toLeft: boolean;
}

/** Rows of labels over a lane. */
const rowsMax = 7;

/** More rows, for labels that must be seen. */
const importantRowsMax = 10;

/** Pixels between a moment and its text, and between texts. */
const air = 4;

/**
 * Gives each flag a row in which its text meets no other. Later flags stand lower, so that no stem
 * crosses a text, and labels of one moment read from top to bottom. `flags` are in order of time.
 */
export function placeFlags<F extends Flag>(
  flags: readonly F[],
  right: number,
): readonly PlacedFlag<F>[] {
  const spans: { readonly from: number; readonly to: number; readonly row: number }[] = [];
  const placed: PlacedFlag<F>[] = [];
  for (const flag of flags.toReversed()) {
    const width = textWidth(flag.text) + 2 * air;
    const toLeft = flag.x + width > right;
    const from = toLeft ? flag.x - width : flag.x;
    const to = toLeft ? flag.x : flag.x + width;
    const under = spans.filter((span) => span.from < to && span.to > from);
    const row = Math.max(-1, ...under.map((span) => span.row)) + 1;
    const fits = row < (flag.important ? importantRowsMax : rowsMax);
    // The stem of a flag whose text is to the left would cross what stands there.
    if (fits) spans.push({ from, to: Math.max(to, flag.x + 1), row });
    placed.push({ flag, row: fits ? row : undefined, toLeft });
  }
  return placed.reverse();
}
