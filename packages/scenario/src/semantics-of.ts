import type { BoardDescription } from "./board.js";
import type { BoardSemantics, SemanticsMember } from "./semantics.js";
import { semanticsMembers } from "./semantics-members.js";

/** One row of a table of what differs. All texts are for people. */
export interface Difference {
  /** Which member of {@link BoardSemantics}. */
  readonly member: SemanticsMember;
  /** What it is about, in a few words. */
  readonly about: string;
  /** What the board states. */
  readonly board: string | number;
  /** What the contract says. */
  readonly contract: string | number;
  /** The contract's rules that it varies. */
  readonly rules: readonly string[];
  /** The source that the board names. */
  readonly source: string;
}

const contract = Object.fromEntries(
  Object.entries(semanticsMembers).map(([member, { contract }]) => [member, contract]),
) as unknown as BoardSemantics;

const resolved = new WeakMap<BoardDescription, BoardSemantics>();

/**
 * How a board behaves: what it states, and the contract for everything else.
 *
 * @example
 * ```ts
 * import { type BoardDescription, semanticsOf } from "@escapement/scenario";
 *
 * export const isOrdered = (board: BoardDescription) => semanticsOf(board).equalDeadlines !== "any";
 * ```
 */
export function semanticsOf(description: BoardDescription): BoardSemantics {
  const known = resolved.get(description);
  if (known !== undefined) return known;
  const stated = Object.entries(description.semantics ?? {}).map(([member, { is }]) => [
    member,
    is,
  ]);
  const semantics: BoardSemantics = Object.freeze({ ...contract, ...Object.fromEntries(stated) });
  resolved.set(description, semantics);
  return semantics;
}

/** What a board states otherwise than the contract, in the order of {@link BoardSemantics}; a stated sameness is none. */
export function differencesOf(description: BoardDescription): readonly Difference[] {
  const members = Object.keys(semanticsMembers) as SemanticsMember[];
  return members.flatMap((member) => {
    const stated = description.semantics?.[member];
    const { about, rules, contract: ours } = semanticsMembers[member];
    if (stated === undefined || stated.is === ours) return [];
    return [{ member, about, board: stated.is, contract: ours, rules, source: stated.source }];
  });
}
