import type { TraceRecord } from "@escapement/scenario";

/** One iteration of a trace, cut down to what a picture can hold. */
export interface PickedIteration {
  /** Its records, or as many of them as were asked for; the `iteration` record is the first. */
  readonly records: readonly TraceRecord[];
  /** Index in the given records of each of them, in the same order. */
  readonly indices: readonly number[];
  /** Which iteration it is, from 1. */
  readonly number: number;
  /** How many the given records have. */
  readonly count: number;
  /** The sweep variable; 0 where there is no `iteration` record. */
  readonly value: number;
  /** Records of the iteration that were left out. */
  readonly omitted: number;
}

/**
 * Chooses the iteration to show: that of the first highlighted record, or the first one.
 *
 * Where it has more than `recordsMax` records, those around the highlighted one are kept, and the
 * beginning. Pure; indices that are not in the trace are ignored.
 *
 * @example
 * ```ts
 * import { pickIteration } from "@escapement/timeline";
 * import type { Trace } from "@escapement/scenario";
 *
 * export const beginning = (trace: Trace) => pickIteration(trace.records, [], 20).records;
 * ```
 */
export function pickIteration(
  records: readonly TraceRecord[],
  highlight: readonly number[] = [],
  recordsMax = 250,
): PickedIteration {
  const starts = records.flatMap((record, index) => (record.kind === "iteration" ? [index] : []));
  const place = highlight.find((index) => records[index] !== undefined) ?? starts[0] ?? 0;
  const nth = Math.max(0, starts.filter((start) => start <= place).length - 1);
  const from = starts.length === 0 ? 0 : Math.min(starts[nth] ?? 0, place);
  const to = starts[nth + 1] ?? records.length;
  const indices = chosen(from, to, place, Math.max(1, recordsMax));
  const first = records[from];
  return {
    records: indices.flatMap((index) => records[index] ?? []),
    indices,
    number: nth + 1,
    count: Math.max(1, starts.length),
    value: first?.kind === "iteration" ? first.value : 0,
    omitted: to - from - indices.length,
  };
}

/** The first record, and the others around `place` as far as they fit. */
function chosen(from: number, to: number, place: number, most: number): readonly number[] {
  const rest = most - 1;
  const begin = Math.max(from + 1, Math.min(place - Math.floor(rest / 2), to - rest));
  const indices = from < to ? [from] : [];
  for (let index = begin; index < Math.min(to, begin + rest); index++) indices.push(index);
  return indices;
}
