import type { HelpRow } from "./command.js";
import { wrapped } from "./wrapped.js";

/** Written forms wider than this have their meaning on the next line. */
const WRITTEN_MAX = 30;

/** With less room than this beside it, every meaning is on the next line. */
const ABOUT_MIN = 26;

/** Lines are no easier to read beyond this. */
export const COLUMNS_MAX = 100;

/** How rows are laid out. */
export interface TwoColumnsOptions {
  /** The width to keep within. */
  readonly columns: number;
  /** Spaces before each row; 2 when absent. */
  readonly indent?: number;
  /** Rows that have the same columns, where there are others than these. */
  readonly besideAll?: readonly HelpRow[];
  /** Gives what is written its looks; its width stays. */
  readonly written?: (text: string) => string;
}

/**
 * Rows of two columns: what is written, which is never broken, and what it means,
 * wrapped at words. A narrow terminal has the meaning under what it is of.
 */
export function twoColumns(
  rows: readonly HelpRow[],
  {
    columns,
    indent: before = 2,
    besideAll = rows,
    written: look = (text) => text,
  }: TwoColumnsOptions,
): string[] {
  const most = Math.min(columns, COLUMNS_MAX);
  const widths = besideAll
    .map(([written]) => written.length)
    .filter((width) => width <= WRITTEN_MAX);
  const beside = before + Math.max(0, ...widths) + 2;
  const isNarrow =
    most - beside < ABOUT_MIN || (rows.length > 1 && widths.length < besideAll.length / 2);
  const indent = isNarrow ? before + 4 : beside;
  return rows.flatMap(([written, about]) => {
    const lines = about === "" ? [] : wrapped(about, most - indent);
    const isUnder = isNarrow || written.length > WRITTEN_MAX;
    const [first, ...more] = isUnder ? ["", ...lines] : lines;
    const head = `${" ".repeat(before)}${look(written)}`;
    const gap = " ".repeat(Math.max(0, beside - before - written.length));
    return [
      first === undefined || first === "" ? head : `${head}${gap}${first}`,
      ...more.map((line) => " ".repeat(indent) + line),
    ];
  });
}
