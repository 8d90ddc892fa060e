import type { Op, Program, TraceRecord } from "@escapement/scenario";
import { longestTicks, operandValue } from "./operand.js";
import type { RecordCursor } from "./record-cursor.js";
import { endOfRepeat } from "./repeat-end.js";
import { type Activity, linkSiblings, type RepeatOp, Step } from "./trace-tree.js";

/** One `repeat` or several that follow each other. */
export interface RepeatPlace {
  readonly repeats: readonly RepeatOp[];
  /** What the main list goes on with, without other `repeat`s. */
  readonly after: readonly Op[];
  readonly program: Program;
  /** The sweep variable. */
  readonly value: number;
  readonly opTicks: number;
}

/**
 * Reads what `repeat`s left, which have no record of their own: they end where the next operation
 * begins. Undefined where none has a round.
 */
export function parseRepeats(place: RepeatPlace, cursor: RecordCursor): Step | undefined {
  const { after, program, value } = place;
  const repeats = place.repeats.filter(
    ({ body, count }) => body.length > 0 && operandValue(count, value) > 0,
  );
  const [op] = repeats;
  if (op === undefined) return undefined;
  const { records } = cursor;
  const before = cursor.position - 1;
  const body = repeats.flatMap((each) => each.body);
  const end = endOfRepeat(records, cursor.position, cursor.end, body, after, program.timers);
  const nested: Activity[] = [];
  while (cursor.position < end) {
    const record = records[cursor.position] as TraceRecord;
    if (record.kind === "expiry") {
      nested.push(muted(record.timer, record, program, cursor));
    } else if (record.kind === "error" && !(record.code === "callback-threw" && throws(program))) {
      cursor.error(record);
    } else {
      cursor.position += 1;
    }
  }
  linkSiblings(nested);
  const step = new Step(op, records[before] as TraceRecord, before, 0, nested);
  step.repeats = repeats;
  const following = cursor.peek();
  for (const [at, each] of nested.entries()) {
    each.until = endOfMuted(each, nested[at + 1]?.at ?? following?.at ?? each.at, place);
  }
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
