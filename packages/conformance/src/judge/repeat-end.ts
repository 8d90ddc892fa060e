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
  after: readonly Op[],
  timers: readonly TimerSpec[],
): number {
  const [next] = after;
  if (next === undefined) return end;
  const own = placeOfNext(records, begin, end, [...body, ...callbacksIn(body, timers)], after);
  if (own === undefined) return end;
  const ofThread = next.op === "service" ? firstCallback(records, begin, own) : own;
  let place = begin;
  for (let last = own - 1; last >= begin && place === begin; last--) {
    if (isSurelyMuted(records, last, own, timers, ofThread)) place = last + 1;
  }
  // What handlers of it were refused, or threw: the entry of one inside the next operation would stand before.
  for (; place < own; place++) {
    const { kind } = records[place] as TraceRecord;
    if (kind !== "call" && kind !== "error") break;
  }
  return place;
}

/** Recorded before the next operation was called; in the same tick, where it cannot be of that. `ofThread`: where the thread's own begin. */
function isSurelyMuted(
  records: readonly TraceRecord[],
  place: number,
  own: number,
  timers: readonly TimerSpec[],
  ofThread: number,
): boolean {
  const record = records[place] as TraceRecord;
  const { at } = records[own] as TraceRecord;
  if (record.at !== at) return record.at < at;
  if (contextOf(record) === 0) return record.kind !== "error" && place < ofThread;
  if (record.kind !== "expiry" || timers[record.timer]?.handler.length === 0) return false;
  return !isRecordedWhole(records, place, own);
}

/** The place of the first callback that a `service()` ran itself: it returns how many there were. */
function firstCallback(records: readonly TraceRecord[], begin: number, own: number): number {
  const service = records[own];
  let left = service?.kind === "call" ? service.value : 0;
  let first = own;
  for (let place = own - 1; place >= begin && left > 0; place--) {
    const record = records[place] as TraceRecord;
    if (record.kind !== "expiry" || record.context > 0) continue;
    first = place;
    left -= 1;
  }
  return first;
}

/** At the level of a handler: it has returned, or has thrown. */
const endsHandler: ReadonlySet<TraceRecord["kind"]> = new Set(["expiry", "interrupt", "error"]);

/** Whether a handler's own operations, or its return, are recorded behind its entry: in a `repeat` only refusals are. */
function isRecordedWhole(records: readonly TraceRecord[], entry: number, end: number): boolean {
  const level = contextOf(records[entry] as TraceRecord);
  for (let place = entry + 1; place < end; place++) {
    const record = records[place] as TraceRecord;
    if (contextOf(record) > level) continue;
    if (contextOf(record) < level || endsHandler.has(record.kind)) break;
    if (record.kind !== "call" || !isRefusal(record.result)) return true;
  }
  return false;
}

/** The operations of soft callbacks that may run in a round, in the thread as those of the round. */
function callbacksIn(body: readonly Op[], timers: readonly TimerSpec[]): readonly Op[] {
  if (!body.some(({ op }) => op === "service")) return [];
  return timers.flatMap(({ dispatch, handler }) => (dispatch === "soft" ? handler : []));
}

/**
 * The place of the next operation's record: the last at the thread's level that may be of it, with those
 * of all operations after it behind it, before the first that no round can have left.
 */
function placeOfNext(
  records: readonly TraceRecord[],
  begin: number,
  end: number,
  body: readonly Op[],
  after: readonly Op[],
): number | undefined {
  const [next] = after as [Op];
  if (next.op === "service") {
    const own = placeOfService(records, begin, end);
    if (own !== undefined) return own;
  }
  const latest = latestPlace(records, begin, end, after);
  let last: number | undefined;
  for (let place = begin; place < end; place++) {
    const record = records[place] as TraceRecord;
    if (!isOfThread(record)) continue;
    if (isRecordOf(next, record) && (last === undefined || place <= latest)) last = place;
    const isOfRound =
      record.kind === "call" &&
      isRefusal(record.result) &&
      body.some((op) => isRecordOf(op, record));
    if (!isOfRound) break;
  }
  return last;
}

/** The latest place where the first of these operations can have left its record, so that each has one. */
function latestPlace(
  records: readonly TraceRecord[],
  begin: number,
  end: number,
  ops: readonly Op[],
): number {
  let place = end;
  for (let nth = ops.length - 1; nth >= 0; nth--) {
    const op = ops[nth] as Op;
    do place -= 1;
    while (place >= begin && !isOwn(records[place] as TraceRecord, op));
  }
  return place;
}

function isOwn(record: TraceRecord, op: Op): boolean {
  return isOfThread(record) && isRecordOf(op, record);
}

function isOfThread(record: TraceRecord): boolean {
  return contextOf(record) === 0 && record.kind !== "expiry" && record.kind !== "error";
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
