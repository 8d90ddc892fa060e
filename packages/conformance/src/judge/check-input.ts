import {
  type BoardDescription,
  type Program,
  type Trace,
  type TraceRecord,
  validateProgram,
} from "@escapement/scenario";
import { conformanceErrors } from "../conformance-errors.js";
import type { IterationRange } from "./record-cursor.js";
import type { Violation } from "./violation.js";

/*
 * What the judge is given comes from outside. A description that contradicts itself is an error of
 * whoever gives it; a trace that cannot be one is what a board did.
 */

const checkedDescriptions = new WeakSet<BoardDescription>();
const checkedPrograms = new WeakSet<Program>();

/** Throws `bad-description` where nothing can be judged by it. */
export function checkDescription(description: BoardDescription): void {
  if (checkedDescriptions.has(description)) return;
  const { name, latencies, counterBits, frequencyHz, maxDelayTicks, timers } = description;
  const wrong = (member: string, value: unknown, expected: string): never => {
    throw conformanceErrors.badDescription({ board: name, member, value: String(value), expected });
  };
  const atLeast = (member: string, value: unknown, least: number): void => {
    const isNumber = typeof value === "number" && Number.isFinite(value) && value >= least;
    if (!isNumber) wrong(member, value, `a number from ${least} up`);
  };
  atLeast("latencies.lateTicks", latencies?.lateTicks, 0);
  atLeast("latencies.minDeltaTicks", latencies.minDeltaTicks, 0);
  atLeast("latencies.opTicks", latencies.opTicks, 0);
  if (latencies.dispatchTicks !== undefined) {
    atLeast("latencies.dispatchTicks", latencies.dispatchTicks, 0);
  }
  atLeast("counterBits", counterBits, 1);
  atLeast("maxDelayTicks", maxDelayTicks, 1);
  atLeast("timers", timers, 0);
  if (!(frequencyHz > 0)) wrong("frequencyHz", frequencyHz, "a number above 0");
  if (!Array.isArray(description.capabilities)) {
    wrong("capabilities", description.capabilities, "a list");
  }
  checkedDescriptions.add(description);
}

/**
 * Checks program and trace, and finds the iterations. Notes a violation where the trace is none of
 * this program's; then there is nothing to be followed.
 *
 * @throws BoardError `invalid-program`
 */
export function checkTrace(
  program: Program,
  trace: Trace,
  violations: Violation[],
): readonly IterationRange[] {
  if (!checkedPrograms.has(program)) {
    validateProgram(program);
    checkedPrograms.add(program);
  }
  const note = (record: number, expected: string, found: string) => {
    violations.push({ rule: "WIRE", value: 0, record, kind: "structure", expected, found });
  };
  const records: readonly TraceRecord[] = Array.isArray(trace?.records) ? trace.records : [];
  const bad = records.findIndex((record) => !isRecord(record));
  if (bad >= 0) {
    note(bad, "a record with whole numbers", `record ${bad} has none`);
    return [];
  }
  const iterations = rangesOf(records);
  const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
  if (iterations.length !== count || iterations[0]?.begin !== 0) {
    note(0, `${count} iterations`, `the trace has ${iterations.length}`);
    return iterations.length > 0 && iterations[0]?.begin === 0 ? iterations.slice(0, count) : [];
  }
  for (const [index, { value, begin }] of iterations.entries()) {
    const expected = from + index * step;
    if (value === expected) continue;
    note(begin, `an iteration of ${expected}`, `one of ${value}`);
    return [];
  }
  return iterations;
}

function rangesOf(records: readonly TraceRecord[]): IterationRange[] {
  const ranges: IterationRange[] = [];
  let begin = -1;
  for (let index = 0; index <= records.length; index++) {
    const record = records[index];
    if (record !== undefined && record.kind !== "iteration") continue;
    const first = records[begin];
    if (first?.kind === "iteration") {
      ranges.push({ records, begin, end: index, value: first.value, zeroTicks: 0 });
    }
    begin = index;
  }
  return ranges;
}

/** Deepest level that a trace records. */
const DEEPEST_LEVEL = 7;

function isRecord(record: TraceRecord): boolean {
  if (typeof record !== "object" || record === null || !Number.isFinite(record.at)) return false;
  if (record.kind === "iteration") return Number.isFinite(record.value);
  const context = record.context ?? 0;
  if (!(Number.isInteger(context) && context >= 0 && context <= DEEPEST_LEVEL)) return false;
  switch (record.kind) {
    case "call":
      return (
        typeof record.op === "string" &&
        typeof record.result === "string" &&
        Number.isFinite(record.until) &&
        Number.isFinite(record.value)
      );
    case "read":
      return Number.isFinite(record.value);
    case "expiry":
      return Number.isFinite(record.scheduled) && Number.isInteger(record.timer);
    case "stats":
      return [record.allocated, record.pending, record.retired].every(Number.isFinite);
    case "exit":
    case "interrupt":
    case "mark":
    case "error":
      return true;
    default:
      return false;
  }
}
