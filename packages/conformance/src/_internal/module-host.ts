import type { Board } from "@escapement/scenario";
import { conformanceErrors } from "../conformance-errors.js";

/** Opens the board of a module behind a boundary. */
export type ModuleOpener = (module: string) => Promise<Board>;

let opener: ModuleOpener | undefined;

/** Gives the package the means to open the board of a module; a host that has none gives none. */
export function installModuleOpener(open: ModuleOpener): void {
  opener = open;
}

/**
 * Opens the board of a module.
 *
 * @throws ConformanceError `invalid-option` on a host that has no threads to put it in.
 */
export async function openModule(module: URL | string): Promise<Board> {
  if (opener !== undefined) return opener(String(module));
  throw conformanceErrors.needsNode();
}
