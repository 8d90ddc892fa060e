import type { CallRecord, OpName, OpResult, TraceRecord } from "@escapement/scenario";

/** A record that is shown. */
export interface ShownRecord {
  /** The record. */
  readonly record: TraceRecord;
  /** Whether a finding names it. */
  readonly highlighted: boolean;
}

/** A run of a handler. */
export interface HandlerRun {
  /** The timer. */
  readonly timer: number;
  /** How deep in interrupts it ran. */
  readonly level: number;
  /** When it was due. */
  readonly due: number;
  /** When it was entered. */
  readonly entered: number;
  /** When it returned, where that was recorded. */
  readonly left: number | undefined;
  /** Whether a finding names its entry. */
  readonly highlighted: boolean;
}

/** Calls that set a timer going. */
export const startCalls: ReadonlySet<OpName> = new Set<OpName>(["start", "startAt", "spawn"]);

/** Operations in which nothing happens but that time passes. */
export const waits: ReadonlySet<OpName> = new Set<OpName>(["sleep", "spin", "phase"]);

/** Operations that are called for their value, which says something even when it is 0. */
export const valued: ReadonlySet<OpName> = new Set<OpName>([
  ...(["remaining", "pending", "overruns", "count", "readMany", "enabled", "service"] as const),
]);

/** Calls that change when a timer comes. */
const timerCalls: ReadonlySet<OpName> = new Set<OpName>([
  ...(["start", "startAt", "spawn", "stop", "stopSync", "shutdown"] as const),
  ...(["deinit", "init", "setPeriod"] as const),
]);

/** Results of calls that did something; after `missed`, `idle` and refusals nothing is changed. */
const changes: ReadonlySet<OpResult> = new Set<OpResult>([
  ...(["ok", "armed", "late", "removed", "in-flight", "fired"] as const),
]);

/** Whether a record is a call that changed when this timer comes. */
export function changesTimer(record: TraceRecord, timer: number): record is CallRecord {
  if (record.kind !== "call" || !timerCalls.has(record.op)) return false;
  return changes.has(record.result) && record.subject === timer;
}

/** Pairs the entries of handlers with their returns. */
export function handlerRuns(records: readonly ShownRecord[]): readonly HandlerRun[] {
  return records.flatMap(({ record, highlighted }, place) => {
    if (record.kind !== "expiry") return [];
    const { timer, context: level, scheduled: due, at: entered } = record;
    const left = exitAfter(records, place, timer, level);
    return [{ timer, level, due, entered, left, highlighted }];
  });
}

/** The timers that the records name, and all below the highest; at least `least`. */
export function timerCount(records: readonly ShownRecord[], least: number): number {
  let count = least;
  for (const { record } of records) {
    if (record.kind === "expiry" || record.kind === "exit") {
      count = Math.max(count, record.timer + 1);
    } else if (record.kind === "call" && timerCalls.has(record.op)) {
      count = Math.max(count, record.subject + 1);
    }
  }
  return count;
}

function exitAfter(
  records: readonly ShownRecord[],
  place: number,
  timer: number,
  level: number,
): number | undefined {
  for (const { record } of records.slice(place + 1)) {
    const same = "timer" in record && record.timer === timer && record.context === level;
    if (same && record.kind === "exit") return record.at;
    if (same && record.kind === "expiry") return undefined;
  }
  return undefined;
}
