import type { CallRecord, OpName, OpResult, TraceRecord } from "@escapement/scenario";
import { countText, hasSubject } from "@escapement/timeline";

/** A record that is drawn, with its place in what was given. */
export interface DrawnRecord {
  /** The record. */
  readonly record: TraceRecord;
  /** Its index in the whole trace. */
  readonly index: number;
  /** Whether a finding names it. */
  readonly highlighted: boolean;
}

/** An event in a context lane. */
export interface LaneEvent extends DrawnRecord {
  /** When it began. */
  readonly from: number;
  /** When it ended; the same for what takes no time. */
  readonly to: number;
  /** A few words for its label. */
  readonly text: string;
  /** How it is drawn. */
  readonly look: "call" | "wait" | "read" | "mark" | "interrupt" | "error";
}

/** A run of a handler. */
export interface HandlerRun {
  /** The timer. */
  readonly timer: number;
  /** How deep in interrupts it ran. */
  readonly context: number;
  /** When it was due. */
  readonly scheduled: number;
  /** When it was entered. */
  readonly entered: number;
  /** When it returned, where that was recorded. */
  readonly left: number | undefined;
  /** The entry's record. */
  readonly entry: DrawnRecord;
}

/** What happened in one context: the thread, or a level of interrupt. */
export interface ContextLane {
  /** 0 for the thread, then the interrupt's level. */
  readonly level: number;
  /** In order of time. */
  readonly events: readonly LaneEvent[];
}

/** Calls that set a timer going. */
export const startCalls: ReadonlySet<OpName> = new Set<OpName>(["start", "startAt", "spawn"]);

/** Calls that change when a timer comes, for its own lane. */
const timerCalls: ReadonlySet<OpName> = new Set<OpName>([
  ...(["start", "startAt", "spawn", "stop", "stopSync", "shutdown"] as const),
  ...(["deinit", "init", "setPeriod"] as const),
]);

/** Operations in which nothing happens but that time passes. */
export const waits: ReadonlySet<OpName> = new Set<OpName>(["sleep", "spin", "phase"]);

/** Operations whose value says something even when it is 0. */
const valued: ReadonlySet<OpName> = new Set<OpName>([
  ...(["remaining", "pending", "overruns", "count", "readMany", "enabled", "service"] as const),
]);

/** Returns of calls that did something; `missed`, `idle` and refusals changed nothing. */
const changes: ReadonlySet<OpResult> = new Set<OpResult>([
  ...(["ok", "armed", "late", "removed", "in-flight", "fired"] as const),
]);

/** Whether a record is a call that changed when this timer comes. */
export function changesTimer(record: TraceRecord, timer?: number): record is CallRecord {
  if (record.kind !== "call" || !timerCalls.has(record.op)) return false;
  return changes.has(record.result) && (timer === undefined || record.subject === timer);
}

/** The contexts in which something happened; the thread is always there. */
export function contextLanes(
  records: readonly DrawnRecord[],
  runs: readonly HandlerRun[],
  base: number,
): readonly ContextLane[] {
  const levels = new Map<number, LaneEvent[]>([[0, []]]);
  for (const drawn of records) {
    const event = laneEvent(drawn, base);
    if (event === undefined) continue;
    const level = "context" in drawn.record ? drawn.record.context : 0;
    const lane = levels.get(level) ?? [];
    lane.push(event);
    levels.set(level, lane);
  }
  for (const { context, left } of runs) {
    if (left !== undefined && !levels.has(context)) levels.set(context, []);
  }
  return [...levels]
    .sort(([one], [other]) => one - other)
    .map(([level, events]) => ({ level, events: events.sort((a, b) => a.from - b.from) }));
}

/** Pairs the entries of handlers with their returns. */
export function handlerRuns(records: readonly DrawnRecord[]): readonly HandlerRun[] {
  const runs: HandlerRun[] = [];
  for (const [place, entry] of records.entries()) {
    const { record } = entry;
    if (record.kind !== "expiry") continue;
    const { timer, context, scheduled, at } = record;
    runs.push({
      ...{ timer, context, scheduled, entered: at, entry },
      left: exitAfter(records, place, timer, context),
    });
  }
  return runs;
}

/** The timers that the records speak of, and all below the highest; at least `least`. */
export function timerCount(records: readonly DrawnRecord[], least: number): number {
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

/** A context's name for its lane. */
export function levelName(level: number): string {
  if (level === 0) return "thread";
  return level === 1 ? "interrupt" : `level ${level}`;
}

function exitAfter(
  records: readonly DrawnRecord[],
  place: number,
  timer: number,
  context: number,
): number | undefined {
  for (const { record } of records.slice(place + 1)) {
    const same = "timer" in record && record.timer === timer && record.context === context;
    if (same && record.kind === "exit") return record.at;
    if (same && record.kind === "expiry") return undefined;
  }
  return undefined;
}

function laneEvent(drawn: DrawnRecord, base: number): LaneEvent | undefined {
  const { record } = drawn;
  if (record.kind === "call") {
    const look = waits.has(record.op) ? "wait" : "call";
    return { ...drawn, from: record.at, to: record.until, text: callText(record), look };
  }
  const moment = { ...drawn, from: record.at, to: record.at };
  switch (record.kind) {
    case "read":
      return { ...moment, text: `read = ${countText(record.value - base)}`, look: "read" };
    case "mark":
      return { ...moment, text: `mark ${record.id}`, look: "mark" };
    case "interrupt":
      return { ...moment, text: "second interrupt", look: "interrupt" };
    case "stats": {
      const text = `stats ${record.allocated} / ${record.pending} / ${record.retired}`;
      return { ...moment, text, look: "mark" };
    }
    case "error":
      return { ...moment, text: `error ${record.code}`, look: "error" };
    default:
      return undefined;
  }
}

function callText({ op, subject, result, value }: CallRecord): string {
  const name = hasSubject(op) ? `${op} ${subject}` : op;
  if (result !== "ok") return `${name}: ${result}`;
  return value !== 0 || valued.has(op) ? `${name} = ${countText(value)}` : name;
}
