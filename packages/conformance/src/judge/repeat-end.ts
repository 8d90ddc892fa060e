import { isRefusal, type Op, type TimerSpec, type TraceRecord } from "@escapement/scenario";
import { contextOf, isRecordOf } from "./trace-tree.js";

/**
 * Where the records of a `repeat` end. In it only expiries, refusals and errors are recorded, so
 * whatever was recorded before the next operation was called belongs to it.
 */
export function endOfRepeat(
  records: readonly TraceRecord[],
  begin: number,
  end: number,
  body: readonly Op[],
  next: Op | undefined,
  timers: readonly TimerSpec[],
): number {
  if (next === undefined) return end;
  const own = placeOfNext(records, begin, end, [...body, ...callbacksIn(body, timers)], next);
  if (own === undefined) return end;
  const { at } = records[own] as TraceRecord;
  let place = begin;
  while (place < own && isMuted(records, place, at, timers, next)) place += 1;
  return place;
}

/** Recorded before the next operation was called; in the same tick, where it cannot be of that. */
function isMuted(
  records: readonly TraceRecord[],
  place: number,
  at: number,
  timers: readonly TimerSpec[],
  next: Op,
): boolean {
  const record = records[place] as TraceRecord;
  if (record.at !== at) return record.at < at;
  // The entry of its handler would stand before it.
  if (record.kind === "call") return true;
  if (record.kind === "expiry" && record.context === 0 && next.op !== "service") return true;
  if (record.kind !== "expiry" || timers[record.timer]?.handler.length === 0) return false;
  return !isRecordedWhole(records, place);
}

/** Whether a handler's own operations, or its return, are recorded behind its entry: in a `repeat` only refusals are. */
function isRecordedWhole(records: readonly TraceRecord[], entry: number): boolean {
  const level = contextOf(records[entry] as TraceRecord);
  for (let place = entry + 1; place < records.length; place++) {
    const record = records[place] as TraceRecord;
    if (contextOf(record) > level) continue;
    if (contextOf(record) < level || record.kind === "expiry" || record.kind === "error") break;
    if (record.kind !== "call" || !isRefusal(record.result)) return true;
  }
  return false;
}

/** The operations of soft callbacks that may run in a round, in the thread as those of the round. */
function callbacksIn(body: readonly Op[], timers: readonly TimerSpec[]): readonly Op[] {
  if (!body.some(({ op }) => op === "service")) return [];
  return timers.flatMap(({ dispatch, handler }) => (dispatch === "soft" ? handler : []));
}

/** The place of the next operation's record: the first at the thread's level that no round can have left. */
function placeOfNext(
  records: readonly TraceRecord[],
  begin: number,
  end: number,
  body: readonly Op[],
  next: Op,
): number | undefined {
  if (next.op === "service") {
    const own = placeOfService(records, begin, end);
    if (own !== undefined) return own;
  }
  let last: number | undefined;
  for (let place = begin; place < end; place++) {
    const record = records[place] as TraceRecord;
    if (contextOf(record) > 0 || record.kind === "expiry" || record.kind === "error") continue;
    if (isRecordOf(next, record)) last = place;
    const isOfRound =
      record.kind === "call" &&
      isRefusal(record.result) &&
      body.some((op) => isRecordOf(op, record));
    if (!isOfRound) break;
  }
  return last;
}

/** The place of the first `service()` that ran: all that its callbacks recorded, at the thread's level, comes before it. */
function placeOfService(
  records: readonly TraceRecord[],
  begin: number,
  end: number,
): number | undefined {
  for (let place = begin; place < end; place++) {
    const record = records[place] as TraceRecord;
    const isService = record.kind === "call" && record.op === "service" && record.context === 0;
    if (isService && record.result === "ok") return place;
  }
  return undefined;
}
