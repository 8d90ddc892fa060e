import { existsSync, readFileSync } from "node:fs";
import type { BugInC, MuseumBug } from "./bug.js";
import { findBug, museum } from "./museum.js";
import { museumErrors } from "./museum-errors.js";

/** A bug that the C firmware can have. */
export type FirmwareBug = MuseumBug & {
  /** The bug in C. */
  readonly c: BugInC;
};

/** The bugs that the C firmware can have. */
export const firmwareBugs: readonly FirmwareBug[] = museum.filter(hasC);

function hasC(bug: MuseumBug): bug is FirmwareBug {
  return bug.c !== undefined;
}

/**
 * The bug of the C firmware with a name.
 *
 * @throws MuseumError `unknown-bug`, `not-in-c`.
 */
export function findFirmwareBug(name: string): FirmwareBug {
  const bug = findBug(name);
  if (!hasC(bug)) throw museumErrors.notInC({ name });
  return bug;
}

/** Beside the museum's `src/` and `dist/`; inside the `dist/` of a package that bundles the museum. */
const patches = ["../patches/c/", "patches/c/"].map((place) => new URL(place, import.meta.url));

/**
 * The patch of a bug of the C firmware, against `packages/firmware/c`.
 *
 * @throws MuseumError `not-built`.
 */
export function firmwarePatch({ name }: FirmwareBug): string {
  const folder = patches.find((each) => existsSync(each));
  if (folder === undefined) throw museumErrors.noPatches();
  return readFileSync(new URL(`${name}.patch`, folder), "utf8");
}

/** Bugs that show in the time of a computation, which on this machine takes none: it passes where the port is accessed. */
const slowOnes: ReadonlySet<string> = new Set(["freebsd-d29093"]);

/** Whether a bug of the C firmware shows on the Uno alone: it is in its port, or in how long something takes. */
export function isOfUno(bug: FirmwareBug): boolean {
  return slowOnes.has(bug.name) || /^\+\+\+ b\/ports\//m.test(firmwarePatch(bug));
}
