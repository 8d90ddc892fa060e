import type { CallRecord, TraceRecord } from "@escapement/scenario";
import { countText, durationText, timeText } from "../text/numbers.js";
import { callName, hasSubject, recordText } from "../text/record-text.js";
import {
  levelName,
  type TimelineEvent,
  type TimelineLabel,
  type TimelineRow,
  type TimelineSpan,
} from "./timeline.js";
import {
  changesTimer,
  type HandlerRun,
  type ShownRecord,
  startCalls,
  valued,
  waits,
} from "./trace-records.js";

/** What the rows of a trace have in common. */
export interface TraceView {
  /** What is shown. */
  readonly records: readonly ShownRecord[];
  /** The runs of its handlers. */
  readonly runs: readonly HandlerRun[];
  /** The tick that times count from. */
  readonly base: number;
  /** The counter's ticks per second. */
  readonly frequencyHz: number;
}

/** A row for each context in which something happened; the thread's is always there. */
export function contextRows(view: TraceView): readonly TimelineRow[] {
  const levels = new Set([0]);
  for (const { record } of view.records) {
    if ("context" in record && isShown(record)) levels.add(record.context);
  }
  for (const { level, left } of view.runs) if (left !== undefined) levels.add(level);
  return [...levels].sort((one, other) => one - other).map((level) => contextRow(view, level));
}

/** A row for a timer: when it was due, when its handler came, and the calls that changed it. */
export function timerRow(view: TraceView, timer: number): TimelineRow {
  const runs = view.runs.filter((run) => run.timer === timer);
  const calls = view.records.flatMap(({ record }): TimelineEvent[] => {
    if (!changesTimer(record, timer)) return [];
    const look = startCalls.has(record.op) ? "started" : "stopped";
    return [{ at: record.until, look, text: recordText(record, view.base, view.frequencyHz) }];
  });
  return {
    kind: "timer",
    name: `timer ${timer}`,
    signal: `timer_${timer}`,
    spans: runs.flatMap((run) => [...runSpan(run, "handler"), ...lateSpan(run)]),
    events: [...calls, ...runs.flatMap((run) => entryEvents(run, view))],
    labels: runs.flatMap((run) => latenessLabel(run, view)),
  };
}

function contextRow(view: TraceView, level: number): TimelineRow {
  const { base, frequencyHz, runs } = view;
  const spans = runs
    .filter((run) => run.level === level)
    .flatMap((run): TimelineSpan[] => runSpan(run, `handler of timer ${run.timer}`));
  const events: TimelineEvent[] = [];
  const labels: TimelineLabel[] = [];
  for (const { record, highlighted } of view.records) {
    const own = "context" in record ? record.context : 0;
    const words = own === level ? labelText(record, base) : undefined;
    if (words === undefined) continue;
    const text = `${timeText(record.at - base, frequencyHz)}: ${recordText(record, base, frequencyHz)}`;
    const isWait = record.kind === "call" && waits.has(record.op);
    if (record.kind === "call") {
      const look = isWait ? "wait" : "call";
      spans.push({ from: record.at, to: record.until, look, name: callName(record), text });
    } else {
      events.push({ at: record.at, look: eventLook(record.kind), text });
    }
    const isWrong = highlighted || record.kind === "error";
    labels.push({
      at: record.at,
      text: words,
      look: isWrong ? "finding" : isWait ? "quiet" : "plain",
    });
  }
  labels.sort((one, other) => one.at - other.at);
  const signal = level === 0 ? "thread_operation" : `level_${level}_operation`;
  return { kind: "context", name: levelName(level), signal, spans, events, labels };
}

function isShown({ kind }: TraceRecord): boolean {
  return kind !== "iteration" && kind !== "expiry" && kind !== "exit";
}

function eventLook(kind: TraceRecord["kind"]): TimelineEvent["look"] {
  if (kind === "read" || kind === "interrupt" || kind === "error") return kind;
  return "mark";
}

function runSpan({ entered, left }: HandlerRun, text: string): TimelineSpan[] {
  return left === undefined ? [] : [{ from: entered, to: left, look: "run", text }];
}

function lateSpan({ due, entered }: HandlerRun): TimelineSpan[] {
  if (due === entered) return [];
  return [{ from: Math.min(due, entered), to: Math.max(due, entered), look: "late" }];
}

function entryEvents(run: HandlerRun, { base, frequencyHz }: TraceView): TimelineEvent[] {
  const { due, entered, highlighted } = run;
  const text = [
    `due ${timeText(due - base, frequencyHz)}`,
    `entered ${timeText(entered - base, frequencyHz)}`,
    latenessText(run, frequencyHz),
  ].join(", ");
  return [
    { at: due, look: "due", text },
    { at: entered, look: highlighted ? "wrong-entry" : "entry", text },
  ];
}

function latenessLabel(run: HandlerRun, { frequencyHz }: TraceView): TimelineLabel[] {
  if (run.due === run.entered) return [];
  const at = Math.max(run.due, run.entered);
  return [{ at, text: latenessText(run, frequencyHz), look: "late", under: true }];
}

function latenessText({ due, entered }: HandlerRun, frequencyHz: number): string {
  if (entered === due) return "on time";
  const text = durationText(Math.abs(entered - due), frequencyHz);
  return entered > due ? `${text} late` : `${text} early`;
}

/** A few words for what is drawn in a context's row. */
function labelText(record: TraceRecord, base: number): string | undefined {
  switch (record.kind) {
    case "call":
      return callText(record);
    case "read":
      return `read = ${countText(record.value - base)}`;
    case "mark":
      return `mark ${record.id}`;
    case "interrupt":
      return "second interrupt";
    case "stats":
      return `stats ${record.allocated} / ${record.pending} / ${record.retired}`;
    case "error":
      return `error ${record.code}`;
    default:
      return undefined;
  }
}

function callText({ op, subject, result, value }: CallRecord): string {
  const name = hasSubject(op) ? `${op} ${subject}` : op;
  if (result !== "ok") return `${name}: ${result}`;
  return value !== 0 || valued.has(op) ? `${name} = ${countText(value)}` : name;
}
