import { nearestNames } from "@escapement/timeline";
import type { BugStory, MuseumBug } from "./bug.js";
import { portBugs } from "./bugs/ports.js";
import { halBugs } from "./hal-bugs.js";
import { museumErrors } from "./museum-errors.js";
import { shortest } from "./shortest.js";

/**
 * Every bug of the museum: those of the HAL first, in the order of the contract's groups, then those
 * of ports and boards.
 *
 * @example
 * ```ts
 * import { museum } from "@escapement/bug-museum";
 *
 * for (const { name, owner, title } of museum) console.log(name, owner, title);
 * ```
 */
export const museum: readonly MuseumBug[] = [...halBugs, ...portBugs].map(withSchedule);

function withSchedule(story: BugStory): MuseumBug {
  return { ...story, ...(shortest[story.name] ?? { schedule: "", value: 0 }) };
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
