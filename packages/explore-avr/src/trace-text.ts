import type { Trace, TraceRecord } from "@escapement/scenario";

/** Records shown at most. */
const RECORDS_MAX = 8;

/**
 * A trace in one line: its last records, times in ticks since the iteration began.
 */
export function traceText({ records }: Trace): string {
  const start = records[0]?.at ?? 0;
  const shown = records.slice(1).slice(-RECORDS_MAX);
  const hidden = records.length - 1 - shown.length;
  const text = shown.map((record) => recordText(record, start)).join("; ");
  return `${hidden > 0 ? `… ${hidden} earlier; ` : ""}${text}`;
}

function recordText(record: TraceRecord, start: number): string {
  const at = record.at - start;
  switch (record.kind) {
    case "iteration":
      return `${at} iteration ${record.value}`;
    case "call": {
      const value = record.value === 0 ? "" : ` ${record.value}`;
      return `${at} ${record.op} ${record.subject}: ${record.result}${value}${level(record)}`;
    }
    case "read": {
      const window = record.reference;
      const reference =
        window === undefined ? "" : ` (reference ${window.call} to ${window.return})`;
      return `${at} read ${record.value - start}${reference}${level(record)}`;
    }
    case "expiry":
      return `${at} expiry ${record.timer} due ${record.scheduled - start}${level(record)}`;
    case "exit":
      return `${at} exit ${record.timer}${level(record)}`;
    case "interrupt":
      return `${at} interrupt ${record.interrupt}`;
    case "mark":
      return `${at} mark ${record.id}${level(record)}`;
    case "stats":
      return `${at} stats ${record.allocated}/${record.pending}/${record.retired}`;
    case "error":
      return `${at} error ${record.code}${level(record)}`;
  }
}

function level({ context }: { readonly context: number }): string {
  return context === 0 ? "" : ` at level ${context}`;
}
