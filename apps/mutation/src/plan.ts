import type { MeansName } from "./means/means.js";
import type { Mutant } from "./mutants/mutant.js";
import type { Row } from "./store.js";

/*
 * Which means are asked for which mutant. The score is that of laws and random programs together, so every mutant
 * meets both until one kills it. How strong each means is by itself is measured on a quarter of the mutants, drawn by
 * their ids, which meet all of them; the others too where laws and random programs leave a mutant alive.
 */

/** Asked of every mutant. */
const always: Readonly<Record<Mutant["language"], readonly MeansName[]>> = {
  ts: ["laws"],
  c: ["random"],
};

/** Asked of a quarter, and of the survivors. */
const sampled: Readonly<Record<Mutant["language"], readonly MeansName[]>> = {
  ts: ["random", "search", "unit"],
  c: ["laws", "unit"],
};

/** Whether a mutant is in the quarter for which every means is asked. */
function isSampled({ id }: Mutant): boolean {
  return Number.parseInt(id.slice(-8), 16) % 4 === 0;
}

/** What is to be asked now of a mutant of which so much is known; nothing where it is done. */
export function meansToAsk(mutant: Mutant, row: Row | undefined): readonly MeansName[] {
  if (row?.apart !== undefined) return [];
  const results = row?.results ?? {};
  const first = always[mutant.language].filter((means) => results[means] === undefined);
  if (first.length > 0) return first;
  if (!isSampled(mutant) && isKilled(row)) return [];
  const second = sampled[mutant.language].filter((means) => results[means] === undefined);
  // What laws and random programs say of it decides whether the rest is asked.
  const [next] = second.filter((means) => means === "laws" || means === "random");
  return next === undefined ? second : [next];
}

/** Whether laws or random programs killed it. */
export function isKilled(row: Row | undefined): boolean {
  const { laws, random } = row?.results ?? {};
  return laws?.verdict === "killed" || random?.verdict === "killed";
}
