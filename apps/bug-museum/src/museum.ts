import { nearestNames } from "@escapement/timeline";
import type { Bug, MuseumBug } from "./bug.js";
import { armingBugs } from "./bugs/arming.js";
import { callbackBugs } from "./bugs/callbacks.js";
import { chipBugs } from "./bugs/chips.js";
import { compareBugs } from "./bugs/compare.js";
import { dispatchBugs } from "./bugs/dispatch.js";
import { flagBugs } from "./bugs/flags.js";
import { lifecycleBugs } from "./bugs/lifecycle.js";
import { periodicBugs } from "./bugs/periodic.js";
import { portBugs } from "./bugs/ports.js";
import { raceBugs } from "./bugs/races.js";
import { readingBugs } from "./bugs/reading.js";
import { registryBugs } from "./bugs/registry.js";
import { softBugs } from "./bugs/soft.js";
import { stoppingBugs } from "./bugs/stopping.js";
import { museumErrors } from "./museum-errors.js";
import { shortest } from "./shortest.js";

/**
 * Every bug of the museum: those of the HAL first, in the order of the contract's groups, then those
 * of ports and chips.
 *
 * @example
 * ```ts
 * import { museum } from "@escapement/bug-museum";
 *
 * for (const { name, owner, title } of museum) console.log(name, owner, title);
 * ```
 */
export const museum: readonly MuseumBug[] = [
  ...readingBugs,
  ...compareBugs,
  ...flagBugs,
  ...armingBugs,
  ...stoppingBugs,
  ...raceBugs,
  ...registryBugs,
  ...periodicBugs,
  ...dispatchBugs,
  ...callbackBugs,
  ...softBugs,
  ...lifecycleBugs,
  ...portBugs,
  ...chipBugs,
].map(withSchedule);

function withSchedule(bug: Bug): MuseumBug {
  return { ...bug, ...(shortest[bug.name] ?? { schedule: "", value: 0 }) };
}

/**
 * Finds a bug by its name.
 *
 * @throws {@link MuseumError} `unknown-bug`, with the names that come nearest.
 */
export function findBug(name: string): MuseumBug {
  const wanted = name.trim().toLowerCase();
  const found = museum.find((bug) => bug.name === wanted);
  if (found !== undefined) return found;
  const near = nearestNames(
    wanted,
    museum.map((bug) => bug.name),
    3,
  );
  const count = museum.length;
  if (near.length > 0) throw museumErrors.misspelt({ name, near: near.join(", "), count });
  const some = museum.slice(0, 3).map((bug) => bug.name);
  throw museumErrors.nothingNear({ name, some: some.join(", "), count });
}
