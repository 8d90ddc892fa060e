import { halSources } from "../builds/c-build.js";
import { coreSources } from "../builds/hal-build.js";
import { cMutants } from "./c-mutants.js";
import { apart } from "./left-out.js";
import type { Language, Mutant } from "./mutant.js";
import { typeScriptMutants } from "./typescript-mutants.js";

/** All mutants of a HAL, those too that do not count. */
export function allMutants(language: Language): Promise<readonly Mutant[]> {
  return language === "ts" ? typeScriptMutants(coreSources()) : cMutants(halSources());
}

/** The mutants of a HAL that are asked about; whether they compile is not known yet. */
export async function candidates(language: Language): Promise<readonly Mutant[]> {
  return (await allMutants(language)).filter((mutant) => apart(mutant) === undefined);
}
