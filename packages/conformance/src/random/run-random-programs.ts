import { type Board, checkDescription, type Program, type RunSignal } from "@escapement/scenario";
import { DriverDeadline, describeWithin } from "../_internal/driver-deadline.js";
import { hostNowMs, yieldToHost } from "../_internal/host.js";
import { conformanceErrors } from "../conformance-errors.js";
import type { LawGroup, ProgramOrigin } from "../law.js";
import { keptPrograms } from "./corpus/kept-programs.js";
import { generateProgram, generatorVersion } from "./generate-program.js";
import { type ProgramOutcome, ProgramSession } from "./program-session.js";
import { randomFailure } from "./random-failure.js";
import type { RandomFailure, RandomReport, StoppedPrograms } from "./random-report.js";

/** Where a run of random programs is. */
export interface RandomProgress {
  /** The board's name. */
  readonly board: string;
  /** The program that was just judged. */
  readonly origin: ProgramOrigin;
  /** Programs that were judged so far. */
  readonly programs: number;
  /** Distinct failures so far. */
  readonly failures: number;
}

/** Options of a run of random programs. */
export interface RandomOptions {
  /** Seed of the first program; each further program has the next one. 1 when absent. */
  readonly seed?: number;
  /** Programs to run; 1 000 when absent and `forMs` is too. */
  readonly runs?: number;
  /** Ends after so many milliseconds of the host's time. */
  readonly forMs?: number;
  /** The clock of `forMs` and of the report's time, in milliseconds; the host's when absent. */
  readonly nowMs?: () => number;
  /** Whether the kept programs, which once showed a fault, are run before all others; they count as none of `runs`. */
  readonly kept?: boolean;
  /** Only operations that the rules of these groups are about; all when absent or empty. */
  readonly only?: readonly LawGroup[];
  /** Most programs that are tried to make one failure smaller, 0 for none; 600 when absent. */
  readonly shrinkRuns?: number;
  /** Distinct failures after which the run ends; 20 when absent. */
  readonly failuresMax?: number;
  /** Most milliseconds of host time for one program; the board's own deadlines when absent. */
  readonly timeoutMs?: number;
  /** Called after each program. What it throws ends the run. */
  readonly onProgress?: (progress: RandomProgress) => void;
  /** Ends the run early; what was found is kept. */
  readonly signal?: RunSignal;
}

const defaults = { seed: 1, runs: 1_000, shrinkRuns: 600, failuresMax: 20 };

/** So many milliseconds may pass before the host gets a turn. */
const turnMs = 20;

/**
 * Runs random programs on a board, judges each trace by the whole contract, and makes what breaks it
 * as small as it can.
 *
 * It does not reject for anything that the board does: after a fault of the board or its line
 * it is reset, and where it does not come back the run ends, with `stopped` and what was found
 * until then. The board stays open; one run at a time.
 *
 * @throws {@link ConformanceError} `invalid-option`, before the board is touched; `BoardError`
 * `invalid-description` where the board's description cannot be, before any program.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { describeViolation, runRandomPrograms } from "@escapement/conformance";
 *
 * const board = createSimBoard({ profile: "avr16" });
 * const { failures } = await runRandomPrograms(board, { seed: 1, runs: 100 });
 * for (const { violation } of failures) console.log(describeViolation(violation));
 * await board.close();
 * ```
 */
export async function runRandomPrograms(
  board: Board,
  options: RandomOptions = {},
): Promise<RandomReport> {
  checkOptions(options);
  const driver = new DriverDeadline(options.timeoutMs);
  const description = describeWithin(board, driver);
  checkDescription(description);
  const { timeoutMs, signal } = options;
  const session = new ProgramSession(board, description, {
    driver,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(signal !== undefined && { signal }),
  });
  const run = new RandomRun(session, options);
  await run.all();
  return run.report();
}

class RandomRun {
  readonly #session: ProgramSession;
  readonly #options: RandomOptions;
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  readonly #failures: RandomFailure[] = [];
  #programs = 0;
  #noRoom = 0;
  #stopped: StoppedPrograms | undefined;

  constructor(session: ProgramSession, options: RandomOptions) {
    this.#session = session;
    this.#options = options;
    this.#nowMs = options.nowMs ?? hostNowMs;
    this.#startedMs = this.#nowMs();
  }

  async all(): Promise<void> {
    const { forMs = Number.POSITIVE_INFINITY, only = [] } = this.#options;
    const { seed = defaults.seed } = this.#options;
    const unlimited = this.#options.forMs === undefined ? defaults.runs : Number.POSITIVE_INFINITY;
    const { runs = unlimited, failuresMax = defaults.failuresMax } = this.#options;
    const { description } = this.#session;
    const programs = this.#options.kept === true ? keptPrograms(description) : [];
    let turnAtMs = hostNowMs();
    for (let nth = -programs.length; nth < runs; nth += 1) {
      if (this.#nowMs() - this.#startedMs >= forMs) return;
      if (this.#failures.length >= failuresMax) return;
      const nowMs = hostNowMs();
      if (nowMs - turnAtMs >= turnMs) {
        await yieldToHost();
        turnAtMs = nowMs;
      }
      const kept = programs[nth + programs.length];
      const program = kept?.program ?? generateProgram(seed + nth, description, { groups: only });
      await this.#one(program, kept?.origin ?? { seed: seed + nth });
      if (this.#stopped !== undefined) return;
    }
  }

  report(): RandomReport {
    const { description } = this.#session;
    return {
      board: description.name,
      description,
      generatorVersion,
      seed: this.#options.seed ?? defaults.seed,
      programs: this.#programs,
      ...(this.#noRoom > 0 && { noRoom: this.#noRoom }),
      durationMs: this.#nowMs() - this.#startedMs,
      failures: this.#failures,
      ...(this.#stopped && { stopped: this.#stopped }),
    };
  }

  async #one(program: Program, origin: ProgramOrigin): Promise<void> {
    const outcome = await this.#session.run(program);
    if (outcome.kind === "fault") await this.#afterFault(outcome, origin);
    if (outcome.kind === "no-room") this.#noRoom += 1;
    if (outcome.kind === "fits" || outcome.kind === "breaks") this.#programs += 1;
    if (outcome.kind === "breaks") await this.#afterBreak(program, outcome, origin);
    this.#options.onProgress?.({
      board: this.#session.description.name,
      origin,
      programs: this.#programs,
      failures: this.#failures.length,
    });
  }

  async #afterFault(
    { error, isLost }: Extract<ProgramOutcome, { readonly kind: "fault" }>,
    origin: ProgramOrigin,
  ): Promise<void> {
    if (!isLost && (await this.#session.bringBack(error))) return;
    const { code, message, hint } = error;
    this.#stopped = { origin, code, message, hint };
  }

  async #afterBreak(
    original: Program,
    { violations, trace }: Extract<ProgramOutcome, { readonly kind: "breaks" }>,
    origin: ProgramOrigin,
  ): Promise<void> {
    const [violation] = violations;
    const known = this.#failures.findIndex(
      ({ violation: { rule, kind } }) => rule === violation.rule && kind === violation.kind,
    );
    const before = this.#failures[known];
    if (before !== undefined) {
      this.#failures[known] = { ...before, count: before.count + 1 };
      return;
    }
    const { shrinkRuns = defaults.shrinkRuns } = this.#options;
    const shrunk = await this.#session.shrink(original, { violation, trace }, shrinkRuns);
    this.#failures.push(randomFailure(shrunk, { origin, program: original }));
  }
}

function checkOptions(options: RandomOptions): void {
  const { seed = 0, runs = 1, forMs = 1, shrinkRuns = 0, failuresMax = 1 } = options;
  const least = [
    ["seed", seed, 0],
    ["runs", runs, 1],
    ["forMs", forMs, 1],
    ["shrinkRuns", shrinkRuns, 0],
    ["failuresMax", failuresMax, 1],
  ] as const;
  for (const [name, value, from] of least) {
    if (Number.isFinite(value) && value >= from) continue;
    throw conformanceErrors.tooSmall({ name, value: String(value), least: from });
  }
}
