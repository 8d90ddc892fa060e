import { boardErrors } from "./board-errors.js";
import { ByteReader } from "./bytes.js";
import { limits } from "./limits.js";
import { backOperandBit, lastOperandBit, schemaOfOpcode } from "./opcodes.js";
import type { Op, Operand, Program, Sweep, TimerSpec } from "./program.js";
import { overrunPolicies, specFlags } from "./spec-flags.js";
import { validateProgram } from "./validate.js";

const flagBits = lastOperandBit | backOperandBit;

function readOperand(input: ByteReader, variable: boolean): Operand {
  const offset = input.varint();
  return variable ? { variable: true, offset } : offset;
}

function readOp(input: ByteReader, inBody: boolean): Op {
  const start = input.at;
  const head = input.u8();
  const schema = schemaOfOpcode(head & ~flagBits);
  if (schema === undefined) throw input.wrong(`0x${head.toString(16)} is no operation`, start);
  // Refused here already, so that damaged bytes cannot nest deeper than the host's stack.
  if (inBody && schema.place === "main") throw input.wrong("a repeat inside a repeat", start);
  let known = 0;
  for (const field of schema.fields) known |= field.variableBit ?? 0;
  if ((head & flagBits & ~known) !== 0) {
    throw input.wrong(`${schema.op} has no operand for a flag of its opcode`, start);
  }
  const members: Record<string, unknown> = { op: schema.op };
  for (const { name, kind, variableBit = 0 } of schema.fields) {
    if (kind === "body") members[name] = readList(input, true);
    else if (kind === "operand") members[name] = readOperand(input, (head & variableBit) !== 0);
    else members[name] = kind === "count" ? input.varint() : input.u8();
  }
  // The table gave it the members of its kind; their ranges are checked with the whole program.
  return members as unknown as Op;
}

function readList(input: ByteReader, inBody = false): Op[] {
  const end = input.blockEnd();
  const ops: Op[] = [];
  while (input.at < end) {
    const start = input.at;
    ops.push(readOp(input, inBody));
    if (input.at > end) throw input.wrong("an operation goes beyond its list", start);
  }
  return ops;
}

type TimerHead = Omit<TimerSpec, "handler">;

function readTimer(input: ByteReader): TimerHead {
  const start = input.at;
  const flags = input.u8();
  const overrun = overrunPolicies[(flags & specFlags.overrunMask) >> specFlags.overrunShift];
  if (overrun === undefined || (flags & specFlags.unused) !== 0) {
    throw input.wrong(`0x${flags.toString(16)} are no timer flags`, start);
  }
  return {
    mode: (flags & specFlags.periodic) !== 0 ? "periodic" : "one-shot",
    period: readOperand(input, (flags & specFlags.variablePeriod) !== 0),
    dispatch: (flags & specFlags.soft) !== 0 ? "soft" : "hard",
    overrun,
    late: (flags & specFlags.refuseLate) !== 0 ? "refuse" : "fire",
    quiet: (flags & specFlags.quiet) !== 0,
  };
}

function readCount(input: ByteReader, most: number, what: string): number {
  const start = input.at;
  const count = input.u8();
  if (count > most) throw input.wrong(`${count} ${what}, at most ${most} are possible`, start);
  return count;
}

function readSweep(input: ByteReader): Sweep | undefined {
  const from = input.varint();
  const count = input.varint();
  const step = input.varint();
  return from === 0 && count === 1 && step === 0 ? undefined : { from, count, step };
}

/**
 * The program that bytes encode.
 *
 * Throws a {@link BoardError}: `version-mismatch` for another format, `malformed` with the offset
 * of the byte for bytes that are no program, `invalid-program` with the path for a program that
 * breaks a rule, such as an operation on a timer it has not got. Ends after at most one pass over
 * the bytes, whatever they are.
 */
export function decodeProgram(bytes: Uint8Array): Program {
  const input = new ByteReader(bytes, "program");
  const format = input.u8();
  if (format !== limits.format) {
    throw boardErrors.otherFormat({ theirs: format, ours: limits.format });
  }
  const heads: TimerHead[] = [];
  const timerCount = readCount(input, limits.timers, "timers");
  while (heads.length < timerCount) heads.push(readTimer(input));
  const interruptCount = readCount(input, limits.interrupts, "interrupt lists");
  const sweep = readSweep(input);
  const main = readList(input);
  const timers = heads.map((head) => ({ ...head, handler: readList(input) }));
  const interrupts = Array.from({ length: interruptCount }, () => readList(input));
  if (!input.done) throw input.wrong("something follows the last list");
  const program: Program = { timers, interrupts, main, ...(sweep && { sweep }) };
  validateProgram(program);
  return program;
}
