import { boardErrors } from "./board-errors.js";
import { limits } from "./limits.js";
import { type OpPlace, schemaOf } from "./opcodes.js";
import type { Op, Program, Sweep } from "./program.js";

/** What kind of list is being checked, and how many timers and interrupts it may name. */
interface Scope {
  readonly kind: "main" | "body" | "handler" | "interrupt";
  readonly timers: number;
  readonly interrupts: number;
  /** The largest value that the sweep variable takes. */
  readonly variableMax: number;
}

const timerChoices = {
  mode: ["one-shot", "periodic"],
  dispatch: ["hard", "soft"],
  overrun: ["coalesce", "burst", "skip"],
  late: ["fire", "refuse"],
} as const;

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function checkInteger(value: unknown, low: number, high: number, path: string): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= low && value <= high) {
    return;
  }
  const range = high === limits.operand ? "2^53 - 1" : high;
  throw boardErrors.badNumber({ path, value: show(value), low, high: range });
}

function checkOperand(value: unknown, scope: Scope, path: string): void {
  if (typeof value !== "object" || value === null) {
    checkInteger(value, 0, limits.operand, path);
    return;
  }
  const operand = value as { readonly variable?: unknown; readonly offset?: unknown };
  if (operand.variable !== true) throw boardErrors.noOperand({ path });
  checkInteger(operand.offset, 0, limits.operand, `${path}.offset`);
  const largest = scope.variableMax + (operand.offset as number);
  if (largest > limits.operand) throw boardErrors.operandTooLarge({ path });
}

function checkPlace(place: OpPlace, kind: Scope["kind"], path: string): void {
  const allowed =
    place === "anywhere" ||
    (place === "handler" && kind === "handler") ||
    (place === "main" && kind === "main") ||
    (place === "thread" && (kind === "main" || kind === "body"));
  if (allowed) return;
  const where = {
    anywhere: "every list",
    handler: "a timer's handler",
    main: "the main list, and not inside another repeat",
    thread: "the main list",
  }[place];
  throw boardErrors.misplaced({ path, where });
}

function checkField(op: Op, name: string, kind: string, scope: Scope, path: string): void {
  const value = (op as unknown as Readonly<Record<string, unknown>>)[name];
  const at = `${path}.${name}`;
  if (kind === "operand") checkOperand(value, scope, at);
  else if (kind === "count") checkInteger(value, 1, limits.operand, at);
  else if (kind === "register") checkInteger(value, 0, limits.registers - 1, at);
  else if (kind === "id") checkInteger(value, 0, limits.mark, at);
  else if (kind === "body") checkList(value, { ...scope, kind: "body" }, at);
  else {
    const count = kind === "timer" ? scope.timers : scope.interrupts;
    if (count === 0) throw boardErrors.noneOfKind({ path: at, kind });
    checkInteger(value, 0, count - 1, at);
  }
}

function checkList(list: unknown, scope: Scope, path: string): void {
  if (!Array.isArray(list)) throw boardErrors.noList({ path, value: show(list) });
  let depth = 0;
  for (const [index, op] of (list as readonly Op[]).entries()) {
    const name: unknown = typeof op === "object" && op !== null ? op.op : undefined;
    const schema = typeof name === "string" ? schemaOf(name) : undefined;
    if (schema === undefined) {
      throw boardErrors.noOperation({ path: `${path}[${index}]`, value: show(name) });
    }
    const at = `${path}[${index}].${schema.op}`;
    checkPlace(schema.place, scope.kind, at);
    for (const field of schema.fields) checkField(op, field.name, field.kind, scope, at);
    if (schema.op === "mask") depth += 1;
    if (schema.op === "restore") depth = Math.max(0, depth - 1);
    if (depth > limits.maskDepth) {
      throw boardErrors.nestedTooDeep({ path: at, depth, most: limits.maskDepth });
    }
  }
}

function variableMax(sweep: Sweep | undefined): number {
  if (sweep === undefined) return 0;
  checkInteger(sweep.from, 0, limits.operand, "sweep.from");
  checkInteger(sweep.count, 1, limits.operand, "sweep.count");
  checkInteger(sweep.step, 0, limits.operand, "sweep.step");
  const last = sweep.from + (sweep.count - 1) * sweep.step;
  if (last > limits.operand) throw boardErrors.sweepTooLong();
  return last;
}

function checkTimers(program: Program, scope: Scope): void {
  for (const [index, timer] of program.timers.entries()) {
    const path = `timers[${index}]`;
    for (const [member, choices] of Object.entries(timerChoices)) {
      const value: unknown = timer[member as keyof typeof timerChoices];
      if (!(choices as readonly unknown[]).includes(value)) {
        const at = { path: `${path}.${member}`, value: show(value) };
        throw boardErrors.noChoice({ ...at, choices: choices.join(", ") });
      }
    }
    if (typeof timer.quiet !== "boolean") {
      throw boardErrors.noFlag({ path: `${path}.quiet`, value: show(timer.quiet) });
    }
    checkOperand(timer.period, scope, `${path}.period`);
    checkList(timer.handler, { ...scope, kind: "handler" }, `${path}.handler`);
  }
}

/**
 * Checks a program against every rule of the format; what passes can be encoded and run.
 *
 * Throws a {@link BoardError} `invalid-program` at the first broken rule. Its message names the
 * place by path, such as `main[3].sleep.ticks`. Whether a certain board has room for the program
 * is not checked here, and neither are values that only a HAL can judge, such as a period of 0.
 *
 * @example
 * ```ts
 * import { validateProgram } from "@escapement/scenario";
 *
 * validateProgram({ timers: [], interrupts: [], main: [{ op: "sleep", ticks: 100 }] });
 * ```
 */
export function validateProgram(program: Program): void {
  const { timers, interrupts } = program;
  if (!Array.isArray(timers) || timers.length > limits.timers) {
    throw boardErrors.timersNoList({ most: limits.timers });
  }
  if (!Array.isArray(interrupts) || interrupts.length > limits.interrupts) {
    throw boardErrors.interruptsNoList({ most: limits.interrupts });
  }
  const scope: Scope = {
    kind: "main",
    timers: timers.length,
    interrupts: interrupts.length,
    variableMax: variableMax(program.sweep),
  };
  checkTimers(program, scope);
  for (const [index, list] of interrupts.entries()) {
    checkList(list, { ...scope, kind: "interrupt" }, `interrupts[${index}]`);
  }
  checkList(program.main, scope, "main");
}
