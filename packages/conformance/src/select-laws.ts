import { nearest } from "./_internal/nearest.js";
import { ConformanceError } from "./conformance-error.js";
import type { Law, LawId } from "./law.js";
import { laws as catalogue } from "./laws/index.js";

/** Which laws to run. */
export interface LawSelection {
  /** Ids to keep, in any case and order, or a group such as `STOP`; all when absent or empty. */
  readonly only?: readonly string[];
  /** The laws to choose from; the whole catalogue when absent. */
  readonly laws?: readonly Law[];
}

/**
 * Chooses laws, in the catalogue's order, each once.
 *
 * @throws {@link ConformanceError} `unknown-law` when an id is not in the catalogue, with the ids
 * that come nearest; `invalid-option` when two laws share an id, or there are none at all.
 *
 * @example
 * ```ts
 * import { selectLaws } from "@escapement/conformance";
 *
 * console.log(selectLaws({ only: ["STOP"] }).length);
 * ```
 */
export function selectLaws(selection: LawSelection = {}): readonly Law[] {
  const laws = selection.laws ?? catalogue;
  if (laws.length === 0) {
    // A run of nothing would look like a board on which every law holds.
    throw new ConformanceError("invalid-option", "there are no laws to choose from", "Give some.");
  }
  const byId = new Map<string, Law>();
  for (const law of laws) {
    if (byId.has(law.id)) {
      throw new ConformanceError(
        "invalid-option",
        `two laws have the id ${law.id}`,
        "Give each law an id of its own.",
      );
    }
    byId.set(law.id, law);
  }
  const only = selection.only ?? [];
  if (only.length === 0) return laws;
  const chosen = new Set<Law>();
  for (const wanted of only) {
    const id = wanted.trim().toUpperCase();
    const group = laws.filter((law) => law.id.startsWith(`${id}-`));
    const law = byId.get(id);
    if (law !== undefined) chosen.add(law);
    else if (group.length > 0) for (const member of group) chosen.add(member);
    else throw unknownLaw(wanted, [...byId.keys()]);
  }
  return laws.filter((law) => chosen.has(law));
}

/**
 * Finds a law by its id, in any case.
 *
 * @throws {@link ConformanceError} `unknown-law`.
 */
export function findLaw(id: LawId | string, laws: readonly Law[] = catalogue): Law {
  const wanted = id.trim().toUpperCase();
  const law = laws.find((candidate) => candidate.id === wanted);
  if (law === undefined) {
    throw unknownLaw(
      id,
      laws.map((candidate) => candidate.id),
    );
  }
  return law;
}

function unknownLaw(id: string, ids: readonly string[]): ConformanceError {
  const near = nearest(id.toUpperCase(), ids, 3);
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(", ")}? \`escapement laws\` lists all ${ids.length}.`
      : `\`escapement laws\` lists all ${ids.length}.`;
  return new ConformanceError("unknown-law", `there is no law "${id}"`, hint);
}
