import type { ErrorRecord, Op, Program, TraceRecord } from "@escapement/scenario";
import type { Bounds } from "./bounds.js";
import { parseRepeats } from "./parse-repeat.js";
import { parseSetUps } from "./parse-set-ups.js";
import { QuietOps } from "./quiet-ops.js";
import {
  type FoundError,
  type IterationRange,
  type Misfit,
  RecordCursor,
} from "./record-cursor.js";
import {
  type Activity,
  contextOf,
  endOf,
  isRecordOf,
  linkSiblings,
  nothing,
  type RepeatOp,
  Step,
} from "./trace-tree.js";

/** One iteration as a tree. */
export interface ParsedIteration {
  readonly root: Activity;
  /** Errors that no `throw` of the program explains. */
  readonly errors: readonly FoundError[];
}

/**
 * Makes the tree of an iteration, by following the program: list by list, each operation takes the
 * records that are nested in it, then its own. What fits nowhere is a misfit.
 */
export class IterationParser {
  readonly #program: Program;
  readonly #bounds: Bounds;
  readonly #value: number;
  readonly #cursor: RecordCursor;
  readonly #quiet: QuietOps;
  readonly #entries: number[];

  constructor(program: Program, range: IterationRange, bounds: Bounds, misfit: Misfit) {
    this.#program = program;
    this.#bounds = bounds;
    this.#value = range.value;
    this.#cursor = new RecordCursor(range, misfit);
    this.#quiet = new QuietOps(program);
    this.#entries = program.timers.map(() => 0);
  }

  /** Reads the whole iteration. */
  parse(): ParsedIteration {
    const cursor = this.#cursor;
    const first = cursor.peek() as TraceRecord;
    const root = cursor.begin("main", 0, first);
    parseSetUps(this.#program, this.#value, this.#bounds.maxDelayTicks, this.#cursor);
    this.#list(this.#program.main, root);
    root.until = endOf(cursor.last);
    const closing: Activity[] = [];
    for (let next = this.#cursor.peek(); next !== undefined; next = this.#cursor.peek()) {
      if (next.kind === "error") this.#error(next);
      else if (contextOf(next) > 0) this.#nested(next, closing);
      else this.#cursor.unfit("the end of the iteration", next);
    }
    linkSiblings(closing);
    root.closing = closing;
    return { root, errors: cursor.errors };
  }

  #list(ops: readonly Op[], activity: Activity): void {
    for (const [place, op] of ops.entries()) {
      if (op.op === "when") {
        if (op.count !== activity.entry) return;
      } else if (op.op === "repeat") {
        if (ops[place - 1]?.op !== "repeat") this.#repeats(ops.slice(place), activity);
      } else if (op.op === "throw" && this.#bounds.hasExceptions) {
        this.#thrown(activity);
        return;
      } else {
        activity.steps.push(this.#step(op, activity));
      }
    }
  }

  /** The `repeat`s that these operations begin with, as one step: nothing is recorded between them. */
  #repeats(ops: readonly Op[], activity: Activity): void {
    const following = ops.findIndex(({ op }) => op !== "repeat");
    const all = following < 0 ? ops : ops.slice(0, following);
    const repeats = all.filter((each): each is RepeatOp => each.op === "repeat");
    const after = ops.slice(all.length).filter(({ op }) => op !== "repeat");
    const { opTicks } = this.#bounds;
    const place = { repeats, after, program: this.#program, value: this.#value, opTicks };
    const step = parseRepeats(place, this.#cursor);
    if (step === undefined) return;
    for (const { subject } of step.nested) this.#count(subject);
    activity.steps.push(step);
  }

  /** One operation: what is nested in it, and its own record. */
  #step(op: Op, activity: Activity): Step {
    let nested: Activity[] | undefined;
    for (;;) {
      const next = this.#cursor.peek();
      if (next === undefined) return this.#cursor.unfit(`the record of ${op.op}`, next);
      if (next.kind === "error") {
        this.#error(next);
      } else if (this.#isNested(next, op, activity)) {
        nested ??= [];
        this.#nested(next, nested);
      } else if (isRecordOf(op, next)) {
        this.#cursor.position += 1;
        if (nested !== undefined && nested.length > 1) linkSiblings(nested);
        return new Step(op, next, this.#cursor.position - 1, activity.context, nested ?? nothing);
      } else {
        return this.#cursor.unfit(`the record of ${op.op}`, next);
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
      return this.#cursor.misfit("CALL-14", "nested-service", "reentrant-service", found);
    }
    // Refused as in a soft callback: not the call that runs the callback.
    const isRefused = record.kind === "call" && record.result === "reentrant-service";
    const isOwn = isRecordOf(op, record) && !(isRefused && activity.kind === "main");
    return this.#quiet.hasSoft && !isOwn && this.#quiet.find(record) !== undefined;
  }

  /** Adds to these siblings what ran next inside the same operation. */
  #nested(record: TraceRecord, siblings: Activity[]): void {
    if (record.kind === "expiry") siblings.push(this.#handler(record.timer, record));
    else if (record.kind === "interrupt") siblings.push(this.#interrupt(record.interrupt, record));
    else {
      const op = this.#quiet.find(record);
      if (op === undefined) this.#cursor.unfit("the entry of a handler", record);
      this.#quietHandler(record, op, siblings);
    }
  }

  #handler(timer: number, record: TraceRecord): Activity {
    const spec = this.#program.timers[timer];
    if (spec === undefined)
      return this.#cursor.unfit("the expiry of one of the program's timers", record);
    const activity = this.#cursor.begin("handler", timer, record);
    activity.entry = this.#count(timer);
    if (spec.handler.length === 0) return activity;
    this.#list(spec.handler, activity);
    return activity.hasThrown ? activity : this.#exit(activity);
  }

  /** Counts an entry of that timer's handler; returns which it is. */
  #count(timer: number): number {
    const entry = (this.#entries[timer] ?? 0) + 1;
    this.#entries[timer] = entry;
    return entry;
  }

  #interrupt(interrupt: number, record: TraceRecord): Activity {
    const list = this.#program.interrupts[interrupt];
    if (list === undefined) return this.#cursor.unfit("one of the program's interrupts", record);
    const activity = this.#cursor.begin("interrupt", interrupt, record);
    this.#list(list, activity);
    activity.until = activity.steps.at(-1)?.until ?? record.at;
    return activity;
  }

  /** The record of a handler's return, and what interrupted it after its last operation. */
  #exit(activity: Activity): Activity {
    const next = this.#after(activity);
    const { subject, context } = activity;
    if (next?.kind !== "exit" || next.timer !== subject || next.context !== context) {
      return this.#cursor.unfit(`the return of timer ${subject}'s handler`, next);
    }
    this.#cursor.position += 1;
    activity.until = next.at;
    return activity;
  }

  /** What was thrown is reported, and in place of the return. */
  #thrown(activity: Activity): void {
    const next = this.#after(activity);
    const isReported = next?.kind === "error" && next.code === "callback-threw";
    if (!isReported) {
      const found = "nothing was reported where a handler threw";
      this.#cursor.misfit("CALL-05", "report", "callback-threw, once", found);
    }
    this.#cursor.position += 1;
    activity.hasThrown = true;
    activity.until = next?.at ?? activity.until;
  }

  /** Reads what ran after the last operation; returns the next record. */
  #after(activity: Activity): TraceRecord | undefined {
    const closing: Activity[] = [];
    for (;;) {
      const next = this.#cursor.peek();
      if (next === undefined) break;
      if (next.kind === "error" && next.code !== "callback-threw") this.#error(next);
      else if (next.kind !== "error" && contextOf(next) > activity.context) {
        this.#nested(next, closing);
      } else break;
    }
    linkSiblings(closing);
    if (closing.length > 0) activity.closing = closing;
    return this.#cursor.peek();
  }

  /** An error of the HAL's hook; what a handler without records threw is none. */
  #error(record: ErrorRecord): void {
    if (record.code === "callback-threw" && this.#quiet.throws) this.#cursor.position += 1;
    else this.#cursor.error(record);
  }

  /**
   * An operation of a handler whose entries are not recorded, as an activity of its own: the next may be of the
   * handler's next entry, and what it interrupts may go on between them.
   */
  #quietHandler(record: TraceRecord, op: Op, siblings: Activity[]): void {
    const activity = this.#cursor.beginBefore("quiet", 0, record);
    const { context } = activity;
    const nested = interruptionsOf(record, siblings);
    linkSiblings(nested);
    this.#cursor.position += 1;
    const isGuess = this.#quiet.isAmbiguous(record);
    const step = new Step(op, record, this.#cursor.position - 1, context, nested, isGuess);
    activity.steps.push(step);
    activity.until = step.until;
    siblings.push(activity);
    for (let next = this.#cursor.peek(); next?.kind === "error"; next = this.#cursor.peek()) {
      if (contextOf(next) < context) return;
      this.#error(next);
    }
  }
}

/**
 * Takes out of the siblings what interrupted the operation of this record: it is recorded before it, and
 * no entry of a quiet handler stands between the two.
 */
function interruptionsOf(record: TraceRecord, siblings: Activity[]): Activity[] {
  const level = contextOf(record);
  let from = siblings.length;
  while (from > 0) {
    const before = siblings[from - 1] as Activity;
    if (before.context <= level || before.at < record.at) break;
    from -= 1;
  }
  return siblings.splice(from);
}
