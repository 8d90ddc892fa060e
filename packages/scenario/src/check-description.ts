import type { BoardDescription, Capability } from "./board.js";
import { boardErrors } from "./board-errors.js";
import { hasCapability } from "./has-capability.js";
import type { SemanticsMember } from "./semantics.js";
import { semanticsMembers } from "./semantics-members.js";
import { differencesOf } from "./semantics-of.js";

/** Without these a board cannot show the difference, and says nothing by stating it. */
const needs: { readonly [Member in SemanticsMember]?: readonly Capability[] } = {
  pastDeadline: ["start-at"],
  missedPeriods: ["periodic"],
  queuedOnStop: ["soft"],
  setPeriod: ["set-period"],
  softRearm: ["soft", "periodic"],
  callbackThrows: ["exceptions"],
  unreferenced: ["spawn"],
  maxOverruns: ["overrun-policy", "periodic"],
  maxReferenceAgeTicks: ["start-at"],
};

/**
 * Refuses a description whose stated differences cannot be: an unknown member or word, a number out
 * of range, no source, or a difference in what the board cannot do at all. `createBoard`, a serial
 * board when it is opened and a run of the suite call it.
 *
 * @throws {@link BoardError} `invalid-description`, which names the member and what to do.
 *
 * @example
 * ```ts
 * import { type BoardDescription, checkDescription } from "@escapement/scenario";
 *
 * export function described(board: BoardDescription): BoardDescription {
 *   checkDescription(board);
 *   return board;
 * }
 * ```
 */
export function checkDescription(description: BoardDescription): void {
  const { name: board, latencies, maxDelayTicks } = description;
  for (const [member, stated] of Object.entries(description.semantics ?? {})) {
    checkStated(board, member, stated);
  }
  for (const { member } of differencesOf(description)) {
    const missing = needs[member]?.find((need) => !hasCapability(description, need));
    if (missing !== undefined) {
      throw boardErrors.differsInWhatIsMissing({ board, member, capability: missing });
    }
  }
  const granularity = description.semantics?.granularityTicks?.is ?? 1;
  if (granularity > maxDelayTicks) {
    throw boardErrors.coarserThanLongest({ board, granularity, maxDelayTicks });
  }
  const { dispatchTicks = 0 } = latencies;
  if (!Number.isFinite(dispatchTicks) || dispatchTicks < 0) {
    throw boardErrors.badLatency({ board, member: "dispatchTicks", value: dispatchTicks });
  }
}

/** A description may come from JavaScript or over a line: nothing of its shape is taken for granted. */
function checkStated(board: string, member: string, stated: unknown): void {
  if (!Object.hasOwn(semanticsMembers, member)) {
    const known = Object.keys(semanticsMembers).join(", ");
    throw boardErrors.unknownDifference({ board, member, known });
  }
  const { words, least = 0 } = semanticsMembers[member as SemanticsMember];
  const { is, source } = (stated ?? {}) as { readonly is?: unknown; readonly source?: unknown };
  if (words === undefined) {
    const fits = Number.isSafeInteger(is) && (is as number) >= least;
    if (!fits) throw boardErrors.differsByNoNumber({ board, member, value: String(is), least });
  } else if (!words.some((word) => word === is)) {
    const choices = words.join(", ");
    throw boardErrors.differsByNoWord({ board, member, value: String(is), choices });
  }
  if (typeof source !== "string" || source.trim() === "") {
    throw boardErrors.noSource({ board, member });
  }
}
