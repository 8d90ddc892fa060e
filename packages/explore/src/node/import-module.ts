import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { thrownText } from "@escapement/scenario";
import { ExploreError } from "../explore-error.js";

/**
 * Imports a module by its URL.
 *
 * @throws ExploreError `cannot-run` when there is none, when it cannot be read as a module, or when
 * it throws; `cause` has what lies under it.
 */
export async function importModule(module: string): Promise<Readonly<Record<string, unknown>>> {
  const name = moduleName(module);
  if (module.startsWith("file:") && !existsSync(name)) {
    throw refused(
      `The module ${name} cannot be imported: there is no such file`,
      "Give the path of a file, from the folder that the command runs in.",
    );
  }
  try {
    return await import(/* @vite-ignore */ module);
  } catch (cause) {
    throw refused(
      `The module ${name} cannot be imported: ${thrownText(cause)}`,
      "Is it an ES module that Node can read, and is what it imports installed?",
      cause,
    );
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

/** A module that cannot be used, and what to do. */
export function refused(message: string, hint: string, cause?: unknown): ExploreError {
  return new ExploreError("cannot-run", message, hint, { cause });
}
