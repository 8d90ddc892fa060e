/** Why a mutant that nothing kills is left alive. */
export type ReasonKind =
  /** The HAL gives the same results at the same times within what is promised: no test could distinguish them. */
  | "equivalent"
  /** No operation of a program shows it, and a unit test does. */
  | "unit-test"
  /** It shows only where two threads run at once, which simulated chips do not have; the tests with threads hold it. */
  | "threads"
  /** Something that a law, the judge or the generator could show and does not yet. */
  | "missing";

/** One reason, and the mutants that it is of. */
export interface Reason {
  /** What sort of reason. */
  readonly kind: ReasonKind;
  /** The reason, in a sentence or two. */
  readonly why: string;
  /** Ids of mutants. */
  readonly mutants: readonly string[];
}

/** The reason of each mutant that has one, by its id. */
export function reasonsById(reasons: readonly Reason[]): ReadonlyMap<string, Reason> {
  return new Map(reasons.flatMap((reason) => reason.mutants.map((id) => [id, reason] as const)));
}
