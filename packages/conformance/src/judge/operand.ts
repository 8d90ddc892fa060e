import type { Op, Operand, Program } from "@escapement/scenario";

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

/** Whether any list of a program asks for the second interrupt. */
export function asksForInterrupts({ main, timers, interrupts }: Program): boolean {
  return [main, ...timers.map(({ handler }) => handler), ...interrupts].some(asks);
}

/**
 * The longest that the second interrupt may hold up an entry that the thread did not run during: once, of
 * those that the thread asked for; without end, where handlers and interrupts ask for more.
 */
export function longestInterruptTicks(program: Program, variable: number, opTicks: number): number {
  const { main, timers, interrupts } = program;
  if ([...timers.map(({ handler }) => handler), ...interrupts].some(asks)) {
    return Number.POSITIVE_INFINITY;
  }
  if (!asks(main)) return 0;
  return Math.max(...interrupts.map((list) => longestTicks(list, variable, opTicks)));
}

function asks(ops: readonly Op[]): boolean {
  return ops.some((op) => op.op === "interrupt" || (op.op === "repeat" && asks(op.body)));
}
