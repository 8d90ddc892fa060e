import { ByteWriter } from "./bytes.js";
import { limits } from "./limits.js";
import { schemaOf } from "./opcodes.js";
import type { Op, Operand, Program, TimerSpec } from "./program.js";
import { overrunPolicies, specFlags } from "./spec-flags.js";
import { validateProgram } from "./validate.js";

const isVariable = (operand: Operand) => typeof operand !== "number";
const numberOf = (operand: Operand) => (typeof operand === "number" ? operand : operand.offset);

function writeOp(out: ByteWriter, op: Op): void {
  const schema = schemaOf(op.op);
  if (schema === undefined) throw new RangeError(`no opcode for ${op.op}`);
  // The table says which members an operation has; its type cannot.
  const operands = op as unknown as Readonly<Record<string, Operand>>;
  const numberIn = (name: string) => numberOf(operands[name] ?? 0);
  let head = schema.opcode;
  for (const { name, variableBit } of schema.fields) {
    if (variableBit !== undefined && isVariable(operands[name] ?? 0)) head |= variableBit;
  }
  out.u8(head);
  for (const { name, kind } of schema.fields) {
    if (kind === "body") out.block(listBytes("body" in op ? op.body : []));
    else if (kind === "operand" || kind === "count") out.varint(numberIn(name));
    else out.u8(numberIn(name));
  }
}

function listBytes(ops: readonly Op[]): Uint8Array {
  const out = new ByteWriter();
  for (const op of ops) writeOp(out, op);
  return out.bytes();
}

function writeTimer(out: ByteWriter, spec: TimerSpec): void {
  let flags = overrunPolicies.indexOf(spec.overrun) << specFlags.overrunShift;
  if (spec.mode === "periodic") flags |= specFlags.periodic;
  if (spec.dispatch === "soft") flags |= specFlags.soft;
  if (spec.late === "refuse") flags |= specFlags.refuseLate;
  if (spec.quiet) flags |= specFlags.quiet;
  if (isVariable(spec.period)) flags |= specFlags.variablePeriod;
  out.u8(flags);
  out.varint(numberOf(spec.period));
}

/**
 * The bytes of a program, format 1 of `docs/wire.md`.
 *
 * Throws a {@link BoardError} `invalid-program` where the program breaks a rule.
 *
 * @example
 * ```ts
 * import { decodeProgram, encodeProgram, program } from "@escapement/scenario";
 *
 * const bytes = encodeProgram(program(({ main }) => main.sleep(300)));
 * console.log(decodeProgram(bytes).main); // [ { op: "sleep", ticks: 300 } ]
 * ```
 */
export function encodeProgram(program: Program): Uint8Array {
  validateProgram(program);
  const out = new ByteWriter();
  out.u8(limits.format);
  out.u8(program.timers.length);
  for (const spec of program.timers) writeTimer(out, spec);
  out.u8(program.interrupts.length);
  const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
  out.varint(from);
  out.varint(count);
  out.varint(step);
  out.block(listBytes(program.main));
  for (const spec of program.timers) out.block(listBytes(spec.handler));
  for (const list of program.interrupts) out.block(listBytes(list));
  return out.bytes();
}
