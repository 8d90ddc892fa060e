import type { ReferenceClock } from "./board.js";
import { ByteReader } from "./bytes.js";
import { noModulus, recordFlag } from "./encode-trace.js";
import { schemaOfOpcode } from "./opcodes.js";
import type { OpName } from "./program.js";
import type { OpResult, ReferenceWindow, Refusal, Trace, TraceRecord } from "./trace.js";
import { isRefusal, recordKinds, resultOfCode } from "./wire-codes.js";

type Kind = TraceRecord["kind"];

const kindByCode = new Map<number, Kind>(
  Object.entries(recordKinds).map(([kind, code]) => [code, kind as Kind]),
);
const flaggedKinds: readonly Kind[] = ["call", "read"];
const contextFreeKinds: readonly Kind[] = ["iteration"];

/** What a record's tag byte says. */
interface Tag {
  readonly kind: Kind;
  readonly context: number;
  readonly flagged: boolean;
}

function readTag(input: ByteReader): Tag {
  const start = input.at;
  const byte = input.u8();
  const kind = kindByCode.get(byte & 0x0f);
  const context = (byte >> 4) & 0x07;
  const flagged = (byte & recordFlag) !== 0;
  if (
    kind === undefined ||
    (flagged && !flaggedKinds.includes(kind)) ||
    (context !== 0 && contextFreeKinds.includes(kind))
  ) {
    throw input.wrong(`0x${byte.toString(16)} starts no record`, start);
  }
  return { kind, context, flagged };
}

function readOpName(input: ByteReader): OpName {
  const start = input.at;
  const byte = input.u8();
  const schema = schemaOfOpcode(byte);
  if (schema === undefined) throw input.wrong(`0x${byte.toString(16)} is no operation`, start);
  return schema.op;
}

function readResult(input: ByteReader): OpResult {
  const start = input.at;
  const byte = input.u8();
  const result = resultOfCode(byte);
  if (result === undefined) throw input.wrong(`0x${byte.toString(16)} is no result`, start);
  return result;
}

function readErrorCode(input: ByteReader): Refusal {
  const start = input.at;
  const result = readResult(input);
  if (!isRefusal(result)) throw input.wrong(`${result} is no error`, start);
  return result;
}

function readReference(input: ByteReader, modulus: number): ReferenceWindow {
  const start = input.at;
  const call = input.varint();
  const passed = input.varint();
  if (call >= modulus || passed >= modulus) {
    throw input.wrong(`a reference reading beyond the clock's modulus ${modulus}`, start);
  }
  // Not by their sum, which need not be exact.
  const left = modulus - call;
  return { call, return: passed < left ? call + passed : passed - left };
}

/** A sum of two numbers that were read, which must be exact. */
function exact(input: ByteReader, sum: number, start: number): number {
  if (!Number.isSafeInteger(sum)) throw input.wrong("a time beyond 2^53 - 1", start);
  return sum;
}

/** The value of a flagged call: one of 0 has no flag. */
function readValue(input: ByteReader): number {
  const start = input.at;
  const value = input.varint();
  if (value === 0) throw input.wrong("a value of 0 that needs no room", start);
  return value;
}

function readRecord(input: ByteReader, tag: Tag, at: number, modulus: number): TraceRecord {
  const { kind, context, flagged } = tag;
  const start = input.at;
  switch (kind) {
    case "iteration":
      return { kind, at, value: input.varint() };
    case "call": {
      const op = readOpName(input);
      const subject = input.u8();
      const result = readResult(input);
      const until = exact(input, at + input.varint(), start);
      const value = flagged ? readValue(input) : 0;
      return { kind, op, subject, context, result, value, at, until };
    }
    case "read": {
      const value = exact(input, at + input.zigzag(), start);
      if (!flagged) return { kind, context, value, at };
      return { kind, context, value, at, reference: readReference(input, modulus) };
    }
    case "expiry": {
      const timer = input.u8();
      return { kind, timer, context, at, scheduled: exact(input, at - input.zigzag(), start) };
    }
    case "exit":
      return { kind, timer: input.u8(), context, at };
    case "interrupt":
      return { kind, interrupt: input.u8(), context, at };
    case "mark":
      return { kind, id: input.u8(), context, at };
    case "stats": {
      const allocated = input.varint();
      const pending = input.varint();
      return { kind, allocated, pending, retired: input.varint(), context, at };
    }
    case "error":
      return { kind, code: readErrorCode(input), context, at };
  }
}

/**
 * The trace that bytes encode; `reference` is the clock of the board they came from, and
 * `startAt` the time from which the first record's is counted: 0, unless the bytes are taken from the
 * middle of a trace.
 *
 * Throws a {@link BoardError} `malformed` with the offset of the byte. Ends after one pass over
 * the bytes, whatever they are.
 */
export function decodeTrace(bytes: Uint8Array, reference?: ReferenceClock, startAt = 0): Trace {
  const input = new ByteReader(bytes, "trace");
  const records: TraceRecord[] = [];
  let at = startAt;
  while (!input.done) {
    const start = input.at;
    const tag = readTag(input);
    at = exact(input, at + input.zigzag(), start);
    records.push(readRecord(input, tag, at, reference?.modulusTicks ?? noModulus));
  }
  return { records };
}
