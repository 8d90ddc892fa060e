import type { TraceRecord } from "@escapement/scenario";

/*
 * A trace comes from outside: a board of somebody's own may give back anything. What is no trace at all
 * says nothing about the timers, so it is a fault of the board and breaks no rule.
 */

/** Deepest level that a trace records. */
const DEEPEST_LEVEL = 7;

/** Why this is no trace, in a few words; nothing where it may be one, of whatever program. */
export function traceFault(trace: unknown): string | undefined {
  if (typeof trace !== "object" || trace === null) return `it is ${String(trace)}`;
  const { records } = trace as { readonly records?: unknown };
  if (!Array.isArray(records)) return "it has no list of records";
  const bad = records.findIndex((record: unknown) => !isRecord(record));
  if (bad < 0) return undefined;
  const record: unknown = records[bad];
  if (typeof record !== "object" || record === null) return `record ${bad} is ${String(record)}`;
  const { kind } = record as { readonly kind?: unknown };
  return `record ${bad}, of kind ${String(kind)}, lacks what such a record has`;
}

function isRecord(given: unknown): boolean {
  if (typeof given !== "object" || given === null) return false;
  const record = given as TraceRecord;
  if (!Number.isFinite(record.at)) return false;
  if (record.kind === "iteration") return Number.isFinite(record.value);
  const context = record.context ?? 0;
  if (!(Number.isInteger(context) && context >= 0 && context <= DEEPEST_LEVEL)) return false;
  switch (record.kind) {
    case "call":
      return (
        typeof record.op === "string" &&
        typeof record.result === "string" &&
        Number.isFinite(record.until) &&
        Number.isFinite(record.value)
      );
    case "read":
      return Number.isFinite(record.value) && isWindow(record.reference);
    case "expiry":
      return Number.isFinite(record.scheduled) && Number.isInteger(record.timer);
    case "stats":
      return [record.allocated, record.pending, record.retired].every(Number.isFinite);
    case "exit":
      return Number.isInteger(record.timer);
    case "interrupt":
      return Number.isInteger(record.interrupt);
    case "mark":
      return Number.isFinite(record.id);
    case "error":
      return typeof record.code === "string";
    default:
      return false;
  }
}

function isWindow(reference: unknown): boolean {
  if (reference === undefined) return true;
  if (typeof reference !== "object" || reference === null) return false;
  const window = reference as { readonly call?: unknown; readonly return?: unknown };
  return Number.isFinite(window.call) && Number.isFinite(window.return);
}
