import type { BoardDescription } from "./board.js";
import type { Op, Operand, Program } from "./program.js";

/** What the estimate of a list needs to know. */
interface Costs {
  readonly opTicks: number;
  readonly wrapTicks: number;
  /** The sweep variable's largest value. */
  readonly variable: number;
  readonly interrupts: Program["interrupts"];
}

function most(operand: Operand, costs: Costs): number {
  return typeof operand === "number" ? operand : costs.variable + operand.offset;
}

function opTicks(op: Op, costs: Costs): number {
  switch (op.op) {
    case "sleep":
    case "spin":
      return costs.opTicks + most(op.ticks, costs);
    case "phase":
      return costs.opTicks + costs.wrapTicks;
    case "stopSync":
      return costs.opTicks + most(op.timeout, costs);
    case "readMany":
      return costs.opTicks * (1 + most(op.count, costs));
    case "interrupt":
      return costs.opTicks + listTicks(costs.interrupts[op.interrupt] ?? [], costs, false);
    case "repeat":
      return most(op.count, costs) * (costs.opTicks + listTicks(op.body, costs));
    default:
      return costs.opTicks;
  }
}

/** `follow` is false inside an interrupt's list, which might request itself. */
function listTicks(ops: readonly Op[], costs: Costs, follow = true): number {
  const known = follow ? costs : { ...costs, interrupts: [] };
  return ops.reduce((sum, op) => sum + opTicks(op, known), 0);
}

/** The share of the processor that the periodic timers' handlers may take, at most all of it. */
function handlerLoad(program: Program, costs: Costs): number {
  const load = program.timers.reduce((sum, spec) => {
    const handler = costs.opTicks + listTicks(spec.handler, costs);
    const period = typeof spec.period === "number" ? spec.period : spec.period.offset;
    return sum + (spec.mode === "periodic" ? handler / Math.max(1, period) : 0);
  }, 0);
  return Math.min(1, load);
}

/**
 * An upper estimate of how long a program's whole sweep takes on a board, in its ticks, for
 * deadlines: what it sleeps and spins, one lap for each `phase`, and the stated cost of every
 * operation; handlers may at most double it.
 *
 * Not promised: that a program whose handlers keep the processor to themselves ends within it.
 *
 * @example
 * ```ts
 * import { type BoardDescription, estimateTicks, program } from "@escapement/scenario";
 *
 * const waits = program(({ main }) => main.sleep(5_000));
 * export const deadlineMs = (board: BoardDescription) =>
 *   1_000 + (2_000 * estimateTicks(waits, board)) / board.frequencyHz;
 * ```
 */
export function estimateTicks(program: Program, description: BoardDescription): number {
  const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
  const costs: Costs = {
    opTicks: description.latencies.opTicks,
    wrapTicks: 2 ** description.counterBits,
    variable: from + (count - 1) * step,
    interrupts: program.interrupts,
  };
  const setUp = (program.timers.length + 2) * costs.opTicks;
  const handlers = program.timers.reduce((sum, spec) => sum + listTicks(spec.handler, costs), 0);
  const iteration = setUp + handlers + listTicks(program.main, costs);
  return Math.ceil(count * iteration * (1 + handlerLoad(program, costs)));
}
