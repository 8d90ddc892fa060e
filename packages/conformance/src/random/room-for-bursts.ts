import {
  type BoardDescription,
  type Op,
  type Operand,
  type Program,
  semanticsOf,
  type TimerSpec,
} from "@escapement/scenario";
import { operandValue } from "../judge/operand.js";
import { listsOf, ticksOf } from "./bound.js";

/** Share of the processor that the handlers of periodic timers may take, as a divisor. */
const loadDivisor = 4;

/** Most periods that a new one makes missed at once. */
const missedAtOnce = 64;

/** What a callback costs at least, as a part of the stated time of an operation. */
const servedShare = 4;

/**
 * Lengthens periods where every missed period is delivered.
 *
 * A driver that always does so (`missedPeriods: "burst"`) and owes more with each handler never catches up,
 * and no fault of its own shows in that. One that does it by a timer's policy catches up in time. But a new
 * period, a thousandth of the one before it, makes thousands missed at once; and so does each operation of
 * the thread where soft callbacks are to come more often than they can run.
 */
export function roomForBursts(program: Program, description: BoardDescription): Program {
  const least = program.timers.map((_, timer) => leastTicks(program, timer, description));
  const longer = (ops: readonly Op[]): Op[] => ops.map((op) => lengthened(op, least));
  return {
    ...program,
    main: longer(program.main),
    interrupts: program.interrupts.map(longer),
    timers: program.timers.map((spec, timer) => ({
      ...spec,
      handler: longer(spec.handler),
      period: atLeast(spec.period, least[timer] ?? 0),
    })),
  };
}

/** The shortest period that a timer may have; 0 where no missed period of it is delivered but one. */
function leastTicks(program: Program, timer: number, description: BoardDescription): number {
  const { missedPeriods } = semanticsOf(description);
  const spec = program.timers[timer] as TimerSpec;
  const isBurst =
    missedPeriods === "burst" || (missedPeriods === "by-policy" && spec.overrun === "burst");
  if (spec.mode !== "periodic" || !isBurst) return 0;
  const { latencies, maxDelayTicks } = description;
  const { opTicks, lateTicks } = latencies;
  const perOperation = Math.max(1, opTicks, lateTicks);
  const least = [longestTicks(program, timer, maxDelayTicks) / missedAtOnce];
  if (spec.dispatch === "soft") least.push(perOperation / servedShare);
  if (missedPeriods === "burst") {
    const busyTicks = program.timers.reduce((sum, { handler }) => {
      return sum + (2 + handler.length) * perOperation + ticksOf(handler, "spin");
    }, 0);
    least.push(loadDivisor * busyTicks);
  }
  return Math.min(Math.ceil(Math.max(...least)), maxDelayTicks);
}

/** The longest period that the timer ever has. */
function longestTicks(program: Program, timer: number, mostTicks: number): number {
  const set = listsOf(program).flatMap((op) =>
    op.op === "setPeriod" && op.timer === timer ? [op.period] : [],
  );
  const own = program.timers[timer]?.period ?? 0;
  const periods = [own, ...set].map((each) => operandValue(each, 0));
  // One that is too long is refused.
  return Math.max(...periods.filter((each) => each <= mostTicks));
}

function lengthened(op: Op, least: readonly number[]): Op {
  if (op.op === "repeat") {
    return { ...op, body: op.body.map((each) => lengthened(each, least)) };
  }
  if (op.op !== "setPeriod") return op;
  return { ...op, period: atLeast(op.period, least[op.timer] ?? 0) };
}

/** Zero stays: a period of zero is there to be refused. */
function atLeast(operand: Operand, least: number): Operand {
  if (typeof operand === "number") return operand === 0 ? 0 : Math.max(operand, least);
  return { ...operand, offset: Math.max(operand.offset, least) };
}
