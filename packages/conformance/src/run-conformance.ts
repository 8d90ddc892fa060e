import type { Board, BoardError, RunSignal } from "@escapement/scenario";
import { DriverDeadline, describeWithin } from "./_internal/driver-deadline.js";
import { startHostTimer, yieldToHost } from "./_internal/host.js";
import { type LawRun, notRun, runLaw } from "./_internal/run-law.js";
import { ConformanceError } from "./conformance-error.js";
import type { LawId } from "./law.js";
import { lawEnv } from "./law-env.js";
import { type BoardReport, type LawResult, type StoppedRun, summarize } from "./report.js";
import { type LawSelection, selectLaws } from "./select-laws.js";

/** Where a run is. */
export interface ProgressPlace {
  /** The board's name. */
  readonly board: string;
  /** Which law, from 0. */
  readonly index: number;
  /** Laws in all. */
  readonly count: number;
}

/** A law begins. */
export interface LawStarted extends ProgressPlace {
  /** Tells the two apart. */
  readonly kind: "law-started";
  /** Its id. */
  readonly law: LawId;
}

/** A law has its verdict. */
export interface LawFinished extends ProgressPlace {
  /** Tells the two apart. */
  readonly kind: "law-finished";
  /** What became of it. */
  readonly result: LawResult;
}

/** Told as a run goes on, once before and once after each law. */
export type ConformanceProgress = LawStarted | LawFinished;

/** Whose traces a run keeps. */
export type KeepTraces = "none" | "failed" | "all";

/** What a run of the suite may be told. */
export interface ConformanceOptions extends LawSelection {
  /** Ends the run early; laws not yet judged are `error`. */
  readonly signal?: RunSignal;
  /** Most milliseconds of host time for one law, more than 0; the board's own deadlines when absent. */
  readonly timeoutMs?: number;
  /** Called as laws begin and end, in order. What it throws ends the run. */
  readonly onProgress?: (progress: ConformanceProgress) => void;
  /**
   * Whose traces are kept for drawing, one iteration each: nobody's when absent, those of broken
   * laws, or those of all laws that came to `pass` or `fail`. The HTML report draws what is kept.
   */
  readonly keepTraces?: KeepTraces;
  /** Stops at the first `error` verdict. */
  readonly stopOnError?: boolean;
}

/** So many link faults one after another, and the line is taken for lost. */
const linkFaultsMax = 3;

/** A board that is there answers a reset well within this. */
const comeBackMs = 1_500;

/** Errors that speak of the line, not of the law. */
const linkCodes: ReadonlySet<string> = new Set(["timeout", "link-unreliable", "board-reset"]);

/**
 * Runs the laws on a board, one after another, and answers with every verdict.
 *
 * Each law starts from a reset board. The board stays open; one run at a time. It does not reject
 * for anything that the board does: a board that is lost gives `error` for the law in progress
 * and for the rest, and `stopped` says which law that was.
 *
 * @throws {@link ConformanceError} `unknown-law` or `invalid-option`, before the board is touched.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { runConformance } from "@escapement/conformance";
 *
 * const board = createSimBoard({ profile: "avr16" });
 * const report = await runConformance(board, { only: ["STOP"] });
 * console.log(report.summary);
 * await board.close();
 * ```
 */
export async function runConformance(
  board: Board,
  options: ConformanceOptions = {},
): Promise<BoardReport> {
  const laws = selectLaws(options);
  checkTimeout(options.timeoutMs);
  checkKeepTraces(options.keepTraces);
  const driver = new DriverDeadline(options.timeoutMs);
  const description = describeWithin(board, driver);
  const env = lawEnv(description);
  const results: LawResult[] = [];
  let stopped: StoppedRun | undefined;
  let linkFaults = 0;
  for (const [index, law] of laws.entries()) {
    const place = { board: description.name, index, count: laws.length };
    if (stopped === undefined) {
      options.onProgress?.({ kind: "law-started", law: law.id, ...place });
      await yieldToHost();
      const run = await runLaw(board, law, env, { ...options, driver });
      results.push(run.result);
      linkFaults = linkCodes.has(run.result.code ?? "") ? linkFaults + 1 : 0;
      stopped = run.stopped ?? earlyStop(run, options, linkFaults);
      if (stopped === undefined && linkFaults > 0 && !(await comesBack(board))) {
        stopped = stoppedBy(run.result);
      }
    } else {
      results.push(notRun(law, stopped));
    }
    const result = results[index];
    if (result !== undefined) options.onProgress?.({ kind: "law-finished", result, ...place });
  }
  const report = { board: description.name, description, laws: results };
  return { ...report, summary: summarize(results), ...(stopped === undefined ? {} : { stopped }) };
}

/**
 * The report of a board that could not be opened: every law is `error`, with what happened.
 *
 * Gives a run over several boards one shape, whatever became of each.
 */
export function unopenedReport(
  board: string,
  error: BoardError,
  selection: LawSelection = {},
): BoardReport {
  const reason = `not run: ${error.code}: ${error.message}`;
  const laws = selectLaws(selection).map(
    (law): LawResult => ({
      id: law.id,
      title: law.title,
      statement: law.statement,
      verdict: "error",
      code: error.code,
      reason,
      hint: error.hint,
      durationMs: 0,
    }),
  );
  return { board, laws, summary: summarize(laws) };
}

function earlyStop(
  run: LawRun,
  options: ConformanceOptions,
  linkFaults: number,
): StoppedRun | undefined {
  if (run.result.verdict !== "error") return undefined;
  if (options.stopOnError !== true && linkFaults < linkFaultsMax) return undefined;
  return stoppedBy(run.result);
}

function stoppedBy({ id, code = "not-run", reason = "", hint = "" }: LawResult): StoppedRun {
  return { law: id, code, message: reason.replace(`${code}: `, ""), hint };
}

/** Whether a board answers again after a link fault; a silent one must not cost its deadline anew. */
function comesBack(board: Board): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = startHostTimer(() => resolve(false), comeBackMs);
    board
      .reset()
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(cancel);
  });
}

function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (Number.isFinite(timeoutMs) && timeoutMs > 0)) return;
  throw new ConformanceError(
    "invalid-option",
    `timeoutMs is ${timeoutMs}, expected a number of milliseconds above 0`,
    "Leave it out for the board's own deadlines.",
  );
}

function checkKeepTraces(keepTraces: KeepTraces | undefined): void {
  const known: readonly unknown[] = [undefined, "none", "failed", "all"];
  if (known.includes(keepTraces)) return;
  throw new ConformanceError(
    "invalid-option",
    `keepTraces is ${String(keepTraces)}, expected "none", "failed" or "all"`,
    "Leave it out to keep none.",
  );
}
