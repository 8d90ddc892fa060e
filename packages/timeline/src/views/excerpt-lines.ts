import type { TraceRecord } from "@escapement/scenario";
import { timeText } from "../text/numbers.js";
import { recordText } from "../text/record-text.js";

/** A record of a trace, and where it stands in it. */
export interface ExcerptRecord {
  /** Index in the trace's records. */
  readonly index: number;
  /** The record. */
  readonly record: TraceRecord;
}

/**
 * Writes an excerpt of a trace as lines of text: time since the iteration began, what happened,
 * and a `>` before each record that a finding names. Gaps are shown as `…`.
 *
 * Times are microseconds when the counter's frequency is given, else ticks.
 */
export function excerptLines(
  excerpt: readonly ExcerptRecord[],
  options: { readonly frequencyHz?: number; readonly marked?: readonly number[] } = {},
): readonly string[] {
  const marked = new Set(options.marked ?? []);
  const rows: { mark: string; time: string; text: string }[] = [];
  let base = excerpt[0]?.record.at ?? 0;
  let expected = excerpt[0]?.index ?? 0;
  for (const { index, record } of excerpt) {
    if (index !== expected) rows.push({ mark: " ", time: "…", text: "" });
    expected = index + 1;
    if (record.kind === "iteration") base = record.at;
    // A call is recorded when it returns; shown by that, the lines stay in order.
    const at = record.kind === "call" ? record.until : record.at;
    rows.push({
      mark: marked.has(index) ? ">" : " ",
      time: timeText(at - base, options.frequencyHz),
      text: recordText(record, base, options.frequencyHz),
    });
  }
  const width = Math.max(0, ...rows.map((row) => row.time.length));
  return rows.map((row) => `${row.mark} ${row.time.padStart(width)}  ${row.text}`.trimEnd());
}
