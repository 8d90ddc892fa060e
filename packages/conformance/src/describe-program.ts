import type { Op, Operand, Program, TimerSpec } from "@escapement/scenario";
import { countText, ticksText } from "@escapement/timeline";

/**
 * Writes a program as lines of text, two spaces for each depth: the sweep, each timer with what
 * its handler runs, the lists of the second interrupt, then what the thread runs.
 *
 * Ticks are given with their time on a counter of this frequency, in ticks per second; the sweep's
 * variable is `v`. Settings that a timer has by default are left out. Pure.
 *
 * @example
 * ```ts
 * import { describeProgram } from "@escapement/conformance";
 * import { program } from "@escapement/scenario";
 *
 * const stopsItself = program(({ main, timer }) => {
 *   const t = timer({ mode: "periodic", period: 500 });
 *   t.handler.stop(t);
 *   main.start(t).sleep(5_000);
 * });
 * console.log(describeProgram(stopsItself, 1_000_000).join("\n"));
 * ```
 */
export function describeProgram(program: Program, frequencyHz: number): readonly string[] {
  const ticks = (operand: Operand): string => operandTicks(operand, frequencyHz);
  return [
    ...sweepLines(program, ticks),
    ...program.timers.flatMap((spec, index) => [
      `timer ${index}: ${timerText(spec, ticks)}`,
      ...opLines(spec.handler, ticks, 1),
    ]),
    ...program.interrupts.flatMap((list, index) => [
      `second interrupt, list ${index}:`,
      ...opLines(list, ticks, 1),
    ]),
    "thread:",
    ...opLines(program.main, ticks, 1),
  ];
}

type TicksText = (operand: Operand) => string;

function sweepLines({ sweep }: Program, ticks: TicksText): readonly string[] {
  if (sweep === undefined) return [];
  const last = sweep.from + (sweep.count - 1) * sweep.step;
  if (sweep.count === 1) return [`with v = ${ticks(sweep.from)}`];
  const step = sweep.step === 1 ? "" : ` in steps of ${countText(sweep.step)}`;
  return [
    `for v = ${countText(sweep.from)} to ${countText(last)}${step}, ${sweep.count} iterations`,
  ];
}

function timerText(spec: TimerSpec, ticks: TicksText): string {
  const when = spec.mode === "periodic" ? "periodic, every" : "one-shot, after";
  return [
    `${when} ${ticks(spec.period)}`,
    ...(spec.dispatch === "hard" ? [] : [`${spec.dispatch} callback`]),
    ...(spec.overrun === "coalesce" ? [] : [`overrun ${spec.overrun}`]),
    ...(spec.late === "fire" ? [] : [`when late ${spec.late}`]),
    ...(spec.quiet ? ["counted, not recorded"] : []),
  ].join(", ");
}

function opLines(ops: readonly Op[], ticks: TicksText, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  return ops.flatMap((op) => {
    if (op.op !== "repeat") return [`${indent}${opText(op, ticks)}`];
    const times = op.count === 1 ? "unrecorded:" : `${operandText(op.count)} times, unrecorded:`;
    return [`${indent}${times}`, ...opLines(op.body, ticks, depth + 1)];
  });
}

function opText(op: Exclude<Op, { readonly op: "repeat" }>, ticks: TicksText): string {
  switch (op.op) {
    case "startAt": {
      const back = op.back === 0 ? "" : ` - ${ticks(op.back)}`;
      return `startAt ${op.timer}, register ${op.register}${back} + ${ticks(op.delta)}`;
    }
    case "stopSync":
      return `stopSync ${op.timer}, for at most ${ticks(op.timeout)}`;
    case "setPeriod":
      return `setPeriod ${op.timer} to ${ticks(op.period)}`;
    case "capture":
      return `capture into register ${op.register}`;
    case "readMany":
      return `readMany, ${operandText(op.count)} times`;
    case "spin":
    case "sleep":
      return `${op.op} ${ticks(op.ticks)}`;
    case "phase":
      return `phase, counter to ${operandText(op.counter)}`;
    case "interrupt":
      return `interrupt ${op.interrupt} in ${ticks(op.delay)}`;
    case "mark":
      return `mark ${op.id}`;
    case "when":
      return `only at entry ${op.count}:`;
    default:
      return "timer" in op ? `${op.op} ${op.timer}` : op.op;
  }
}

function operandText(operand: Operand): string {
  if (typeof operand === "number") return countText(operand);
  return operand.offset === 0 ? "v" : `v + ${countText(operand.offset)}`;
}

function operandTicks(operand: Operand, frequencyHz: number): string {
  if (typeof operand !== "number") return `${operandText(operand)} ticks`;
  return operand === 0 ? "0 ticks" : ticksText(operand, frequencyHz);
}
