import type { CallRecord, OpName, TraceRecord } from "@escapement/scenario";
import { timeText } from "./numbers.js";

/** Operations that are about nothing in particular. */
const withoutSubject: ReadonlySet<OpName> = new Set<OpName>([
  ...(["readMany", "mask", "restore", "enabled", "spin", "sleep", "phase"] as const),
  ...(["service", "collect", "deinitAll"] as const),
]);

/** Whether a call of this operation names a timer, register, interrupt or mark. */
export function hasSubject(op: OpName): boolean {
  return !withoutSubject.has(op);
}

/** What a call is called, such as `start(1)`. */
export function callName({ op, subject }: CallRecord): string {
  return hasSubject(op) ? `${op}(${subject})` : op;
}

/** One record in words; times count from `base`. */
export function recordText(
  record: TraceRecord,
  base: number,
  frequencyHz: number | undefined,
): string {
  const time = (at: number): string => timeText(at - base, frequencyHz);
  switch (record.kind) {
    case "iteration":
      return `iteration, variable = ${record.value}`;
    case "call": {
      const value = record.value === 0 ? "" : `, value ${record.value}`;
      const took = timeText(record.until - record.at, frequencyHz);
      return `${callName(record)} returns "${record.result}"${value}, took ${took}${contextText(record.context)}`;
    }
    case "read":
      return `read ${record.value} (${record.value - record.at >= 0 ? "+" : ""}${record.value - record.at} from the stamp)${contextText(record.context)}`;
    case "expiry":
      return `timer ${record.timer} fires, due ${time(record.scheduled)}${contextText(record.context)}`;
    case "exit":
      return `timer ${record.timer} handler returns${contextText(record.context)}`;
    case "interrupt":
      return `second interrupt, list ${record.interrupt}${contextText(record.context)}`;
    case "mark":
      return `mark ${record.id}${contextText(record.context)}`;
    case "stats":
      return `stats: allocated ${record.allocated}, pending ${record.pending}, retired ${record.retired}${contextText(record.context)}`;
    case "error":
      return `error "${record.code}"${contextText(record.context)}`;
  }
}

function contextText(level: number): string {
  if (level === 0) return "";
  return level === 1 ? " [in interrupt]" : ` [in interrupt, level ${level}]`;
}
