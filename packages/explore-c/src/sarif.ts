import type { RaceFinding, RaceFindingKind } from "./finding.js";
import type { RaceLimits } from "./limits.js";
import { type SarifFacts, type SarifResult, sarifLog } from "./sarif-log.js";
import type { RaceResult } from "./search.js";

const rules: Readonly<Record<RaceFindingKind, string>> = {
  atomicity: "An interrupt comes between two accesses that belong together.",
  assertion: "A condition that the program asserts does not hold.",
  "wild access": "Memory is used that is none of the program's.",
  trap: "The processor could not go on.",
  "stack overflow": "The stack is full.",
  hang: "Code goes round for ever, and no interrupt can change it.",
};

/**
 * Writes the findings of a search as SARIF 2.1.0, which code hosts show beside the lines. Splits that
 * need not belong together are notes. Properties of the run say how far the search went: `complete` within its
 * `limits`, or `cut` by what. The same input gives the same text.
 */
export function raceSarif(
  { findings, notes, cut, coverage }: RaceResult,
  facts: SarifFacts,
  limits: Partial<RaceLimits> = {},
): string {
  const extent = {
    complete: cut === undefined,
    ...(cut !== undefined && { cut }),
    landings: coverage.landings,
    runs: coverage.runs,
    limits,
  };
  const results = [...findings, ...notes].map(resultOf);
  return sarifLog({ name: "escapement race", rules, results, extent }, facts);
}

function resultOf(finding: RaceFinding): SarifResult {
  const { kind, note, place } = finding;
  const level = note !== undefined ? "note" : kind === "atomicity" ? "warning" : "error";
  // A finding in code without lines has no place, and a line 0 is none.
  return { ...finding, level, place: place.line > 0 ? place : undefined };
}
