import type { TraceRecord } from "@escapement/scenario";
import { maskedWindows } from "./masked-windows.js";
import { type PickedIteration, pickIteration } from "./pick-iteration.js";
import type { Timeline, TimelinePointer, TimelineRow } from "./timeline.js";
import { handlerRuns, type ShownRecord, timerCount } from "./trace-records.js";
import { contextRows, type TraceView, timerRow } from "./trace-rows.js";
import { traceWords } from "./trace-words.js";

/** A trace, and what is to be shown of it. */
export interface TraceTimelineOptions {
  /** A whole trace's records, or those of one iteration. */
  readonly records: readonly TraceRecord[];
  /** The board counter's ticks per second; above 0. */
  readonly frequencyHz: number;
  /** What it is called; `Timeline` when absent. */
  readonly title?: string;
  /** Rows for at least so many timers; those that the records name when absent. */
  readonly timers?: number;
  /** Indices of records to point at, such as those that findings name. */
  readonly highlight?: readonly number[];
  /** Most records shown; 250 when absent. */
  readonly recordsMax?: number;
}

/**
 * What happened in one iteration of a trace: a row for each context with its calls, reads and
 * marks, one for each timer with its due times and its handler's entries, and the masked windows.
 *
 * Of several iterations it is the first with a highlighted record, or the first. Pure.
 *
 * @example
 * ```ts
 * import { timelineSvg, traceTimeline } from "@escapement/timeline";
 * import type { Trace } from "@escapement/scenario";
 *
 * export const drawn = ({ records }: Trace) =>
 *   timelineSvg(traceTimeline({ records, frequencyHz: 2_000_000, title: "A trace" }));
 * ```
 */
export function traceTimeline(options: TraceTimelineOptions): Timeline {
  const { frequencyHz, highlight = [] } = options;
  const picked = pickIteration(options.records, highlight, options.recordsMax);
  const records = shownRecords(picked, new Set(highlight));
  const base = records[0]?.record.at ?? 0;
  const view: TraceView = { records, runs: handlerRuns(records), base, frequencyHz };
  const timers = timerCount(records, options.timers ?? 0);
  const places = [base, ...records.flatMap(({ record }) => timesOf(record))];
  return {
    title: options.title ?? "Timeline",
    words: traceWords(picked, view),
    axis: { kind: "time", base, frequencyHz, places },
    rows: [
      ...contextRows(view),
      ...maskRow(records),
      ...Array.from({ length: timers }, (_, timer) => timerRow(view, timer)),
    ],
    pointers: pointersOf(records),
    ...(picked.omitted > 0 && { omitted: `${picked.omitted} more records are not drawn` }),
  };
}

function shownRecords(
  { records, indices }: PickedIteration,
  highlight: ReadonlySet<number>,
): readonly ShownRecord[] {
  return records.flatMap((record, place) => {
    // A board's own trace may hold anything; what has no time has no place.
    if (!timesOf(record).every((at) => Number.isFinite(at))) return [];
    return [{ record, highlighted: highlight.has(indices[place] ?? place) }];
  });
}

/** The ticks at which a record is drawn. */
function timesOf(record: TraceRecord): readonly number[] {
  if (record.kind === "call") return [record.at, record.until];
  return record.kind === "expiry" ? [record.scheduled, record.at] : [record.at];
}

function maskRow(records: readonly ShownRecord[]): readonly TimelineRow[] {
  const windows = maskedWindows(records.map(({ record }) => record));
  if (windows.length === 0) return [];
  const spans = windows.map(
    (window) => ({ ...window, look: "mask", text: "interrupts masked" }) as const,
  );
  return [{ kind: "mask", name: "masked", signal: "masked", spans, events: [], labels: [] }];
}

function pointersOf(records: readonly ShownRecord[]): readonly TimelinePointer[] {
  const places = records.filter(({ highlighted }) => highlighted).map(({ record }) => record.at);
  return [...new Set(places)].map((at) => ({ at, look: "finding", text: "named by a finding" }));
}
