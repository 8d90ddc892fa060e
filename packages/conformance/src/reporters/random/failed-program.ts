import { counted, excerptLines } from "@escapement/timeline";
import { operationCount } from "../../random/program-edits.js";
import { programSource } from "../../random/program-source.js";
import type { RandomFailure } from "../../random/random-report.js";
import { ruleStatement } from "../../rule-statement.js";
import { originText } from "./parts.js";

/** What a reporter knows of the run that a failed program is from. */
export interface FailedProgramContext {
  /** Ticks of the board's counter in a second, so that times are shown in microseconds; ticks when absent. */
  readonly frequencyHz?: number;
  /** Programs of the run, where the count says something. */
  readonly programs?: number;
  /** The command that shows it again. */
  readonly command?: string;
}

/** The parts of a failed program that every reporter shows, each as text. */
export interface FailedProgramParts {
  /** The broken rule's sentence. */
  readonly statement: string;
  /** What the contract has there. */
  readonly expected: string;
  /** What the board did. */
  readonly found: string;
  /** How large the program is, and was. */
  readonly size: string;
  /** The program, in the syntax that builds it. */
  readonly source: readonly string[];
  /** The records around the violation. */
  readonly records: readonly string[];
  /** How many programs show it, and which was the first. */
  readonly seen: string;
}

/** Puts a failed program into words. */
export function failedProgramParts(
  failure: RandomFailure,
  { frequencyHz, programs }: FailedProgramContext = {},
): FailedProgramParts {
  const { violation, program, excerpt } = failure;
  const { rule, timer, value, expected, found } = violation;
  const whose = timer === undefined ? "" : `timer ${timer}: `;
  const where = program.sweep === undefined ? "" : `, with v = ${value}`;
  return {
    statement: ruleStatement(rule) ?? "This version of the suite has no sentence for it.",
    expected,
    found: `${whose}${found}${where}`,
    size: sizeText(failure),
    source: programSource(program).split("\n"),
    records: excerptLines(excerpt, {
      ...(frequencyHz === undefined ? {} : { frequencyHz }),
      marked: [violation.record],
    }),
    seen: seenText(failure, programs),
  };
}

/** Every part under the heading of a failure, one line after another, as terminals and logs show them. */
export function failedProgramLines(
  failure: RandomFailure,
  context: FailedProgramContext = {},
): readonly string[] {
  const { statement, expected, found, size, source, records, seen } = failedProgramParts(
    failure,
    context,
  );
  return [
    `rule: ${statement}`,
    `expected: ${expected}`,
    `found: ${found}`,
    `program: ${size}`,
    ...source.map((line) => `  ${line}`),
    "trace:",
    ...records.map((line) => `  ${line}`),
    seen,
    ...(context.command === undefined ? [] : [`again: ${context.command}`]),
  ];
}

function sizeText({ program, original, shrinkRuns }: RandomFailure): string {
  const size = counted(operationCount(program), "operation");
  if (shrinkRuns === 0) return `${size}, not shrunk`;
  return `${size}, shrunk from ${operationCount(original)} in ${counted(shrinkRuns, "run")}`;
}

function seenText({ count, origin }: RandomFailure, programs: number | undefined): string {
  const of = programs === undefined ? "" : ` of ${programs}`;
  const verb = count === 1 ? "shows" : "show";
  return `${counted(count, "program")}${of} ${verb} it, first ${originText(origin)}`;
}
