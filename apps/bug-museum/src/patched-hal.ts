/// <reference path="./generated.d.ts" />
import { TimerHal } from "@escapement/core";
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

async function loadPatchedHal(name: string): Promise<HalClass> {
  try {
    const { patchedHals } = await import("#patched-hals");
    const load = patchedHals[name];
    if (load !== undefined) return (await load()).TimerHal;
  } catch (cause) {
    throw museumErrors.notBuilt({ name }, { cause });
  }
  throw museumErrors.notBuilt({ name });
}
