import { type BoardDescription, differencesOf, type SemanticsMember } from "@escapement/scenario";
import type { Law } from "./law.js";
import { missingNeeds } from "./missing-needs.js";

/** Where a board states no less than the C HAL, no law that rests on these is asked for too much. */
const enough: { readonly [Member in SemanticsMember]?: number } = { maxOverruns: 2 ** 16 - 1 };

/**
 * Why a law is not asked of a board, in the words of a skip's reason: a capability that the board
 * lacks, or a difference that it states in what the law rests on. Nothing where it is asked.
 *
 * Whether the law's program fits into the board is another question.
 *
 * @example
 * ```ts
 * import { laws, skipReason } from "@escapement/conformance";
 * import type { BoardDescription } from "@escapement/scenario";
 *
 * export const lawsOf = (board: BoardDescription) =>
 *   laws.filter((law) => skipReason(law, board) === undefined);
 * ```
 */
export function skipReason(law: Law, board: BoardDescription): string | undefined {
  const missing = missingNeeds(law, board);
  if (missing.length > 0) return `needs ${missing.join(", ")}`;
  const rests = differencesOf(board).filter(({ member, board: is }) => {
    const { [member]: figure = Number.POSITIVE_INFINITY } = enough;
    return law.restsOn?.includes(member) === true && !(Number(is) >= figure);
  });
  if (rests.length === 0) return undefined;
  return `differs: ${rests.map(({ member, board: is }) => `${member} is ${is}`).join(", ")}`;
}
