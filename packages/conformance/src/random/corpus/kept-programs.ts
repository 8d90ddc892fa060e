import type { BoardDescription } from "@escapement/scenario";
import type { LawId, LawProgram } from "../../law.js";
import { corpusProgram } from "./entry.js";
import { corpus } from "./index.js";

/** The law of the kept programs. */
export const keptProgramsLaw: LawId = "ANY-01";

/** The kept programs that a board can run, each with its name. */
export function keptPrograms(description: BoardDescription): readonly LawProgram[] {
  return corpus.flatMap((entry) => {
    const program = corpusProgram(entry, description);
    return program === undefined ? [] : [{ origin: { corpus: entry.name }, program }];
  });
}
