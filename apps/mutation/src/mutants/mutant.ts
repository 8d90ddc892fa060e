import { createHash } from "node:crypto";

/** Which HAL a mutant is of. */
export type Language = "ts" | "c";

/** One small change of one source file. */
export interface Mutant {
  /** The same for the same change, also where lines moved: `alarm.ts:1a2b3c4d`. */
  readonly id: string;
  /** Which HAL it is of. */
  readonly language: Language;
  /** The file, by its name in the HAL's folder. */
  readonly file: string;
  /** The operator that made it, as Stryker calls it. */
  readonly operator: string;
  /** First character of what is replaced. */
  readonly start: number;
  /** The character behind it. */
  readonly end: number;
  /** Its line, from 1. */
  readonly line: number;
  /** What was there. */
  readonly original: string;
  /** What is there instead. */
  readonly replacement: string;
}

/** A change that has no id yet. */
export type Change = Omit<Mutant, "id" | "line">;

/**
 * Gives changes their ids and lines, in the order of the file. An id is made of the file, the operator, what was
 * there, what is there instead, and which of those that are alike in all of this it is.
 */
export function identify(changes: readonly Change[], text: string): readonly Mutant[] {
  const seen = new Map<string, number>();
  const inOrder = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  return inOrder.map((change) => {
    const { file, operator, original, replacement } = change;
    const key = [file, operator, original, replacement].join("\0");
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const hash = createHash("sha256").update(`${key}\0${occurrence}`).digest("hex");
    const line = text.slice(0, change.start).split("\n").length;
    return { id: `${file}:${hash.slice(0, 8)}`, line, ...change };
  });
}

/** A file's text with a mutant in it. */
export function withMutant(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
