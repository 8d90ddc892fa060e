import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Board, thrownText } from "@escapement/scenario";
import { ConformanceError } from "../conformance-error.js";

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
  throw new ConformanceError(
    "bad-module",
    exported === undefined
      ? `${moduleName(module)} exports no ${exportName}`
      : `the export ${exportName} of ${moduleName(module)} is no board, and makes none`,
    "Export a board, such as createSimBoard or createBoard returns, or a function that returns one.",
  );
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
    throw new ConformanceError(
      "bad-module",
      `${name} cannot be imported: there is no such file`,
      "Give the path of a file, from the folder that the command runs in.",
    );
  }
  try {
    return await load(module);
  } catch (cause) {
    const message = thrownText(cause);
    throw new ConformanceError(
      "bad-module",
      `${name} cannot be imported: ${message}`,
      /\.[cm]?tsx?$/.test(module)
        ? "Node takes TypeScript by itself from 22.18 on; else build it, and give the JavaScript file."
        : "Is the file there, and does it import only what is installed?",
      { cause },
    );
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
