import type { BoardDescription, Program, Trace } from "@escapement/scenario";
import { judgeByPrototype } from "./prototype.js";
import type { Violation } from "./violation.js";

/**
 * Follows the trace of a program with a model of the contract; returns what it breaks, nothing where
 * it fits.
 */
export function judgeTrace(
  program: Program,
  trace: Trace,
  description: BoardDescription,
): readonly Violation[] {
  const { violations } = judgeByPrototype(program, trace, description, {});
  return (violations as Found[]).map(({ rule, message, record = 0, timer, variable = 0 }) => ({
    rule: rule.split("/")[0] ?? rule,
    value: variable,
    record,
    ...(timer !== undefined && { timer }),
    kind: message.replace(/[\d.[|].*/s, "").trim(),
    expected: "what the contract says",
    found: message,
  }));
}

interface Found {
  readonly rule: string;
  readonly message: string;
  readonly record?: number;
  readonly timer?: number;
  readonly variable?: number;
}
