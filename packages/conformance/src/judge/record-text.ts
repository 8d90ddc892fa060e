import type { TraceRecord } from "@escapement/scenario";

/** A record in a few words. */
export function describeRecord(record: TraceRecord): string {
  switch (record.kind) {
    case "call":
      return `${record.op} (${record.subject}) with ${record.result}, at level ${record.context}`;
    case "expiry":
      return `an expiry of timer ${record.timer}, at level ${record.context}`;
    case "exit":
      return `the return of timer ${record.timer}'s handler, at level ${record.context}`;
    case "interrupt":
      return `interrupt ${record.interrupt}, at level ${record.context}`;
    case "error":
      return `the error ${record.code}`;
    case "mark":
      return `mark ${record.id}`;
    case "iteration":
      return `iteration ${record.value}`;
    default:
      return `a record of ${record.kind}`;
  }
}
