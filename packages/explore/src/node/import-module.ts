import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { thrownText } from "@escapement/scenario";
import { moduleErrors } from "./module-errors.js";

/**
 * Imports a module by its URL.
 *
 * @throws ExploreError `cannot-run` when there is none, when it cannot be read as a module, or when
 * it throws; `cause` has what lies under it.
 */
export async function importModule(module: string): Promise<Readonly<Record<string, unknown>>> {
  const name = moduleName(module);
  if (module.startsWith("file:") && !existsSync(name)) {
    throw moduleErrors.noFile({ name });
  }
  try {
    return await import(/* @vite-ignore */ module);
  } catch (cause) {
    throw moduleErrors.notImported({ name, why: thrownText(cause) }, { cause });
  }
}

/** A module as a person names it: the path of a file, else its URL. */
export function moduleName(module: string): string {
  try {
    return fileURLToPath(module);
  } catch {
    return module;
  }
}
