import type { OpName, TraceRecord } from "@escapement/scenario";
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

/** Operations that are about nothing in particular. */
const withoutSubject: ReadonlySet<OpName> = new Set<OpName>([
  ...(["readMany", "mask", "restore", "enabled", "spin", "sleep", "phase"] as const),
  ...(["service", "collect", "deinitAll"] as const),
]);

/** A span of ticks for a person. */
function timeText(ticks: number, frequencyHz: number | undefined): string {
  if (frequencyHz === undefined) return `${ticks}`;
  return `${((ticks / frequencyHz) * 1e6).toFixed(1)} us`;
}

/** One record in words. */
function recordText(record: TraceRecord, base: number, frequencyHz: number | undefined): string {
  const time = (at: number): string => timeText(at - base, frequencyHz);
  switch (record.kind) {
    case "iteration":
      return `iteration, variable = ${record.value}`;
    case "call": {
      const value = record.value === 0 ? "" : `, value ${record.value}`;
      const name = withoutSubject.has(record.op) ? record.op : `${record.op}(${record.subject})`;
      const took = timeText(record.until - record.at, frequencyHz);
      return `${name} answers "${record.answer}"${value}, took ${took}${contextText(record.context)}`;
    }
    case "read":
      return `read ${record.value} (${record.value - record.at >= 0 ? "+" : ""}${record.value - record.at} from the stamp)${contextText(record.context)}`;
    case "expiry":
      return `timer ${record.timer} fires, due ${time(record.scheduled)}${contextText(record.context)}`;
    case "exit":
      return `timer ${record.timer} handler returns${contextText(record.context)}`;
    case "interrupt":
      return `second interrupt, list ${record.interrupt}${contextText(record.context)}`;
    case "mark":
      return `mark ${record.id}${contextText(record.context)}`;
    case "stats":
      return `stats: allocated ${record.allocated}, pending ${record.pending}, retired ${record.retired}`;
    case "error":
      return `error "${record.code}"${contextText(record.context)}`;
  }
}

function contextText(level: number): string {
  if (level === 0) return "";
  return level === 1 ? " [in interrupt]" : ` [in interrupt, level ${level}]`;
}
