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
 * Refuses a description that cannot be: a figure that is no number or out of range, an unknown member
 * or word of a stated difference, no source, or a difference in what the board cannot do at all.
 * `createBoard`, a serial board when it is opened, a run of the suite and `judgeTrace` call it.
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
  checkFigures(description);
  const { name: board, maxDelayTicks } = description;
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
}

/** A board may come from JavaScript: what the judge and the generator count with has to be there. */
function checkFigures(description: BoardDescription): void {
  if (typeof description !== "object" || description === null) {
    throw boardErrors.noDescription({ value: String(description) });
  }
  const { name, latencies, counterBits, frequencyHz, maxDelayTicks, timers } = description;
  const board = String(name);
  const wrong = (member: string, value: unknown, expected: string): never => {
    throw boardErrors.badMember({ board, member, value: String(value), expected });
  };
  const atLeast = (member: string, value: unknown, least: number): void => {
    const isNumber = typeof value === "number" && Number.isFinite(value) && value >= least;
    if (!isNumber) wrong(member, value, `a number of ${least} or more`);
  };
  const { lateTicks, minDeltaTicks, opTicks, dispatchTicks = 0 } = latencies ?? {};
  for (const [member, value] of Object.entries({
    lateTicks,
    minDeltaTicks,
    opTicks,
    dispatchTicks,
  })) {
    atLeast(`latencies.${member}`, value, 0);
  }
  atLeast("counterBits", counterBits, 1);
  atLeast("maxDelayTicks", maxDelayTicks, 1);
  atLeast("timers", timers, 0);
  if (!(Number.isFinite(frequencyHz) && frequencyHz > 0)) {
    wrong("frequencyHz", frequencyHz, "a number above 0");
  }
  for (const member of ["capabilities", "lacks"] as const) {
    const list: unknown = description[member] ?? (member === "lacks" ? [] : undefined);
    if (!Array.isArray(list)) wrong(member, list, "a list");
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
