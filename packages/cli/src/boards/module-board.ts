/* What a board's thread loads in place of the user's module: it makes a board of whatever is in that. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isExploreTarget } from "@escapement/explore/node";
import { BoardError, thrownText } from "@escapement/scenario";

/** What the thread is told. */
export interface ModuleBoardData {
  /** URL of the user's module. */
  readonly module: string;
  /** The seed of simulated hardware, where one was given. */
  readonly seed?: number;
}

/** The profile that a function of the module is asked for; a factory of one board need not look at it. */
const PROFILE = "avr16";

const shape =
  "The default export has to be a board, a target of @escapement/explore, or a function that answers one of them.";

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
    throw refused(`the default export of ${module} is no board, and makes none`, shape);
  }
  if (found.length > 1) {
    const names = found.filter(isExploreTarget).map(({ name }) => name);
    throw refused(
      `${module} has ${found.length} targets: ${names.join(", ")}`,
      "Export one of them.",
    );
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
    throw refused(
      `${fileURLToPath(module)} cannot be imported: there is no such file`,
      "Give the path of a file, from the folder that the command runs in.",
    );
  }
  try {
    found = await import(/* @vite-ignore */ module);
  } catch (cause) {
    const message = thrownText(cause);
    const hint = /\.[cm]?tsx?$/.test(module)
      ? "Node takes TypeScript by itself from 22.18 on; else build it, and give the JavaScript file."
      : "Is the file there, and is it an ES module that imports only what is installed?";
    throw refused(`${module} cannot be imported: ${message}`, hint);
  }
  if (found.default === undefined) throw refused(`${module} has no default export`, shape);
  return found;
}

/** No board of that name: the command line ends as for a port that is not there. */
function refused(message: string, hint: string): BoardError {
  return new BoardError("port-not-found", message, hint);
}
