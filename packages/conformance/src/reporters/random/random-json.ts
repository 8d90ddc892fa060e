import { type BoardErrorCode, type Difference, jsonText, type Program } from "@escapement/scenario";
import type { ProgramOrigin } from "../../law.js";
import { operationCount } from "../../random/program-edits.js";
import type { RandomFailure, RandomReport } from "../../random/random-report.js";
import { differsMember } from "../differs.js";
import { type ReportHead, reportHead } from "../run/report-head.js";
import type { RunFacts } from "../run/run-facts.js";
import { failedProgramParts } from "./failed-program.js";
import { type RandomCommandFor, ratePerSecond } from "./parts.js";

/** A rule that random programs broke, in the JSON document. */
export interface RandomJsonFailure {
  /** The rule's id; `WIRE` where the trace cannot be of the program. */
  readonly rule: string;
  /** Which check of the rule; stable, for comparing runs. */
  readonly kind: string;
  /** The timer that it is about, where it is about one. */
  readonly timer?: number;
  /** The rule's sentence. */
  readonly statement: string;
  /** What the contract has there. */
  readonly expected: string;
  /** What the board did. */
  readonly found: string;
  /** The program that showed it first: its seed, or its name among those that are kept. */
  readonly first: ProgramOrigin;
  /** Programs of the run that showed it. */
  readonly count: number;
  /** Operations of the program, and of the one that it was shrunk from. */
  readonly operations: {
    /** Of the shrunk one. */
    readonly shrunk: number;
    /** Of the one that was found. */
    readonly original: number;
  };
  /** The shrunk program, as data. */
  readonly program: Program;
  /** The same in the syntax that builds it. */
  readonly source: string;
  /** The records around the violation, a line each. */
  readonly trace: readonly string[];
  /** The command that shows it again, where the reporter was given one. */
  readonly again?: string;
}

/** The JSON document of random programs: but for the rates and what it says of the run, the same run gives the same bytes. */
export interface RandomJsonReport extends ReportHead {
  /** One entry a board, in the order they were run. */
  readonly boards: readonly {
    /** The board's name. */
    readonly board: string;
    /** Version of the generator: another one makes other programs of the same seeds. */
    readonly generatorVersion: number;
    /** Seed of the first program; each further one has the next. */
    readonly seed: number;
    /** Programs that were run and judged. */
    readonly programs: number;
    /** Programs that the board had no room for; absent where there was none. */
    readonly noRoom?: number;
    /** How many that was a second, shrinking included; differs from run to run. */
    readonly programsPerSecond?: number;
    /** What the board states otherwise than the contract; absent where there is nothing. */
    readonly differs?: readonly Difference[];
    /** One entry a rule and kind, in the order of their discovery. */
    readonly failures: readonly RandomJsonFailure[];
    /** Why the run ended early; absent where it did not. */
    readonly stopped?: {
      /** The board's error. */
      readonly code: BoardErrorCode;
      /** Its message. */
      readonly message: string;
    };
  }[];
}

/**
 * Writes reports of random programs as JSON, two spaces deep, with a newline at the end. Characters
 * that steer a terminal are written as their escapes.
 */
export function randomJsonReport(
  reports: readonly RandomReport[],
  options: { readonly commandFor?: RandomCommandFor; readonly run?: RunFacts } = {},
): string {
  const document: RandomJsonReport = {
    ...reportHead("fuzz", options.run),
    boards: reports.map((report) => {
      const { board, generatorVersion, seed, programs, noRoom, failures, stopped } = report;
      const rate = ratePerSecond(report);
      return {
        board,
        generatorVersion,
        seed,
        programs,
        ...(noRoom !== undefined && { noRoom }),
        ...(rate !== undefined && { programsPerSecond: rate }),
        ...differsMember(report.description),
        failures: failures.map((failure) => failureEntry(report, failure, options.commandFor)),
        ...(stopped && { stopped: { code: stopped.code, message: stopped.message } }),
      };
    }),
  };
  return `${jsonText(document, 2)}\n`;
}

function failureEntry(
  { board, description }: RandomReport,
  failure: RandomFailure,
  commandFor: RandomCommandFor | undefined,
): RandomJsonFailure {
  const { violation, origin, count, program, original } = failure;
  const { rule, kind, timer, expected, found } = violation;
  const { statement, source, records } = failedProgramParts(failure, {
    ...(description && { frequencyHz: description.frequencyHz }),
  });
  return {
    rule,
    kind,
    ...(timer !== undefined && { timer }),
    statement,
    expected,
    found,
    first: origin,
    count,
    operations: { shrunk: operationCount(program), original: operationCount(original) },
    program,
    source: source.join("\n"),
    trace: records,
    ...(commandFor && { again: commandFor(board, origin) }),
  };
}
