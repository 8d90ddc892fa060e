import { type BoardDescription, type Capability, hasCapability } from "@escapement/scenario";
import type { Law } from "./law.js";

/**
 * The capabilities that a law needs and a board lacks; none where the law can be asked of it.
 *
 * Whether the board has timers enough for the law's program is another question.
 *
 * @example
 * ```ts
 * import { laws, missingNeeds } from "@escapement/conformance";
 * import type { BoardDescription } from "@escapement/scenario";
 *
 * export const lawsFor = (board: BoardDescription) =>
 *   laws.filter((law) => missingNeeds(law, board).length === 0);
 * ```
 */
export function missingNeeds(law: Law, board: BoardDescription): readonly Capability[] {
  return law.needs.filter((need) => !hasCapability(board, need));
}
