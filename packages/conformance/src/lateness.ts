import type {
  BoardLatencies,
  Op,
  OpName,
  Program,
  RecordOf,
  TraceRecord,
} from "@escapement/scenario";
import { maskedWindows, startCalls, waits } from "@escapement/timeline";

/** How late the handlers of a board came, in ticks of its counter. */
export interface Lateness {
  /**
   * Entries that nothing held back, as pairs of ticks late and how often; by rising lateness. These
   * are the ones that the board's stated bound is about.
   */
  readonly free: readonly (readonly [ticks: number, count: number])[];
  /** Entries that the program held back on purpose: masked, behind another handler, soft, started late. */
  readonly held: HeldEntries;
}

/** Entries that came late because they were held back. */
export interface HeldEntries {
  /** How many. */
  readonly count: number;
  /** The latest of them, in ticks; 0 where there is none. */
  readonly mostTicks: number;
}

/** In a `repeat` these leave no record, and yet delay handlers. */
const delaying: ReadonlySet<OpName> = new Set<OpName>([
  ...(["mask", "interrupt", "start", "startAt", "spawn", "setPeriod"] as const),
]);

/**
 * Gathers how late each recorded handler entry of a trace came: `at` minus `scheduled`.
 *
 * An entry counts as held back when, between its deadline and its entry, the trace shows interrupts
 * masked, another handler or the second interrupt at work, or a call still in progress that arms it
 * or that may mask interrupts; and when it is soft, or the program does things in a `repeat` that leave no record. So
 * `free` leaves out rather too many entries than too few. Pure.
 */
export function latenessOf(
  records: readonly TraceRecord[],
  program: Program,
  { opTicks }: BoardLatencies,
): Lateness {
  const free = new Map<number, number>();
  const hidden = program.main.some(hidesWork);
  let count = 0;
  let mostTicks = 0;
  for (const iteration of iterationsOf(records)) {
    const busy = busySpans(iteration, program, opTicks);
    for (const [place, record] of iteration.entries()) {
      if (record.kind !== "expiry") continue;
      const late = record.at - record.scheduled;
      const soft = program.timers[record.timer]?.dispatch !== "hard";
      if (soft || hidden || isHeld(record, place, busy)) {
        count += 1;
        mostTicks = Math.max(mostTicks, late);
      } else {
        free.set(late, (free.get(late) ?? 0) + 1);
      }
    }
  }
  return { free: sorted(free), held: { count, mostTicks } };
}

/** Adds up what several laws left on one board. */
export function mergeLateness(parts: readonly Lateness[]): Lateness {
  const free = new Map<number, number>();
  for (const [ticks, count] of parts.flatMap((part) => part.free)) {
    free.set(ticks, (free.get(ticks) ?? 0) + count);
  }
  const count = parts.reduce((sum, { held }) => sum + held.count, 0);
  const mostTicks = Math.max(0, ...parts.map(({ held }) => held.mostTicks));
  return { free: sorted(free), held: { count, mostTicks } };
}

/** A span in which interrupts were masked or in use. */
interface BusySpan {
  readonly from: number;
  readonly to: number;
  /** Index of its record. */
  readonly place: number;
  /** A call is recorded when it returns, so it holds back what was recorded before it as well. */
  readonly isCall?: true;
  /** The timer, for a start in an interrupt: wherever it was recorded, it holds back its own. */
  readonly starts?: number;
}

function busySpans(
  records: readonly TraceRecord[],
  program: Program,
  opTicks: number,
): readonly BusySpan[] {
  const spans: BusySpan[] = maskedWindows(records).map((window) => ({ ...window, place: -1 }));
  for (const [place, record] of records.entries()) {
    if (record.kind === "call") {
      const { at: from, until: to, subject, op, context } = record;
      // A call may mask interrupts while it is at work, on whatever timer it is.
      if (context === 0 && !waits.has(op)) spans.push({ from, to, place, isCall: true });
      if (context > 0 && (startCalls.has(op) || op === "setPeriod"))
        spans.push({ from, to, place, starts: subject });
      if (context > 0) spans.push({ from, to, place });
    } else if (record.kind === "expiry" && record.context > 0) {
      const left = exitOf(records, place, record.timer);
      const works = (program.timers[record.timer]?.handler.length ?? 0) > 0;
      // A handler whose return was not recorded may still have been at work at the next record.
      const to = left ?? (works ? (records[place + 1]?.at ?? record.at) : record.at);
      // The interrupt itself ends a little after the handler that it ran.
      spans.push({ from: record.at, to: to + opTicks, place });
    } else if ("context" in record && record.context > 0) {
      spans.push({ from: record.at, to: record.at, place });
    }
  }
  return spans;
}

function isHeld(
  { timer, scheduled, at }: RecordOf<"expiry">,
  place: number,
  busy: readonly BusySpan[],
): boolean {
  return busy.some((span) => {
    const mine = span.place < place || span.isCall === true || span.starts === timer;
    return mine && span.from <= at && span.to >= scheduled;
  });
}

function exitOf(records: readonly TraceRecord[], place: number, timer: number): number | undefined {
  for (let index = place + 1; index < records.length; index++) {
    const record = records[index];
    if (record?.kind === "exit" && record.timer === timer) return record.at;
    if (record?.kind === "expiry" && record.timer === timer) return undefined;
  }
  return undefined;
}

/** Whether work that delays handlers goes on without a record of it. */
function hidesWork(op: Op): boolean {
  return op.op === "repeat" && op.body.some((each) => delaying.has(each.op));
}

function iterationsOf(records: readonly TraceRecord[]): readonly (readonly TraceRecord[])[] {
  const starts = records.flatMap((record, index) => (record.kind === "iteration" ? [index] : []));
  return starts.map((start, nth) => records.slice(start, starts[nth + 1] ?? records.length));
}

function sorted(counts: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...counts].sort(([one], [other]) => one - other);
}
