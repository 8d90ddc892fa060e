import { recordText, timeText } from "@escapement/timeline";
import type { ExcerptRecord } from "./report.js";

/**
 * Writes an excerpt of a trace as lines of text: time since the iteration began, what happened,
 * and a `>` before each record that a finding names. Gaps are shown as `…`.
 *
 * Times are microseconds when the counter's frequency is given, else ticks.
 */
export function timelineLines(
  excerpt: readonly ExcerptRecord[],
  options: { readonly frequencyHz?: number; readonly marked?: readonly number[] } = {},
): readonly string[] {
  const marked = new Set(options.marked ?? []);
  const origin = excerpt[0]?.record.at ?? 0;
  const rows: { mark: string; time: string; text: string }[] = [];
  let base = origin;
  let expected = excerpt[0]?.index ?? 0;
  for (const { index, record } of excerpt) {
    if (index !== expected) rows.push({ mark: " ", time: "…", text: "" });
    expected = index + 1;
    if (record.kind === "iteration") base = record.at;
    rows.push({
      mark: marked.has(index) ? ">" : " ",
      // A call is recorded when it returns; shown by that, the lines stay in order.
      time: timeText(
        (record.kind === "call" ? record.until : record.at) - base,
        options.frequencyHz,
      ),
      text: recordText(record, base, options.frequencyHz),
    });
  }
  const width = Math.max(0, ...rows.map((row) => row.time.length));
  return rows.map((row) => `${row.mark} ${row.time.padStart(width)}  ${row.text}`.trimEnd());
}
