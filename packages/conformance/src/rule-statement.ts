import type { Law } from "./law.js";
import { laws as catalogue } from "./laws/index.js";

/** The sentences of the rules that have no law of their own; word for word those of the contract. */
const withoutLaw: Readonly<Record<string, string>> = {
  "READ-14": "A read makes a fixed number of port accesses and contains no loop.",
  "READ-15": "The extension works for every counter width from 3 to 32 bits.",
  "READ-16":
    "The time after a masked section, or a handler, of a lap or more; masked sections and other interrupts that follow each other at once are one. A lap that is proven lost, as time would go back, MUST be counted and reported (`overflow-missed`), once, outside the masked section.",
  "READ-17":
    "Microseconds become ticks rounded up, ticks become microseconds rounded down; both saturate at 2^53 − 1.",
  "ARM-23":
    "A bad argument (zero, negative, fractional, NaN, beyond range) throws `invalid-argument` and changes nothing.",
  "ARM-28": "A port states a least delta above one; shorter delays then come late by at most that.",
  "STOP-23":
    "`stopSync()` waits for a handler in flight in another thread, at most its timeout. It stops again while it waits (THR-06).",
  "REG-12": "Generations run past their wrap without confusing a recent handle.",
  "PER-16": "The overrun count saturates at 2^32 − 1 (2^16 − 1 in the firmware).",
  "CALL-18": "The hard path allocates nothing.",
  "CALL-24":
    "Every call that nothing interrupts returns within the operation time that the board states.",
  "CALL-25":
    "Another interrupt is entered within the stated lateness, and an operation's time, of its request when nothing masks or precedes it: no call keeps interrupts masked for longer.",
  "LIFE-12": "A closed HAL refuses with `hal-closed`.",
  "ANY-06":
    "A program whose own lists end, ends: every call returns, and handlers leave the thread its turns.",
  WIRE: "A trace holds what its program does, in an order in which it can be done.",
};

/**
 * The sentence of a rule, by its id: the statement of its law, or that of the contract. Nothing for an
 * id that neither knows. `WIRE` is what a judge names where a trace cannot be of its program.
 *
 * @example
 * ```ts
 * import { ruleStatement } from "@escapement/conformance";
 *
 * console.log(ruleStatement("STOP-06"));
 * ```
 */
export function ruleStatement(rule: string, laws: readonly Law[] = catalogue): string | undefined {
  return laws.find(({ id }) => id === rule)?.statement ?? withoutLaw[rule];
}
