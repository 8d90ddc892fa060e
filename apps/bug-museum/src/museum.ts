import type { BugStory, MuseumBug } from "./bug.js";
import { portBugs } from "./bugs/ports.js";
import { halBugs } from "./hal-bugs.js";
import { MuseumError } from "./museum-error.js";
import { nearestNames } from "./nearest.js";
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
  throw new MuseumError(
    "unknown-bug",
    `There is no bug "${name}"`,
    near.length > 0
      ? `Did you mean ${near.join(", ")}? \`escapement bugs\` lists all ${museum.length}.`
      : `\`escapement bugs\` lists all ${museum.length}, such as ${museum
          .slice(0, 3)
          .map((bug) => bug.name)
          .join(", ")}.`,
  );
}
