import type { Op, Operand } from "@escapement/scenario";

/** The value of an operand where the sweep variable has this value. */
export function operandValue(operand: Operand, variable: number): number {
  return typeof operand === "number" ? operand : variable + operand.offset;
}

/** The longest that a handler of these operations takes by itself, its entry and return included. */
export function longestTicks(ops: readonly Op[], variable: number, opTicks: number): number {
  let ticks = 2 * opTicks;
  for (const op of ops) {
    ticks += opTicks + (op.op === "spin" ? operandValue(op.ticks, variable) : 0);
  }
  return ticks;
}

/** How often an operation stands in a list. */
export function count(ops: readonly Op[], name: Op["op"]): number {
  return ops.reduce((sum, op) => sum + (op.op === name ? 1 : 0), 0);
}
