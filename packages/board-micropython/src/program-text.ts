import { type Op, type Operand, type Program, schemaOf, subjectOf } from "@escapement/scenario";

/** What a program is sent with: how the board dispatches, and what its tick is. */
export interface ProgramSetting {
  /** Whether callbacks are scheduled rather than run in the interrupt. */
  readonly isSoft: boolean;
  /** Ticks of the board's counter in one tick of its timers. */
  readonly granularityTicks: number;
  /** What a start adds to the time of the call: 1 where the running tick is waited for. */
  readonly runningTick: number;
}

/**
 * A program as the expression that the agent in Python evaluates: nested tuples, because those are
 * walked in a handler without an allocation.
 */
export function programText(program: Program, setting: ProgramSetting): string {
  const timers = program.timers.map(({ mode, period, quiet, handler }) => {
    const [ticks, isVariable] = operand(period);
    const numbers = [mode === "periodic" ? 1 : 0, ticks, isVariable, quiet ? 1 : 0];
    return tuple([...numbers.map(String), listText(handler)]);
  });
  const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
  const parts = [
    tuple(timers),
    tuple(program.interrupts.map(listText)),
    listText(program.main),
    tuple([from, count, step].map(String)),
    setting.isSoft ? "1" : "0",
    String(setting.granularityTicks),
    String(setting.runningTick),
  ];
  return `setup(${parts.join(",")})`;
}

function tuple(parts: readonly string[]): string {
  return `(${parts.join(",")}${parts.length === 1 ? "," : ""})`;
}

function listText(ops: readonly Op[]): string {
  return tuple(ops.map(opText));
}

/** `(opcode, subject, number, whether the variable is added, body)`; the body only where there is one. */
function opText(op: Op): string {
  const schema = schemaOf(op.op);
  const numbers = numberOf(op);
  const subject = op.op === "when" ? op.count : subjectOf(op);
  const parts = [schema?.opcode ?? 0, subject, ...numbers].map(String);
  return tuple(op.op === "repeat" ? [...parts, listText(op.body)] : parts);
}

function numberOf(op: Op): readonly [number, 0 | 1] {
  switch (op.op) {
    case "spin":
    case "sleep":
      return operand(op.ticks);
    case "readMany":
    case "repeat":
      return operand(op.count);
    case "interrupt":
      return operand(op.delay);
    default:
      return [0, 0];
  }
}

function operand(value: Operand): readonly [number, 0 | 1] {
  return typeof value === "number" ? [value, 0] : [value.offset, 1];
}
