import type { MeansName } from "./means/means.js";
import type { Language, Mutant } from "./mutants/mutant.js";
import type { Row } from "./store.js";

/*
 * Which means are asked for which mutant. The score is that of laws and random programs together, so every mutant
 * meets both until one kills it: random programs first, which take a second where laws take five. How strong each
 * means is by itself is measured on an eighth of the mutants, drawn by their ids, which meet all of them. Unit tests
 * are asked about each survivor, too: whether they hold it is part of its reason.
 */

const apartFromPrograms: Readonly<Record<Language, readonly MeansName[]>> = {
  ts: ["search", "unit"],
  c: ["unit"],
};

/** Whether a mutant, by its id, is in the eighth for which every means is asked. */
export function isSampled(id: string): boolean {
  return Number.parseInt(id.slice(-8), 16) % 8 === 0;
}

/** What is to be asked now of a mutant of which so much is known; nothing where it is done. */
export function meansToAsk({ id, language }: Mutant, row: Row | undefined): readonly MeansName[] {
  if (row?.apart !== undefined) return [];
  if (row?.isUnreached) return row.results.unit === undefined ? ["unit"] : [];
  const { results } = row ?? { results: {} };
  const isOpen = (means: MeansName): boolean => results[means] === undefined;
  if (isOpen("random")) return ["random"];
  if (isOpen("laws") && (isSampled(id) || !isKilled(row))) return ["laws"];
  if (isSampled(id)) return apartFromPrograms[language].filter(isOpen);
  return !isKilled(row) && isOpen("unit") ? ["unit"] : [];
}

/** Whether laws or random programs killed it. */
export function isKilled(row: Row | undefined): boolean {
  const { laws, random } = row?.results ?? {};
  return laws?.verdict === "killed" || random?.verdict === "killed";
}
