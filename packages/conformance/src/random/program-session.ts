import type {
  Board,
  BoardDescription,
  BoardError,
  Program,
  RunSignal,
  Trace,
} from "@escapement/scenario";
import type { DriverDeadline } from "../_internal/driver-deadline.js";
import { Recovery } from "../_internal/recovery.js";
import { runOnBoard } from "../_internal/run-on-board.js";
import { judgeTrace } from "../judge/index.js";
import type { Violation } from "../judge/violation.js";
import { shrinkProgram } from "./shrink-program.js";

/** What one program showed on a board. */
export type ProgramOutcome =
  /** Its trace fits the contract. */
  | { readonly kind: "fits"; readonly trace: Trace }
  /** It does not, or there is none as the driver never let the program end. */
  | {
      readonly kind: "breaks";
      readonly violations: readonly [Violation, ...Violation[]];
      readonly trace: Trace;
    }
  /** The board has no room for the program or for its trace. */
  | { readonly kind: "no-room" }
  /** The board or its line failed. */
  | { readonly kind: "fault"; readonly error: BoardError; readonly isLost: boolean };

/** A failure of one program, shrunk. */
export interface ShrunkFailure {
  /** The smallest program that shows it. */
  readonly program: Program;
  /** The violation in its trace. */
  readonly violation: Violation;
  /** Its trace. */
  readonly trace: Trace;
  /** Programs that were run for it. */
  readonly runs: number;
}

/** How programs are run on a board. */
export interface ProgramSessionOptions {
  /** How long the driver may block the host. */
  readonly driver: DriverDeadline;
  /** Most milliseconds of the host's time for one program. */
  readonly timeoutMs?: number;
  /** Ends it from outside. */
  readonly signal?: RunSignal;
}

/** Runs any programs on a board and judges them, one at a time. */
export class ProgramSession {
  /** What the board is. */
  readonly description: BoardDescription;
  readonly #board: Board;
  readonly #options: ProgramSessionOptions;
  readonly #recovery: Recovery;

  /** Begins with a board that is open. */
  constructor(board: Board, description: BoardDescription, options: ProgramSessionOptions) {
    this.#board = board;
    this.description = description;
    this.#options = options;
    this.#recovery = new Recovery(board);
  }

  /** Runs and judges one program. Never rejects for what the board does. */
  async run(program: Program): Promise<ProgramOutcome> {
    const run = await runOnBoard(this.#board, program, this.#options);
    if (run.ok) {
      const [first, ...others] = judgeTrace(program, run.trace, this.description);
      if (first === undefined) return { kind: "fits", trace: run.trace };
      return { kind: "breaks", violations: [first, ...others], trace: run.trace };
    }
    const { error } = run;
    if (error.code === "never-ends") {
      return { kind: "breaks", violations: [neverEnds(error)], trace: { records: [] } };
    }
    if (error.code === "program-too-large" || error.code === "trace-too-large") {
      return { kind: "no-room" };
    }
    return { kind: "fault", error, isLost: run.lost };
  }

  /** Makes a program smaller that breaks the contract in this way. */
  async shrink(
    program: Program,
    found: { readonly violation: Violation; readonly trace: Trace },
    runsMax: number,
  ): Promise<ShrunkFailure> {
    const { signal } = this.#options;
    let runs = 0;
    let isOver = false;
    let shown = found;
    const stillFails = async (candidate: Program, timers: readonly number[]): Promise<boolean> => {
      if (isOver) return false;
      runs += 1;
      const outcome = await this.run(candidate);
      // A board that fails in the middle leaves what is known.
      if (outcome.kind === "fault") {
        isOver = outcome.isLost || !(await this.bringBack(outcome.error));
      }
      if (outcome.kind !== "breaks") return false;
      const same = outcome.violations.find((each) => isSame(found.violation, each, timers));
      if (same === undefined) return false;
      shown = { violation: same, trace: outcome.trace };
      return true;
    };
    const shrunk = await shrinkProgram(program, stillFails, {
      runs: runsMax,
      ...(signal !== undefined && { signal }),
    });
    return { program: shrunk, violation: shown.violation, trace: shown.trace, runs };
  }

  /** Whether the board is back after a fault. */
  bringBack({ code }: BoardError): Promise<boolean> {
    const [attempt] = this.#options.driver.attempts();
    const outer = attempt?.outer ?? (<T>(work: () => T) => work());
    return this.#recovery.bringBack(code, outer, this.#options.signal);
  }
}

/** The rule that a program ends. */
const endsRule = "ANY-06";

function neverEnds({ message }: BoardError): Violation {
  return {
    rule: endsRule,
    value: 0,
    record: 0,
    kind: "never-ends",
    expected: "the program to end",
    found: message,
  };
}

/** Whether a candidate shows the same: the same check of the same rule, about the same timer. */
function isSame(found: Violation, other: Violation, timers: readonly number[]): boolean {
  const timer = other.timer === undefined ? undefined : timers[other.timer];
  return other.rule === found.rule && other.kind === found.kind && timer === found.timer;
}
