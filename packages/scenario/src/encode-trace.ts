import type { ReferenceClock } from "./board.js";
import { ByteWriter, notWritable } from "./bytes.js";
import { schemaOf } from "./opcodes.js";
import type { ReferenceWindow, Trace, TraceRecord } from "./trace.js";
import { recordKinds, resultCodes } from "./wire-codes.js";

/** Bit of the tag byte whose meaning the kind gives. */
export const recordFlag = 0x80;

/** The modulus of a board that has no reference clock: no reading reaches it. */
export const noModulus = 2 ** 53;

function writeReference(out: ByteWriter, reference: ReferenceWindow, modulus: number): void {
  out.varint(reference.call);
  const passed = reference.return - reference.call;
  out.varint(passed < 0 ? passed + modulus : passed);
}

function writeRecord(
  out: ByteWriter,
  record: TraceRecord,
  previousAt: number,
  modulus: number,
): void {
  const context = "context" in record ? record.context : 0;
  const flagged =
    (record.kind === "call" && record.value !== 0) ||
    (record.kind === "read" && record.reference !== undefined);
  if (context > 7) throw notWritable(context, "context level");
  out.u8(recordKinds[record.kind] + context * 0x10 + (flagged ? recordFlag : 0));
  out.zigzag(record.at - previousAt);
  switch (record.kind) {
    case "iteration":
      out.varint(record.value);
      break;
    case "call":
      out.u8(schemaOf(record.op)?.opcode ?? 0);
      out.u8(record.subject);
      out.u8(resultCodes[record.result]);
      out.varint(record.until - record.at);
      if (flagged) out.varint(record.value);
      break;
    case "read":
      out.zigzag(record.value - record.at);
      if (record.reference !== undefined) writeReference(out, record.reference, modulus);
      break;
    case "expiry":
      out.u8(record.timer);
      out.zigzag(record.at - record.scheduled);
      break;
    case "exit":
      out.u8(record.timer);
      break;
    case "interrupt":
      out.u8(record.interrupt);
      break;
    case "mark":
      out.u8(record.id);
      break;
    case "stats":
      out.varint(record.allocated);
      out.varint(record.pending);
      out.varint(record.retired);
      break;
    case "error":
      out.u8(resultCodes[record.code]);
  }
}

/**
 * The bytes of a trace, as `docs/wire.md` lays them out.
 *
 * `reference` is the board's clock, whose modulus the readings are taken at. Throws a
 * {@link BoardError} `malformed` for a trace with numbers that the format has no room for.
 *
 * @example
 * ```ts
 * import { decodeTrace, encodeTrace } from "@escapement/scenario";
 *
 * const bytes = encodeTrace({ records: [{ kind: "mark", id: 7, context: 0, at: 300 }] });
 * console.log(bytes.length, decodeTrace(bytes).records.length); // 4 1
 * ```
 */
export function encodeTrace(trace: Trace, reference?: ReferenceClock): Uint8Array {
  const out = new ByteWriter();
  let previousAt = 0;
  for (const record of trace.records) {
    writeRecord(out, record, previousAt, reference?.modulusTicks ?? noModulus);
    previousAt = record.at;
  }
  return out.bytes();
}
