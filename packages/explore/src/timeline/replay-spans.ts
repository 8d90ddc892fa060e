import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import type { OpName, RunActivity, TraceRecord } from "@escapement/scenario";
import type { Replay, ReplayStep } from "../replay.js";

/** An interrupt that was served, or a row of them with nothing between. */
export interface Interruption {
  /** Its level, 1 or more. */
  readonly level: number;
  /** Index of its first step. */
  readonly from: number;
  /** Index after its last step, of the levels above its own as well. */
  readonly to: number;
  /** What requested it, such as `compare interrupt`. */
  readonly name: string;
}

/** An operation or a handler, from its first step to its last. */
export interface ActivitySpan {
  /** What it is. */
  readonly activity: RunActivity;
  /** Index of its first step. */
  readonly from: number;
  /** Index of its last step. */
  readonly last: number;
  /** Whether it ended within the run. */
  readonly ended: boolean;
  /** What it is called, such as `start(1)` or `handler of timer 0`. */
  readonly name: string;
  /** What it returned, where that was recorded. */
  readonly result?: string;
}

/** Every interrupt of a run, in the order of their entries. */
export function interruptionsOf({ steps }: Replay): readonly Interruption[] {
  const found: { level: number; from: number; to: number; name: string }[] = [];
  const open: typeof found = [];
  for (const [index, step] of steps.entries()) {
    while ((open.at(-1)?.level ?? 0) > step.level) {
      const ended = open.pop();
      if (ended !== undefined) ended.to = index;
    }
    while (open.length < step.level) {
      const entered = {
        level: open.length + 1,
        from: index,
        to: steps.length,
        name: sourceOf(step),
      };
      open.push(entered);
      found.push(entered);
    }
  }
  return found;
}

/** Every operation and handler of a run, in the order of their begins. */
export function spansOf({ steps, trace, value }: Replay): readonly ActivitySpan[] {
  const lasts = new Map<RunActivity, { from: number; last: number }>();
  for (const [index, step] of steps.entries()) {
    for (const activity of step.activities) {
      // An interrupt that comes at its first look at the clock is not yet part of it.
      if (activity.context !== step.level) continue;
      const known = lasts.get(activity);
      if (known === undefined) lasts.set(activity, { from: index, last: index });
      else known.last = index;
    }
  }
  return [...lasts].map(([activity, { from, last }]) => {
    const next = steps[last + 1];
    const records = trace.records.slice(steps[last]?.records ?? 0, next?.records);
    const result = resultOf(activity, records);
    return {
      activity,
      from,
      last,
      name: activityName(activity, value),
      ended: next !== undefined || records.length > 0,
      ...(result !== undefined && { result }),
    };
  });
}

/** The deepest level of interrupt in a run; 0 where none came. */
export function levelsOf({ steps }: Replay): number {
  return steps.reduce((most, { level }) => Math.max(most, level), 0);
}

/** Index of the step after which a record was made: the last one before it. */
export function stepOfRecord({ steps }: Replay, record: number): number {
  return Math.max(
    0,
    steps.findLastIndex((step) => step.records <= record),
  );
}

/** What requested an interrupt, as seen from its first step. */
function sourceOf({ flags, enabled, level, activities, moves }: ReplayStep): string {
  const inner = activities.at(-1);
  if (inner?.doing.op === "second-interrupt" && inner.context === level) return "second interrupt";
  const pending = flags & enabled & (FLAG_OVERFLOW | FLAG_COMPARE);
  // A chip with a vector for each has cleared the flag by now; then the move knows.
  const event = moves.at(-1)?.event;
  if (pending === FLAG_COMPARE || (pending === 0 && event === "c")) return "compare interrupt";
  if (pending === FLAG_OVERFLOW || (pending === 0 && event === "w")) return "overflow interrupt";
  return "timer interrupt";
}

function activityName({ doing }: RunActivity, variable: number): string {
  if (doing.op === "handler") return `timer ${doing.timer}'s handler`;
  if (doing.op === "second-interrupt") return `list ${doing.interrupt} of the second interrupt`;
  if ("timer" in doing) return `${doing.op}(${doing.timer})`;
  if ("interrupt" in doing) return `${doing.op}(${doing.interrupt})`;
  if (doing.op === "sleep" || doing.op === "spin") {
    const { ticks } = doing;
    return `${doing.op} ${typeof ticks === "number" ? ticks : variable + ticks.offset} ticks`;
  }
  return doing.op;
}

/** Operations that are called for their value. */
const valued: ReadonlySet<OpName> = new Set<OpName>([
  ...(["remaining", "pending", "overruns", "count", "readMany", "enabled", "service"] as const),
]);

/** What the records made at an activity's end say of it. */
function resultOf(
  { doing, context }: RunActivity,
  records: readonly TraceRecord[],
): string | undefined {
  for (const record of records) {
    if (!("context" in record) || record.context !== context) continue;
    if (record.kind === "read" && (doing.op === "read" || doing.op === "capture")) {
      return String(record.value);
    }
    if (record.kind === "call" && record.op === doing.op) {
      if (record.result === "ok" && valued.has(record.op)) return String(record.value);
      return record.result;
    }
  }
  return undefined;
}
