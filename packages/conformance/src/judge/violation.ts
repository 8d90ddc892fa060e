/** A rule of the contract that a trace breaks. */
export interface Violation {
  /** The rule's id, such as `STOP-06`; `WIRE` for a trace that cannot be of this program. */
  readonly rule: string;
  /** The sweep variable of the iteration. */
  readonly value: number;
  /** Which record of the trace showed it. */
  readonly record: number;
  /** The timer that it is about, where it is about one. */
  readonly timer?: number;
  /** Which check of the rule found it: the same rule, kind and timer is the same violation. */
  readonly kind: string;
  /** What the contract has come there. */
  readonly expected: string;
  /** What came. */
  readonly found: string;
}

/** A violation as one sentence, in the words of the laws. */
export function describeViolation(violation: Violation): string {
  const { rule, timer, expected, found } = violation;
  const whose = timer === undefined ? "" : `timer ${timer}: `;
  return `${rule}: ${whose}${found}; expected ${expected}`;
}
