import type { ErrorRecord, Op, Program, TraceRecord } from "@escapement/scenario";
import type { Bounds } from "./bounds.js";
import { longestTicks, operandValue } from "./operand.js";
import { QuietOps } from "./quiet-ops.js";
import { describeRecord } from "./record-text.js";
import { endOfRepeat } from "./repeat-end.js";
import {
  Activity,
  contextOf,
  endOf,
  isRecordOf,
  linkSiblings,
  nothing,
  Step,
} from "./trace-tree.js";

/** A record that the HAL's error hook left, and its place in the trace. */
export interface FoundError {
  readonly record: ErrorRecord;
  readonly index: number;
}

/** One iteration as a tree. */
export interface ParsedIteration {
  readonly root: Activity;
  /** Errors that no `throw` of the program explains. */
  readonly errors: readonly FoundError[];
}

/** Ends the judgement with a violation about the trace's structure. */
export type Misfit = (
  rule: string,
  kind: string,
  expected: string,
  found: string,
  index: number,
) => never;

/** Where an iteration lies in a trace. */
export interface IterationRange {
  readonly records: readonly TraceRecord[];
  /** Its `iteration` record. */
  readonly begin: number;
  /** Behind its last record. */
  readonly end: number;
  /** The sweep variable. */
  readonly value: number;
}

/**
 * Makes the tree of an iteration, by following the program: list by list, each operation takes the
 * records that are nested in it, then its own. What fits nowhere is a misfit.
 */
export class IterationParser {
  readonly #program: Program;
  readonly #hasExceptions: boolean;
  readonly #maxDelayTicks: number;
  readonly #opTicks: number;
  readonly #records: readonly TraceRecord[];
  readonly #value: number;
  readonly #end: number;
  readonly #misfit: Misfit;
  readonly #quiet: QuietOps;
  readonly #entries: number[];
  readonly #errors: FoundError[] = [];
  #position: number;
  #activities = 0;

  constructor(
    program: Program,
    range: IterationRange,
    board: Pick<Bounds, "hasExceptions" | "maxDelayTicks" | "opTicks">,
    misfit: Misfit,
  ) {
    this.#program = program;
    this.#hasExceptions = board.hasExceptions;
    this.#maxDelayTicks = board.maxDelayTicks;
    this.#opTicks = board.opTicks;
    this.#records = range.records;
    this.#position = range.begin;
    this.#end = range.end;
    this.#value = range.value;
    this.#misfit = misfit;
    this.#quiet = new QuietOps(program);
    this.#entries = program.timers.map(() => 0);
  }

  /** Reads the whole iteration. */
  parse(): ParsedIteration {
    const first = this.#records[this.#position] as TraceRecord;
    const root = this.#activity("main", 0, 0, first);
    this.#setUps();
    this.#list(this.#program.main, root);
    root.until = endOf(this.#records[this.#position - 1] as TraceRecord);
    const closing: Activity[] = [];
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (next.kind === "error") this.#error(next);
      else if (contextOf(next) > 0) closing.push(this.#nested(next));
      else this.#unfit("the end of the iteration", next);
    }
    linkSiblings(closing);
    root.closing = closing;
    return { root, errors: this.#errors };
  }

  /** Setting the timers up leaves a record only where that is refused. */
  #setUps(): void {
    for (const [timer, { period }] of this.#program.timers.entries()) {
      const ticks = operandValue(period, this.#value);
      const isBad = ticks < 1 || ticks > this.#maxDelayTicks;
      const next = this.#peek();
      const isRefused =
        next?.kind === "call" &&
        next.op === "init" &&
        next.subject === timer &&
        next.result !== "ok";
      if (isBad && isRefused) this.#position += 1;
      else if (isBad) this.#noRefusal(timer, ticks);
      else if (isRefused && !this.#beginsWithInit(timer)) this.#refused(timer, next.result);
    }
  }

  #noRefusal(timer: number, ticks: number): never {
    const expected = "invalid-argument of its set-up";
    return this.#misfit(
      "ARM-22",
      "period",
      expected,
      `a period of ${ticks} for timer ${timer} was taken`,
      this.#position - 1,
    );
  }

  #beginsWithInit(timer: number): boolean {
    const first = this.#program.main.find((op) => op.op !== "repeat" || op.body.length > 0);
    return first?.op === "repeat" || (first?.op === "init" && first.timer === timer);
  }

  #refused(timer: number, result: string): never {
    const expected = "room for the timers that the board states";
    return this.#misfit(
      "REG-03",
      "set-up",
      expected,
      `${result} for timer ${timer}`,
      this.#position,
    );
  }

  #list(ops: readonly Op[], activity: Activity): void {
    for (const [place, op] of ops.entries()) {
      if (op.op === "when") {
        if (op.count !== activity.entry) return;
      } else if (op.op === "repeat") {
        const next = ops.slice(place + 1).find((each) => each.op !== "repeat");
        activity.steps.push(this.#repeat(op, next, activity));
      } else if (op.op === "throw" && this.#hasExceptions) {
        this.#thrown(activity);
        return;
      } else {
        activity.steps.push(this.#step(op, activity));
      }
    }
  }

  /** One operation: what is nested in it, and its own record. */
  #step(op: Op, activity: Activity): Step {
    let nested: Activity[] | undefined;
    for (;;) {
      const next = this.#peek();
      if (next === undefined) return this.#unfit(`the record of ${op.op}`, next);
      if (next.kind === "error") {
        this.#error(next);
      } else if (this.#isNested(next, op, activity)) {
        nested ??= [];
        nested.push(this.#nested(next));
      } else if (isRecordOf(op, next)) {
        this.#position += 1;
        if (nested !== undefined && nested.length > 1) linkSiblings(nested);
        return new Step(op, next, this.#position - 1, activity.context, nested ?? nothing);
      } else {
        return this.#unfit(`the record of ${op.op}`, next);
      }
    }
  }

  /** Whether a record belongs to something that runs inside an operation of that activity. */
  #isNested(record: TraceRecord, op: Op, activity: Activity): boolean {
    if (contextOf(record) > activity.context) return true;
    if (op.op !== "service" || contextOf(record) !== activity.context) return false;
    if (record.kind === "expiry") {
      if (this.#program.timers[record.timer]?.dispatch !== "soft") return false;
      if (activity.kind !== "handler" || activity.context > 0) return true;
      const found = `a callback of timer ${record.timer} ran inside another`;
      return this.#misfit("CALL-14", "nested-service", "reentrant-service", found, this.#position);
    }
    // Refused as in a soft callback: not the call that runs the callback.
    const isRefused = record.kind === "call" && record.result === "reentrant-service";
    const isOwn = isRecordOf(op, record) && !(isRefused && activity.kind === "main");
    return this.#quiet.hasSoft && !isOwn && this.#quiet.find(record) !== undefined;
  }

  /** Something that ran inside another operation. */
  #nested(record: TraceRecord): Activity {
    if (record.kind === "expiry") return this.#handler(record.timer, record);
    if (record.kind === "interrupt") return this.#interrupt(record.interrupt, record);
    if (this.#quiet.find(record) !== undefined) return this.#quietHandler(record);
    return this.#unfit("the entry of a handler", record);
  }

  #handler(timer: number, record: TraceRecord): Activity {
    const spec = this.#program.timers[timer];
    if (spec === undefined) return this.#unfit("the expiry of one of the program's timers", record);
    this.#position += 1;
    const activity = this.#activity("handler", timer, contextOf(record), record);
    const entry = (this.#entries[timer] ?? 0) + 1;
    this.#entries[timer] = entry;
    activity.entry = entry;
    if (spec.handler.length === 0) return activity;
    this.#list(spec.handler, activity);
    return activity.hasThrown ? activity : this.#exit(activity);
  }

  #interrupt(interrupt: number, record: TraceRecord): Activity {
    const list = this.#program.interrupts[interrupt];
    if (list === undefined) return this.#unfit("one of the program's interrupts", record);
    this.#position += 1;
    const activity = this.#activity("interrupt", interrupt, contextOf(record), record);
    this.#list(list, activity);
    activity.until = activity.steps.at(-1)?.until ?? record.at;
    return activity;
  }

  /** The record of a handler's return, and what interrupted it after its last operation. */
  #exit(activity: Activity): Activity {
    const next = this.#after(activity);
    const { subject, context } = activity;
    if (next?.kind !== "exit" || next.timer !== subject || next.context !== context) {
      return this.#unfit(`the return of timer ${subject}'s handler`, next);
    }
    this.#position += 1;
    activity.until = next.at;
    return activity;
  }

  /** What was thrown is reported, and in place of the return. */
  #thrown(activity: Activity): void {
    const next = this.#after(activity);
    const isReported = next?.kind === "error" && next.code === "callback-threw";
    if (!isReported) {
      const found = "nothing was reported where a handler threw";
      const index = Math.min(this.#position, this.#end - 1);
      this.#misfit("CALL-05", "report", "callback-threw, once", found, index);
    }
    this.#position += 1;
    activity.hasThrown = true;
    activity.until = next?.at ?? activity.until;
  }

  /** Reads what ran after the last operation; returns the next record. */
  #after(activity: Activity): TraceRecord | undefined {
    const closing: Activity[] = [];
    for (;;) {
      const next = this.#peek();
      if (next === undefined) break;
      if (next.kind === "error" && next.code !== "callback-threw") this.#error(next);
      else if (next.kind !== "error" && contextOf(next) > activity.context) {
        closing.push(this.#nested(next));
      } else break;
    }
    linkSiblings(closing);
    if (closing.length > 0) activity.closing = closing;
    return this.#peek();
  }

  /** Operations of handlers whose entries are not recorded, as long as they follow each other. */
  #quietHandler(first: TraceRecord): Activity {
    const activity = this.#activity("quiet", 0, contextOf(first), first);
    let nested: Activity[] = [];
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (next.kind === "error") {
        if (!(next.code === "callback-threw" && this.#quiet.throws)) this.#error(next);
        else this.#position += 1;
        continue;
      }
      if (contextOf(next) > activity.context) {
        nested.push(this.#nested(next));
        continue;
      }
      const op = contextOf(next) === activity.context ? this.#quiet.find(next) : undefined;
      if (op === undefined) break;
      this.#position += 1;
      linkSiblings(nested);
      const isGuess = this.#quiet.isAmbiguous(next);
      activity.steps.push(
        new Step(op, next, this.#position - 1, activity.context, nested, isGuess),
      );
      nested = [];
      activity.until = activity.steps.at(-1)?.until ?? activity.until;
    }
    linkSiblings(nested);
    if (nested.length > 0) activity.closing = nested;
    return activity;
  }

  /** A `repeat` has no record: it ends where the next operation of the main list begins. */
  #repeat(op: Op & { readonly op: "repeat" }, next: Op | undefined, activity: Activity): Step {
    const before = this.#position - 1;
    const end = endOfRepeat(
      this.#records,
      this.#position,
      this.#end,
      op,
      next,
      this.#program.timers,
    );
    const nested: Activity[] = [];
    let hasRefusals = false;
    while (this.#position < end) {
      const record = this.#records[this.#position] as TraceRecord;
      if (record.kind === "error") this.#error(record);
      else {
        if (record.kind === "expiry") nested.push(this.#muted(record.timer, record));
        else hasRefusals = true;
        this.#position += 1;
      }
    }
    const record = this.#records[before] as TraceRecord;
    linkSiblings(nested);
    const step = new Step(op, record, before, activity.context, nested);
    const following = this.#peek();
    for (const [place, each] of nested.entries()) {
      each.until = this.#endOfMuted(each, nested[place + 1]?.at ?? following?.at ?? each.at);
    }
    step.hasRefusals = hasRefusals;
    step.until = following?.at ?? Number.POSITIVE_INFINITY;
    return step;
  }

  /** A handler without a record of its return: over when the next thing was recorded, or as its list is done. */
  #endOfMuted({ subject, at }: Activity, next: number): number {
    const ops = this.#program.timers[subject]?.handler ?? [];
    if (ops.length === 0) return at;
    return Math.min(next, at + longestTicks(ops, this.#value, this.#opTicks));
  }

  #muted(timer: number, record: TraceRecord): Activity {
    if (this.#program.timers[timer] === undefined) {
      return this.#unfit("the expiry of one of the program's timers", record);
    }
    const activity = this.#activity("muted", timer, contextOf(record), record);
    this.#entries[timer] = (this.#entries[timer] ?? 0) + 1;
    return activity;
  }

  #activity(
    kind: Activity["kind"],
    subject: number,
    context: number,
    record: TraceRecord,
  ): Activity {
    this.#activities += 1;
    const index =
      kind === "main" || kind === "quiet" || kind === "muted" ? this.#position : this.#position - 1;
    if (kind === "main") this.#position += 1;
    return new Activity(kind, subject, context, record, index, this.#activities);
  }

  #error(record: ErrorRecord): void {
    this.#errors.push({ record, index: this.#position });
    this.#position += 1;
  }

  #peek(): TraceRecord | undefined {
    return this.#position < this.#end ? this.#records[this.#position] : undefined;
  }

  #unfit(expected: string, record: TraceRecord | undefined): never {
    const found = record === undefined ? "the trace ends" : `${describeRecord(record)} follows`;
    return this.#misfit(
      "WIRE",
      "structure",
      expected,
      found,
      Math.min(this.#position, this.#end - 1),
    );
  }
}
