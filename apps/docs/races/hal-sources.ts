/** A source file of the HAL, as the player shows it. */
export interface SourceFile {
  /** Its lines. */
  readonly lines: readonly string[];
  /** Those that a bug changed or added, counted from 1. */
  readonly changed: readonly number[];
}

/** Files of the HAL by their names, such as `engine.ts`. */
export type HalSources = Readonly<Record<string, SourceFile>>;

/** One line of an excerpt. */
export interface ExcerptLine {
  /** Its number in the file. */
  readonly number: number;
  /** Its text. */
  readonly text: string;
  /** Whether the access is there. */
  readonly here: boolean;
  /** Whether the bug changed or added it. */
  readonly changed: boolean;
}

/** The lines around a place such as `engine.ts:42`; empty for a place that the sources do not have. */
export function excerptAt(sources: HalSources, place: string, around: number): ExcerptLine[] {
  const [name = "", digits = ""] = place.split(":");
  const file = sources[name];
  const line = Number(digits);
  if (file === undefined || !(line >= 1 && line <= file.lines.length)) return [];
  const first = Math.max(1, line - around);
  const last = Math.min(file.lines.length, line + around);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index;
    const text = file.lines[number - 1] ?? "";
    return { number, text, here: number === line, changed: file.changed.includes(number) };
  });
}
