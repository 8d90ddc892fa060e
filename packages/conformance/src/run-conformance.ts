import {
  type Board,
  type BoardDescription,
  type BoardError,
  checkDescription,
  hasCapability,
  type RunSignal,
} from "@escapement/scenario";
import { BoardRun } from "./_internal/board-run.js";
import { DriverDeadline, describeWithin } from "./_internal/driver-deadline.js";
import { yieldToHost } from "./_internal/host.js";
import { skippedByRequest } from "./_internal/run-law.js";
import { conformanceErrors } from "./conformance-errors.js";
import type { Law, LawId } from "./law.js";
import { lawEnv } from "./law-env.js";
import { type BoardReport, type KeepTraces, type LawResult, summarize } from "./report.js";
import { type LawSelection, selectLaws, skippedLaws } from "./select-laws.js";

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
  /** Distinguishes the two. */
  readonly kind: "law-started";
  /** Its id. */
  readonly law: LawId;
}

/** A law has its verdict. */
export interface LawFinished extends ProgressPlace {
  /** Distinguishes the two. */
  readonly kind: "law-finished";
  /** What happened to it. */
  readonly result: LawResult;
}

/** Reported as a run goes on, once before and once after each law. */
export type ConformanceProgress = LawStarted | LawFinished;

/** Options of a run of the suite. */
export interface ConformanceOptions extends LawSelection {
  /** Ends the run early; laws not yet judged are `error`. */
  readonly signal?: RunSignal;
  /** Most milliseconds of host time for one law, more than 0; the board's own deadlines when absent. */
  readonly timeoutMs?: number;
  /** Called as laws begin and end, in the order in which they run. What it throws ends the run. */
  readonly onProgress?: (progress: ConformanceProgress) => void;
  /**
   * Whose traces are kept for drawing, one iteration each: none when absent, those of broken
   * laws, or those of all laws that came to `pass` or `fail`. The HTML report draws what is kept.
   */
  readonly keepTraces?: KeepTraces;
  /** Stops at the first `error` verdict. */
  readonly stopOnError?: boolean;
  /**
   * Most programs that are tried to make one smaller that breaks a law of several, 0 for none; 400 when
   * absent, 120 on a board in real time.
   */
  readonly shrinkRuns?: number;
}

/**
 * Runs the laws on a board, one after another, and returns with every verdict.
 *
 * Each law starts from a reset board. On a board in real time, laws that may hang it come last; the
 * report has the catalogue's order. The board stays open; one run at a time. It does not reject
 * for anything that the board does. A fault of the board or its line gives `error` for the law in
 * progress; then the board is reset, again and again until its `recoveryMs` have passed, and the run
 * goes on. A board that does not come back, three laws in a row over an unreliable line, or a
 * twenty-first fault end the run: the rest is `error`, and `stopped` says which law that was.
 *
 * @throws {@link ConformanceError} `unknown-law` or `invalid-option`, before the board is touched;
 * `BoardError` `invalid-description` where the board's description cannot be, before any law.
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
  const skip = skippedLaws(options);
  checkTimeout(options.timeoutMs);
  checkKeepTraces(options.keepTraces);
  checkShrinkRuns(options.shrinkRuns);
  const driver = new DriverDeadline(options.timeoutMs);
  const description = describeWithin(board, driver);
  checkDescription(description);
  const env = lawEnv(description);
  const { signal, keepTraces, timeoutMs, stopOnError, shrinkRuns } = options;
  const run = new BoardRun(board, env, {
    driver,
    skip,
    ...(keepTraces !== undefined && { keepTraces }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(stopOnError !== undefined && { stopOnError }),
    ...(shrinkRuns !== undefined && { shrinkRuns }),
  });
  const verdicts = new Map<LawId, LawResult>();
  for (const [index, law] of inOrder(laws, description).entries()) {
    const place = { board: description.name, index, count: laws.length };
    if (run.stopped === undefined) {
      options.onProgress?.({ kind: "law-started", law: law.id, ...place });
      await yieldToHost();
    }
    const result = await run.law(law, signal);
    verdicts.set(law.id, result);
    options.onProgress?.({ kind: "law-finished", result, ...place });
  }
  const results = laws.flatMap(({ id }) => verdicts.get(id) ?? []);
  const { stopped } = run;
  const diagnosis = run.diagnosis();
  const report = {
    board: description.name,
    description,
    laws: results,
    ...(diagnosis && { diagnosis }),
  };
  return { ...report, summary: summarize(results), ...(stopped === undefined ? {} : { stopped }) };
}

/** Those that may hang a board come last where it runs in real time, and may have to be reset by hand. */
function inOrder(laws: readonly Law[], board: BoardDescription): readonly Law[] {
  if (hasCapability(board, "fast-forward")) return laws;
  return [...laws].sort((one, two) => Number(one.mayHang ?? 0) - Number(two.mayHang ?? 0));
}

/**
 * The report of a board that could not be opened: every law is `error`, with what happened; `fail`
 * where its driver never let it open.
 *
 * Gives a run over several boards one shape, whatever happened to each.
 */
export function unopenedReport(
  board: string,
  error: BoardError,
  selection: LawSelection = {},
): BoardReport {
  const { code, message, hint } = error;
  const skip = skippedLaws(selection);
  const laws = selectLaws(selection).map((law): LawResult => {
    if (skip.has(law.id)) return skippedByRequest(law);
    const { id, title, statement } = law;
    const named = { id, title, statement, durationMs: 0 };
    // A driver that does not let its board open keeps no law.
    if (code === "never-ends") {
      return { ...named, verdict: "fail", reason: message, findings: [{ message }], excerpt: [] };
    }
    return { ...named, verdict: "error", code, reason: `not run: ${code}: ${message}`, hint };
  });
  return { board, laws, summary: summarize(laws) };
}

function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (Number.isFinite(timeoutMs) && timeoutMs > 0)) return;
  throw conformanceErrors.badTimeout({ value: timeoutMs });
}

function checkShrinkRuns(shrinkRuns = 0): void {
  if (Number.isSafeInteger(shrinkRuns) && shrinkRuns >= 0) return;
  throw conformanceErrors.tooSmall({ name: "shrinkRuns", value: String(shrinkRuns), least: 0 });
}

function checkKeepTraces(keepTraces: KeepTraces | undefined): void {
  const known: readonly unknown[] = [undefined, "none", "failed", "all"];
  if (known.includes(keepTraces)) return;
  throw conformanceErrors.badKeepTraces({ value: String(keepTraces) });
}
