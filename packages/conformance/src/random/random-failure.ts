import { pickIteration } from "@escapement/timeline";
import { excerptOf } from "../excerpt.js";
import type { LawProgram } from "../law.js";
import type { ShrunkFailure } from "./program-session.js";
import type { RandomFailure } from "./random-report.js";

/** A failure as reports have it: of this program, shrunk to that one. */
export function randomFailure(
  { program, violation, trace, runs }: ShrunkFailure,
  found: LawProgram,
): RandomFailure {
  const { record } = violation;
  return {
    origin: found.origin,
    original: found.program,
    program,
    violation,
    excerpt: excerptOf(trace, [{ message: "", record }]),
    iteration: pickIteration(trace.records, [record]),
    count: 1,
    shrinkRuns: runs,
  };
}
