import type { TraceRecord } from "@escapement/scenario";

/** A span in which the program held interrupts masked. */
export interface MaskedWindow {
  /** When `mask` was back, in ticks; where it was not recorded, the last tick seen before. */
  readonly from: number;
  /** When `restore` was called, or the last tick of the records. */
  readonly to: number;
}

/**
 * The masked spans of one iteration's records; nested masks give one span.
 *
 * A `mask` inside a `repeat` leaves no record. Its span is then taken to begin at the last tick
 * that was seen before its `restore`, which is early rather than late. Pure.
 */
export function maskedWindows(records: readonly TraceRecord[]): readonly MaskedWindow[] {
  const windows: MaskedWindow[] = [];
  let depth = 0;
  let from = 0;
  let latest = records[0]?.at ?? 0;
  for (const record of records) {
    if (record.kind === "call" && record.op === "mask" && record.result === "ok") {
      if (depth === 0) from = record.until;
      depth += 1;
    } else if (record.kind === "call" && record.op === "restore" && record.result === "ok") {
      if (depth <= 1) windows.push({ from: depth === 1 ? from : latest, to: record.at });
      depth = Math.max(0, depth - 1);
    }
    latest = Math.max(latest, record.kind === "call" ? record.until : record.at);
  }
  if (depth > 0 && latest > from) windows.push({ from, to: latest });
  return windows;
}
