import {
  type Op,
  type OpName,
  type OpResult,
  subjectOf,
  type TraceRecord,
} from "@escapement/scenario";

/*
 * A trace as a tree. What runs is an activity: the main list, a timer's handler, the second
 * interrupt. An activity has steps, one for each operation of its list; a step has the activities
 * that ran while it did.
 */

/** What runs a list of operations. */
export type ActivityKind =
  | "main"
  | "handler"
  | "interrupt"
  /** Operations of handlers whose expiries are not recorded. */
  | "quiet"
  /** A handler that was entered inside a `repeat`, whose operations are not recorded. */
  | "muted";

/** A list that was run, with its operations. */
export class Activity {
  readonly kind: ActivityKind;
  /** The timer's or the interrupt's number. */
  readonly subject: number;
  readonly context: number;
  /** The record of its entry. */
  readonly record: TraceRecord;
  readonly index: number;
  /** Distinguishes it in the iteration; from 1. */
  readonly id: number;
  readonly at: number;
  /** When it had returned, as far as the trace shows it. */
  until: number;
  readonly steps: Step[] = [];
  /** What ran after its last operation, before its return was recorded. */
  closing: readonly Activity[] = nothing;
  /** Which entry of its timer's handler it is, from 1. */
  entry = 0;
  /**
   * Of the activities nested in the same operation: the first of those of higher levels that stand
   * directly before it, and the next of a lower level after it (−1 for none). See {@link linkSiblings}.
   */
  windowFrom = 0;
  below = -1;
  /** Noted by the walk at its entry: its place in the order of all that was done. */
  orderAtEntry = 0;
  /** Its timer is an anonymous one. */
  isAnonymous = false;
  /** It ended in a `throw`. */
  hasThrown = false;

  constructor(
    kind: ActivityKind,
    subject: number,
    context: number,
    record: TraceRecord,
    index: number,
    id: number,
  ) {
    this.kind = kind;
    this.subject = subject;
    this.context = context;
    this.record = record;
    this.index = index;
    this.id = id;
    this.at = record.at;
    this.until = record.at;
  }
}

/** The operation that has a body of others. */
export type RepeatOp = Op & { readonly op: "repeat" };

const noRepeats: readonly RepeatOp[] = [];

/** No activities; shared, as most operations are interrupted by none. */
export const nothing: readonly Activity[] = [];

/** Notes for each of these activities how it lies among the others. */
export function linkSiblings(siblings: readonly Activity[]): void {
  // Those whose next of a lower level has not come yet, each below or level with the one before it.
  const open: number[] = [];
  for (const [place, activity] of siblings.entries()) {
    activity.windowFrom = place;
    for (;;) {
      const last = open.at(-1);
      const before = last === undefined ? undefined : siblings[last];
      if (before === undefined || before.context <= activity.context) break;
      before.below = place;
      activity.windowFrom = before.windowFrom;
      open.pop();
    }
    open.push(place);
  }
}

/** An operation that was run. */
export class Step {
  readonly op: Op;
  readonly name: OpName;
  /** Its record; of a `repeat`, which has none, that of whatever was recorded before it. */
  readonly record: TraceRecord;
  readonly index: number;
  readonly context: number;
  readonly at: number;
  /** When it was back. */
  until: number;
  /** What it returned; `ok` where its record has no result. */
  readonly result: OpResult;
  /** What it gave. */
  readonly value: number;
  /** What ran while it did, or while its record was written, in the order of the trace. */
  readonly nested: readonly Activity[];
  /** The operation was found by its record, and others of that record could be meant. */
  readonly isGuess: boolean;
  /** The `repeat`s that it covers, one after the other, each with a round at least. */
  repeats: readonly RepeatOp[] = noRepeats;
  /** Noted by the walk when it begins: its place in the order of all that was done. */
  orderAtBegin = 0;
  /** How many timers had been released. */
  releasedBefore = 0;
  /** Of a call that finds no room: what may have been in the registry at some time of it. */
  there: { readonly timers: Set<number>; anonymous: number } | undefined;
  /** How many that interrupts released had surely not been given back. */
  keptBefore = 0;
  /** In an interrupt: it releases a timer that is there. */
  isRelease = false;
  /** Recorded entries of its timer's handler. */
  entriesBefore = 0;

  constructor(
    op: Op,
    record: TraceRecord,
    index: number,
    context: number,
    nested: readonly Activity[],
    isGuess = false,
  ) {
    this.op = op;
    this.name = op.op;
    this.record = record;
    this.index = index;
    this.context = context;
    this.at = record.at;
    this.nested = nested;
    this.isGuess = isGuess;
    if (record.kind === "call") {
      this.until = record.until;
      this.result = record.result;
      this.value = record.value;
      return;
    }
    let until = record.at;
    for (const each of nested) until = Math.max(until, each.until);
    this.until = until;
    this.result = "ok";
    this.value = record.kind === "read" ? record.value : 0;
  }
}

/** How deep in interrupts a record was made. */
export function contextOf(record: TraceRecord): number {
  return record.kind === "iteration" ? 0 : (record.context ?? 0);
}

/** When whatever is recorded was over. */
export function endOf(record: TraceRecord): number {
  return record.kind === "call" ? record.until : record.at;
}

/** Whether this is the record of that operation. */
export function isRecordOf(op: Op, record: TraceRecord): boolean {
  switch (record.kind) {
    case "call":
      return record.op === op.op && record.subject === subjectOf(op);
    case "read":
      return op.op === "read" || op.op === "capture";
    case "mark":
      return op.op === "mark" && op.id === record.id;
    case "stats":
      return op.op === "stats";
    default:
      return false;
  }
}

/** When a `restore` had unmasked at the latest: what waits runs inside of it. */
export function endOfMask(restore: Step): number {
  const first = restore.nested[0];
  return first === undefined ? restore.until : Math.min(restore.until, first.at);
}
