import { counted } from "@escapement/timeline";
import type { RandomFailure, RandomReport } from "../../random/random-report.js";
import {
  boardProperties,
  type JunitCase,
  type JunitOptions,
  type JunitOutcome,
  junitDocument,
} from "../junit-parts.js";
import { lawLines } from "../law-page.js";
import { failedProgramLines } from "./failed-program.js";
import type { RandomCommandFor } from "./parts.js";

/** What the document says besides the failures. */
export interface RandomJunitOptions extends JunitOptions {
  /** The command that shows a failure again. */
  readonly commandFor?: RandomCommandFor;
}

/**
 * Writes reports of random programs as JUnit XML: a test suite for each board. Its first test case is
 * the run itself, an `error` where the board or its line ended it early; each broken rule is a test case more,
 * a `failure`. Keeps to the same schema as `junitReport`.
 */
export function randomJunitReport(
  reports: readonly RandomReport[],
  options: RandomJunitOptions = {},
): string {
  const suites = reports.map((report) => {
    const { board, description, seed, generatorVersion, programs, failures } = report;
    return {
      board,
      properties: [
        ...boardProperties(description),
        ["seed", `${seed}`] as const,
        ["generatorVersion", `${generatorVersion}`] as const,
        ["programs", `${programs}`] as const,
      ],
      cases: [
        runCase(report),
        ...failures.map((failure) => failureCase(report, failure, options.commandFor)),
      ],
    };
  });
  return junitDocument(suites, options);
}

function runCase({ programs, durationMs, stopped }: RandomReport): JunitCase {
  const name = "random programs are run to the end";
  if (stopped === undefined) return { name, durationMs };
  const outcome: JunitOutcome = {
    element: "error",
    type: stopped.code,
    message: `${stopped.message}, after ${counted(programs, "program")}`,
    body: stopped.hint,
  };
  return { name, durationMs, outcome };
}

function failureCase(
  { board, description, programs }: RandomReport,
  failure: RandomFailure,
  commandFor: RandomCommandFor | undefined,
): JunitCase {
  const { rule, kind, found, expected } = failure.violation;
  const command = commandFor?.(board, failure.origin);
  const lines = failedProgramLines(failure, {
    programs,
    ...(description && { frequencyHz: description.frequencyHz }),
    ...(command !== undefined && { command }),
  });
  const body = [...lawLines(rule), ...lines].join("\n");
  const message = `${found}; expected ${expected}`;
  return {
    name: `${rule} ${kind}`,
    durationMs: 0,
    outcome: { element: "failure", type: "fail", message, body },
  };
}
