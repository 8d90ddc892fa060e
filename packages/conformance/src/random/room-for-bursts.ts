import {
  type BoardDescription,
  type Op,
  type Operand,
  type Program,
  semanticsOf,
} from "@escapement/scenario";
import { operandValue } from "../judge/operand.js";

/** Share of the processor that the handlers of periodic timers may take, as a divisor. */
const loadDivisor = 4;

/**
 * Lengthens periods where every missed period is delivered (`missedPeriods: "burst"`): a driver that owes
 * more with each handler never catches up, and no fault of its own shows in that.
 */
export function roomForBursts(program: Program, description: BoardDescription): Program {
  if (semanticsOf(description).missedPeriods !== "burst") return program;
  const { opTicks, lateTicks } = description.latencies;
  const perOperation = Math.max(1, opTicks, lateTicks);
  const busyTicks = program.timers.reduce((sum, { handler }) => {
    return sum + (2 + handler.length) * perOperation + ticksOf(handler);
  }, 0);
  const least = Math.min(Math.ceil(loadDivisor * busyTicks), description.maxDelayTicks);
  const longer = (ops: readonly Op[]): Op[] => ops.map((op) => lengthened(op, program, least));
  return {
    ...program,
    main: longer(program.main),
    interrupts: program.interrupts.map(longer),
    timers: program.timers.map((spec) => ({
      ...spec,
      handler: longer(spec.handler),
      ...(spec.mode === "periodic" && { period: atLeast(spec.period, least) }),
    })),
  };
}

function lengthened(op: Op, program: Program, least: number): Op {
  if (op.op === "repeat") {
    return { ...op, body: op.body.map((each) => lengthened(each, program, least)) };
  }
  if (op.op !== "setPeriod" || program.timers[op.timer]?.mode !== "periodic") return op;
  return { ...op, period: atLeast(op.period, least) };
}

/** Zero stays: a period of zero is there to be refused. */
function atLeast(operand: Operand, least: number): Operand {
  if (typeof operand === "number") return operand === 0 ? 0 : Math.max(operand, least);
  return { ...operand, offset: Math.max(operand.offset, least) };
}

function ticksOf(ops: readonly Op[]): number {
  return ops.reduce((sum, op) => sum + (op.op === "spin" ? operandValue(op.ticks, 0) : 0), 0);
}
