import type { CallRecord, OpName, Program, Trace, TraceRecord } from "@escapement/scenario";

/** Operations in which so much time passes that whatever was due has come when they return. */
const settling: ReadonlySet<OpName> = new Set<OpName>(["sleep", "restore", "service"]);

const WORD = 2 ** 32;

/** A difference of two times of a board whose times wrap at 2^32, or of one where they do not. */
function difference(time: number, origin: number): number {
  const ticks = time - origin;
  return ticks < -WORD / 2 ? ticks + WORD : ticks;
}

/**
 * What a run says, without the speed of its board: which handlers ran, in which order and for which
 * scheduled time, and what each operation returned.
 *
 * Times are halves of a unit from the iteration's begin, rounded down: what a board's own operations
 * add is less than that. Between two operations that let time pass, records of
 * interrupts stand after those of the thread, as the time in between depends on the speed.
 */
export function outcomeOf(plan: Program, trace: Trace, quarterTicks: number): string[] {
  const halfTicks = 2 * quarterTicks;
  const hasList = (timer: number): boolean => plan.timers[timer]?.handler.length !== 0;
  const lines: string[] = [];
  let interrupts: string[] = [];
  let origin = 0;
  // Handlers under way in interrupts: a stats record does not say its level.
  let depth = 0;
  const halfUnits = (time: number): number => Math.floor(difference(time, origin) / halfTicks);
  for (const record of trace.records) {
    if (record.kind === "iteration") {
      lines.push(...interrupts.splice(0), `iteration ${record.value}`);
      origin = record.at;
      continue;
    }
    // Pauses stand in the program of one board only.
    if (record.kind === "call" && record.op === "spin") continue;
    const text = lineOf(record, halfUnits, halfTicks);
    const inInterrupt = "context" in record ? record.context > 0 : depth > 0;
    if (inInterrupt) {
      if (record.kind === "expiry" && hasList(record.timer)) depth += 1;
      if (record.kind === "exit") depth -= 1;
      interrupts.push(`  ${text}`);
      continue;
    }
    if (record.kind === "call" && settling.has(record.op)) {
      lines.push(...interrupts);
      interrupts = [];
    }
    lines.push(text);
    // The schedule of a program begins where the counter was brought to.
    if (record.kind === "call" && record.op === "phase" && record.result === "ok") {
      origin = record.until;
    }
  }
  return [...lines, ...interrupts];
}

/** How a line begins that shows a time read. */
const readAt = "read at ";

/** How far two times read may be apart, in halves of a unit: a long program's operations add up. */
const READ_SLACK = 2;

/** Whether two boards say the same. Times read may differ by what operations take, far below a lap. */
export function sameOutcome(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, at) => sameLine(line, others[at]));
}

function sameLine(line: string, other: string | undefined): boolean {
  if (line === other) return true;
  const [one, two] = [line.split(readAt), other?.split(readAt)];
  if (one.length !== 2 || two?.length !== 2 || one[0] !== two[0]) return false;
  return Math.abs(Number(one[1]) - Number(two[1])) <= READ_SLACK;
}

function lineOf(
  record: Exclude<TraceRecord, { kind: "iteration" }>,
  halfUnits: (time: number) => number,
  halfTicks: number,
): string {
  switch (record.kind) {
    case "call":
      return callLine(record, halfTicks);
    case "read":
      return `${readAt}${halfUnits(record.value)}`;
    case "expiry":
      return `t${record.timer} expires for ${halfUnits(record.scheduled)}`;
    case "exit":
      return `t${record.timer} exits`;
    case "interrupt":
      return `interrupt ${record.interrupt}`;
    case "mark":
      return `mark ${record.id}`;
    case "stats":
      return `stats: ${record.allocated} allocated, ${record.pending} pending, ${record.retired} retired`;
    case "error":
      return `error ${record.code}`;
  }
}

function callLine({ op, subject, result, value }: CallRecord, halfTicks: number): string {
  // What is left of a delay is a time: what operations took has gone off it since, seldom come on.
  const left = Math.max(0, Math.ceil(value / halfTicks - 1 / 8));
  const shown = op === "remaining" ? left : value;
  return `${op} ${subject}: ${result}${shown === 0 ? "" : ` ${shown}`}`;
}
