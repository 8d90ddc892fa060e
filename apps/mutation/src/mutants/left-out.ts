import type { Mutant } from "./mutant.js";

/** Why a mutant is counted apart; undefined for one that counts. */
export type Apart = "diagnosis" | "text";

/** Files that only say what is wrong: no timer behaves otherwise, whatever is changed there. */
const diagnosis = new Set(["audit.ts", "describe-cell.ts"]);

/** Tables of messages and hints, and the class that carries them. */
const texts = new Set(["timer-errors.ts", "timer-error.ts", "error-table.ts"]);

/**
 * Why a mutant is left out of the score, where it is: the files of the diagnosis, which the search uses and no
 * timer does, and the texts of errors. Which code an error has does count, as it is chosen where it is thrown.
 */
export function apart(mutant: Mutant): Apart | undefined {
  if (diagnosis.has(mutant.file)) return "diagnosis";
  if (texts.has(mutant.file)) return "text";
  return isText(mutant) ? "text" : undefined;
}

/** A literal with a blank in it is a message; results, modes and codes have none. */
function isText({ operator, original }: Mutant): boolean {
  return operator === "StringLiteral" && / /.test(original);
}
