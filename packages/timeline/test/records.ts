import type { TraceRecord } from "@escapement/scenario";

/** One iteration with a record of every kind: a periodic timer whose handler stops it, late. */
export const everyKind: readonly TraceRecord[] = [
  { kind: "iteration", value: 7, at: 1_000 },
  call("start", 0, "armed", 1_001, 1_004),
  call("mask", 0, "ok", 1_010, 1_011),
  { kind: "read", context: 0, value: 1_013, at: 1_013 },
  call("restore", 0, "ok", 1_020, 1_021),
  { kind: "expiry", timer: 0, context: 1, at: 1_508, scheduled: 1_504 },
  { kind: "interrupt", interrupt: 0, context: 2, at: 1_509 },
  { ...call("stop", 0, "in-flight", 1_510, 1_512), context: 1 },
  { kind: "exit", timer: 0, context: 1, at: 1_514 },
  { kind: "mark", id: 3, context: 0, at: 1_520 },
  { kind: "stats", allocated: 2, pending: 1, retired: 0, context: 0, at: 1_530 },
  { kind: "error", code: "callback-threw", context: 0, at: 1_540 },
  call("sleep", 0, "ok", 1_005, 6_000),
];

/** A call from the thread. */
export function call(
  op: "start" | "stop" | "sleep" | "mask" | "restore" | "setPeriod" | "spin",
  subject: number,
  result: "ok" | "armed" | "in-flight" | "removed" | "missed",
  at: number,
  until: number,
): Extract<TraceRecord, { kind: "call" }> {
  return { kind: "call", context: 0, op, subject, result, value: 0, at, until };
}

/** A periodic timer that is always this many ticks late. */
export function periodic(count: number, period: number, late: number): readonly TraceRecord[] {
  const records: TraceRecord[] = [{ kind: "iteration", value: 0, at: 0 }];
  for (let nth = 1; nth <= count; nth++) {
    const scheduled = nth * period;
    records.push({ kind: "expiry", timer: 0, context: 1, at: scheduled + late, scheduled });
  }
  return records;
}
