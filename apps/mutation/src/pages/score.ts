import type { MeansName } from "../means/means.js";
import { isSampled } from "../plan.js";
import type { Reason } from "../reasons.js";
import type { ResultRow } from "./results.js";

/** How many of how many. */
export interface Share {
  /** Killed. */
  readonly killed: number;
  /** Asked about. */
  readonly asked: number;
}

/** Whether laws or random programs killed it. */
function isKilled({ by = {} }: ResultRow): boolean {
  return typeof by.laws === "string" || typeof by.random === "string";
}

/** Whether laws and random programs were asked about it until one killed it, or both did not. */
export function isAsked(row: ResultRow): boolean {
  return row.apart === undefined && (isKilled(row) || isSurvivor(row));
}

/** Whether it counts, and neither laws nor random programs kill it. */
export function isSurvivor({ apart, by = {} }: ResultRow): boolean {
  return apart === undefined && by.laws === null && by.random === null;
}

/** The mutants that count, were asked about, and are not equivalent. */
export function scored(
  rows: readonly ResultRow[],
  reasons: ReadonlyMap<string, Reason>,
): readonly ResultRow[] {
  return rows.filter((row) => isAsked(row) && reasons.get(row.id)?.kind !== "equivalent");
}

/**
 * Those of them that a program could show: the others differ only where no operation reaches, or between
 * two threads, and unit tests hold them.
 */
export function showable(
  rows: readonly ResultRow[],
  reasons: ReadonlyMap<string, Reason>,
): readonly ResultRow[] {
  return scored(rows, reasons).filter((row) => {
    const kind = isSurvivor(row) ? reasons.get(row.id)?.kind : undefined;
    if (row.isUnreached) return false;
    return kind !== "unit-test" && kind !== "threads";
  });
}

/** What laws and random programs kill together. */
export function together(rows: readonly ResultRow[]): Share {
  return { killed: rows.filter(isKilled).length, asked: rows.length };
}

/** What one means kills, of the drawn mutants that met every means: others met it only where they survived others. */
export function byMeans(rows: readonly ResultRow[], means: MeansName): Share {
  const asked = rows.filter(({ id, by }) => isSampled(id) && by?.[means] !== undefined);
  return { killed: asked.filter(({ by }) => by?.[means] !== null).length, asked: asked.length };
}

/** Rows by the file of their mutants. */
export function byFile(rows: readonly ResultRow[]): ReadonlyMap<string, readonly ResultRow[]> {
  const files = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const [file = ""] = row.id.split(":");
    files.set(file, [...(files.get(file) ?? []), row]);
  }
  return files;
}

/** A share as a text: `812 of 900, 90.2 %`. */
export function shareText({ killed, asked }: Share): string {
  return asked === 0 ? "none asked" : `${killed} of ${asked}, ${percent({ killed, asked })}`;
}

/** A share in percent. */
function percent({ killed, asked }: Share): string {
  return asked === 0 ? "–" : `${((100 * killed) / asked).toFixed(1)} %`;
}
