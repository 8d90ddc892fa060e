import { nearestNames } from "@escapement/timeline";
import { type ConformanceError, conformanceErrors } from "./conformance-errors.js";
import type { Law, LawId } from "./law.js";
import { laws as catalogue } from "./laws/index.js";

/** Which laws to run. */
export interface LawSelection {
  /** Ids to keep, in any case and order, or a group such as `STOP`; all when absent or empty. */
  readonly only?: readonly string[];
  /**
   * Ids or groups that are not to be run, as in `only`: chosen, and reported as `skip` with the reason
   * `skipped by request`. None when absent.
   */
  readonly skip?: readonly string[];
  /**
   * Whether the laws of kept and random programs (`ANY`) are among those to choose from; true when
   * absent. They take about half a second on a simulated board.
   */
  readonly random?: boolean;
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
  const laws = lawsOf(selection);
  if (laws.length === 0) {
    // A run of nothing would look like a board on which every law holds.
    throw conformanceErrors.noLaws();
  }
  const ids = new Set<string>();
  for (const law of laws) {
    if (ids.has(law.id)) throw conformanceErrors.sameId({ id: law.id });
    ids.add(law.id);
  }
  const only = selection.only ?? [];
  if (only.length === 0) return laws;
  const chosen = lawsNamed(only, laws);
  return laws.filter((law) => chosen.has(law));
}

/**
 * The laws that are not to be run.
 *
 * @throws {@link ConformanceError} `unknown-law`, as {@link selectLaws}.
 */
export function skippedLaws(selection: LawSelection): ReadonlySet<LawId> {
  const { skip = [] } = selection;
  return new Set([...lawsNamed(skip, lawsOf(selection))].map(({ id }) => id));
}

function lawsOf({ laws = catalogue, random = true }: LawSelection): readonly Law[] {
  return random ? laws : laws.filter(({ programs }) => programs === undefined);
}

function lawsNamed(names: readonly string[], laws: readonly Law[]): ReadonlySet<Law> {
  const named = new Set<Law>();
  for (const wanted of names) {
    const id = wanted.trim().toUpperCase();
    const found = laws.filter((law) => law.id === id || law.id.startsWith(`${id}-`));
    if (found.length === 0) {
      throw unknownLaw(
        wanted,
        laws.map((law) => law.id),
      );
    }
    for (const law of found) named.add(law);
  }
  return named;
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
  const near = nearestNames(id.toUpperCase(), ids, 3);
  const count = ids.length;
  return near.length === 0
    ? conformanceErrors.unknownLaw({ id, count })
    : conformanceErrors.misspeltLaw({ id, count, near: near.join(", ") });
}
