import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Board, thrownText } from "@escapement/scenario";
import { conformanceErrors } from "../conformance-errors.js";

/** What finds a module: Node's own `import`, or that of a tool that takes TypeScript. */
export type LoadModule = (url: string) => Promise<Readonly<Record<string, unknown>>>;

/** Where a board is to be found. */
export interface BoardPlace {
  /** URL of the module. */
  readonly module: string;
  /** Name of the export that is the board, or a function that makes it. */
  readonly exportName: string;
  /** What a function is called with. */
  readonly data: unknown;
}

/**
 * Imports a module and returns the board in it, or what its function makes.
 *
 * @throws ConformanceError `bad-module`; what the function itself throws comes as it is.
 */
export async function findBoard(place: BoardPlace, load: LoadModule): Promise<Board> {
  const { module, exportName, data } = place;
  const exported = (await importModule(module, load))[exportName];
  const made: unknown = await (typeof exported === "function" ? exported(data) : exported);
  if (isBoard(made)) return made;
  const found = { module: moduleName(module), name: exportName };
  throw exported === undefined
    ? conformanceErrors.noExport(found)
    : conformanceErrors.noBoardInModule(found);
}

/**
 * Imports a module by its URL.
 *
 * @throws ConformanceError `bad-module`, with what is wrong.
 */
export async function importModule(
  module: string,
  load: LoadModule,
): Promise<Readonly<Record<string, unknown>>> {
  const name = moduleName(module);
  // Node's own sentence names the file of ours that imports it.
  if (module.startsWith("file:") && !existsSync(name)) {
    throw conformanceErrors.noSuchFile({ module: name });
  }
  try {
    return await load(module);
  } catch (cause) {
    const failed = { module: name, reason: thrownText(cause) };
    throw /\.[cm]?tsx?$/.test(module)
      ? conformanceErrors.cannotImportTypeScript(failed, { cause })
      : conformanceErrors.cannotImport(failed, { cause });
  }
}

/** A module as a person names it: the path of a file, else its URL. */
function moduleName(module: string): string {
  try {
    return fileURLToPath(module);
  } catch {
    return module;
  }
}

function isBoard(found: unknown): found is Board {
  if (typeof found !== "object" || found === null) return false;
  const board = found as Partial<Record<keyof Board, unknown>>;
  return [board.describe, board.run, board.reset, board.close].every(
    (member) => typeof member === "function",
  );
}
