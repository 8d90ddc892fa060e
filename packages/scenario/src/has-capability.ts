import type { AssumedCapability, BoardDescription, Capability } from "./board.js";

const assumed: ReadonlySet<Capability> = new Set<AssumedCapability>(["periodic", "hard"]);

/**
 * Whether a board can do that: it lists the capability, or every board is taken to have it and this
 * one does not say that it lacks it.
 *
 * @example
 * ```ts
 * import { type BoardDescription, hasCapability } from "@escapement/scenario";
 *
 * export const knowsPeriods = (board: BoardDescription) => hasCapability(board, "periodic");
 * ```
 */
export function hasCapability(board: BoardDescription, capability: Capability): boolean {
  if (!assumed.has(capability)) return board.capabilities.includes(capability);
  return board.lacks?.some((lack) => lack === capability) !== true;
}
