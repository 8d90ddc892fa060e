/// <reference path="./generated.d.ts" />
import { TimerHal } from "@escapement/core";
import type { PatchedCore } from "#patched-hals";
import type { Bug } from "./bug.js";
import { museumErrors } from "./museum-errors.js";

/** The class of the HAL, patched or not. */
export type HalClass = typeof TimerHal;

/**
 * The HAL with a bug in it; Escapement's own for a bug elsewhere.
 *
 * A patched HAL is a class of its own, and so are its errors: distinguish them by `code`.
 *
 * @throws {@link MuseumError} `not-built` when the patched HALs were not built.
 */
export async function loadHal(bug: Bug): Promise<HalClass> {
  return bug.where === "hal" ? loadPatchedHal(bug.name) : TimerHal;
}

/**
 * The HAL built as the patched ones are, but without a patch: the control that shows that what
 * fails, fails for the patch.
 *
 * @throws {@link MuseumError} `not-built`.
 */
export function loadControlHal(): Promise<HalClass> {
  return loadPatchedHal("none");
}

/** A HAL that says at which line of its sources it is. */
export interface PlacedHal {
  /** The class. */
  readonly hal: HalClass;
  /**
   * The place of the access that a HAL of this class made last, or is about to make, as `engine.ts:42`; the lines are those
   * of the sources with the bug in them. Undefined before the first access.
   */
  readonly describePlace: () => string | undefined;
}

/**
 * The HAL with a bug in it, or without one for `undefined` and for a bug elsewhere; it says where it is.
 *
 * @throws {@link MuseumError} `not-built`.
 */
export async function loadPlacedHal(bug?: Bug): Promise<PlacedHal> {
  const { TimerHal: hal, describePlace } = await loadModule(
    bug?.where === "hal" ? bug.name : "none",
  );
  return { hal, describePlace };
}

async function loadPatchedHal(name: string): Promise<HalClass> {
  return (await loadModule(name)).TimerHal;
}

async function loadModule(name: string): Promise<PatchedCore> {
  try {
    const { patchedHals } = await import("#patched-hals");
    const load = patchedHals[name];
    if (load !== undefined) return await load();
  } catch (cause) {
    throw museumErrors.notBuilt({ name }, { cause });
  }
  throw museumErrors.notBuilt({ name });
}
