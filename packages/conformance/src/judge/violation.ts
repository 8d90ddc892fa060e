/** A rule of the contract that a trace breaks. */
export interface Violation {
  /** The rule's id, such as `STOP-06`; `WIRE` where the trace cannot be one of this program. */
  readonly rule: string;
  /** The sweep variable of the iteration. */
  readonly value: number;
  /** Which record of the trace showed it. */
  readonly record: number;
  /** The timer that it is about, where it is about one. */
  readonly timer?: number;
  /** Which check of the rule found it; the same rule, kind and timer are the same violation. */
  readonly kind: string;
  /** What the contract has there. */
  readonly expected: string;
  /** What the trace has. */
  readonly found: string;
}

/**
 * A violation as one sentence, in the words of the laws.
 *
 * @example
 * ```ts
 * import { describeViolation, type Violation } from "@escapement/conformance";
 *
 * export const sentence = (violation: Violation): string => describeViolation(violation);
 * // "STOP-06: timer 0: stop returned idle, expected removed"
 * ```
 */
export function describeViolation({ rule, timer, expected, found }: Violation): string {
  const whose = timer === undefined ? "" : `timer ${timer}: `;
  return `${rule}: ${whose}${found}, expected ${expected}`;
}

/** Ends the judgement of an iteration. Never leaves the judge. */
export class IterationOver extends Error {}
