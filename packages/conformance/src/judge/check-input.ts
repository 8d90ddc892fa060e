import {
  type BoardDescription,
  checkDescription,
  type Program,
  type Trace,
  type TraceRecord,
  validateProgram,
} from "@escapement/scenario";
import { conformanceErrors } from "../conformance-errors.js";
import type { IterationRange } from "./record-cursor.js";
import { traceFault } from "./trace-shape.js";
import type { Violation } from "./violation.js";

/*
 * What the judge is given comes from outside. A description that contradicts itself is an error of
 * whoever gives it, and so is what is no trace at all; a trace that is not of the program is what a
 * board did.
 */

const checkedDescriptions = new WeakSet<BoardDescription>();
const checkedPrograms = new WeakSet<Program>();

/**
 * Refuses a description by which nothing can be judged.
 *
 * @throws BoardError `invalid-description`
 */
export function checkDescriptionOnce(description: BoardDescription): void {
  if (checkedDescriptions.has(description)) return;
  checkDescription(description);
  checkedDescriptions.add(description);
}

/**
 * Checks program and trace, and finds the iterations. Notes a violation where the trace is none of
 * this program's; then there is nothing to be followed.
 *
 * @throws BoardError `invalid-program`, ConformanceError `bad-trace` for what is none at all
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
  const fault = traceFault(trace);
  if (fault !== undefined) throw conformanceErrors.badTrace({ reason: fault });
  const { records } = trace;
  const note = (record: number, expected: string, found: string) => {
    violations.push({ rule: "WIRE", value: 0, record, kind: "structure", expected, found });
  };
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
