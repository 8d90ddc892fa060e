import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.js";

/** The parts of a package.json that these tests look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a folder of the workspace, or of a copy of it at `base`. */
export function manifestOf(folder: string, base = root): Manifest {
  return JSON.parse(readFileSync(join(base, folder, "package.json"), "utf8")) as Manifest;
}
