import type { Op, Program, TraceRecord } from "@escapement/scenario";
import { longestTicks } from "./operand.js";
import type { RecordCursor } from "./record-cursor.js";
import { endOfRepeat } from "./repeat-end.js";
import { type Activity, linkSiblings, Step } from "./trace-tree.js";

/** A `repeat`, and what the main list goes on with. */
export interface RepeatPlace {
  readonly op: Op & { readonly op: "repeat" };
  readonly next: Op | undefined;
  readonly program: Program;
  /** The sweep variable. */
  readonly value: number;
  readonly opTicks: number;
}

/** Reads a `repeat`, which has no record of its own: it ends where the next operation begins. */
export function parseRepeat(place: RepeatPlace, cursor: RecordCursor): Step {
  const { op, next, program } = place;
  const { records } = cursor;
  const before = cursor.position - 1;
  const end = endOfRepeat(records, cursor.position, cursor.end, op, next, program.timers);
  const nested: Activity[] = [];
  let hasRefusals = false;
  while (cursor.position < end) {
    const record = records[cursor.position] as TraceRecord;
    if (record.kind === "expiry") {
      nested.push(muted(record.timer, record, program, cursor));
    } else if (record.kind === "error" && !(record.code === "callback-threw" && throws(program))) {
      cursor.error(record);
    } else {
      if (record.kind === "call") hasRefusals = true;
      cursor.position += 1;
    }
  }
  linkSiblings(nested);
  const step = new Step(op, records[before] as TraceRecord, before, 0, nested);
  const following = cursor.peek();
  for (const [at, each] of nested.entries()) {
    each.until = endOfMuted(each, nested[at + 1]?.at ?? following?.at ?? each.at, place);
  }
  step.hasRefusals = hasRefusals;
  step.until = following?.at ?? Number.POSITIVE_INFINITY;
  return step;
}

function muted(
  timer: number,
  record: TraceRecord,
  { timers }: Program,
  cursor: RecordCursor,
): Activity {
  if (timers[timer] === undefined) {
    return cursor.unfit("the expiry of one of the program's timers", record);
  }
  return cursor.begin("muted", timer, record);
}

/** Without a record of its return a handler is over when the next thing was recorded, or as its list is done. */
function endOfMuted({ subject, at }: Activity, next: number, place: RepeatPlace): number {
  const ops = place.program.timers[subject]?.handler ?? [];
  if (ops.length === 0) return at;
  return Math.min(next, at + longestTicks(ops, place.value, place.opTicks));
}

function throws({ timers }: Program): boolean {
  return timers.some(({ handler }) => handler.some(({ op }) => op === "throw"));
}
