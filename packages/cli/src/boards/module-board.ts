/* What a board's thread loads in place of the user's module: it makes a board of whatever is in that. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isExploreTarget } from "@escapement/explore/node";
import { thrownText } from "@escapement/scenario";
import { boardErrors } from "../cli-errors.js";

/** What the thread gets. */
export interface ModuleBoardData {
  /** URL of the user's module. */
  readonly module: string;
  /** The seed of simulated hardware, where one was given. */
  readonly seed?: number;
}

/** The profile that a function of the module is asked for; a factory of one board need not look at it. */
const PROFILE = "avr16";

/** Returns the board in the module: as it is, of its factory, or made of its target. */
export default async function boardOfModule({ module, seed }: ModuleBoardData): Promise<unknown> {
  const { default: exported } = await importUsers(module);
  const made: unknown = await (typeof exported === "function"
    ? exported(PROFILE, { seed })
    : exported);
  const found: unknown[] = Array.isArray(made) ? made : [made];
  const [first] = found;
  if (!isExploreTarget(first)) {
    if (isBoard(first)) return first;
    throw boardErrors.noBoardInModule({ module });
  }
  if (found.length > 1) {
    const names = found.filter(isExploreTarget).map(({ name }) => name);
    throw boardErrors.manyTargets({ module, count: found.length, names: names.join(", ") });
  }
  const { targetBoard } = await import("@escapement/explore");
  return targetBoard(first, seed);
}

function isBoard(found: unknown): boolean {
  return typeof found === "object" && found !== null && "describe" in found && "run" in found;
}

async function importUsers(module: string): Promise<{ readonly default?: unknown }> {
  let found: { readonly default?: unknown };
  // Node's own sentence names the file of ours that imports it.
  if (module.startsWith("file:") && !existsSync(fileURLToPath(module))) {
    throw boardErrors.noSuchFile({ file: fileURLToPath(module) });
  }
  try {
    found = await import(/* @vite-ignore */ module);
  } catch (cause) {
    const failed = { module, reason: thrownText(cause) };
    throw /\.[cm]?tsx?$/.test(module)
      ? boardErrors.cannotImportTypeScript(failed)
      : boardErrors.cannotImport(failed);
  }
  if (found.default === undefined) throw boardErrors.noDefaultExport({ module });
  return found;
}
