import { searchOfCode } from "./fingerprint.js";
import type { SearchPlan } from "./ledger.js";
import { type CaseLook, type SearchCase, unitsOfCase } from "./unit.js";

/** A case that was not looked at: it has one part. */
export const unknownCase: CaseLook = { parts: 1, plainRun: 0 };

/** Puts together what a search was asked for and what the first looks at its cases came to. */
export function layOut(
  asked: string,
  cases: readonly SearchCase[],
  looks: readonly CaseLook[],
): Pick<SearchPlan, "search" | "units"> {
  const all = cases.map((found, at) => ({ found, ...(looks[at] ?? unknownCase) }));
  return {
    search: searchOfCode(
      asked,
      all.map(({ plainRun }) => plainRun),
    ),
    units: all.flatMap(({ found, parts }) => unitsOfCase(found, parts)),
  };
}
