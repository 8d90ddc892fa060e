import {
  type Board,
  BoardError,
  CallNotReturned,
  type Program,
  type Trace,
  thrownText,
} from "@escapement/scenario";
import { runErrors } from "../conformance-errors.js";
import { traceFault } from "../judge/trace-shape.js";
import type { KeepTraces, LawErrorCode } from "../report.js";
import { abortError, type LawDeadline, withDeadline } from "./deadline.js";
import type { DriverAttempt, DriverDeadline } from "./driver-deadline.js";

/** How one program is run. */
export interface OnBoardOptions extends LawDeadline {
  /** How long the driver may block the host. */
  readonly driver: DriverDeadline;
}

/** How one law is run. */
export interface LawRunOptions extends OnBoardOptions {
  /** Whether the trace is kept for drawing. */
  readonly keepTraces?: KeepTraces;
  /** Programs that are tried to make a failure smaller; what is usual when absent. */
  readonly shrinkRuns?: number;
}

/** After these the board or its line is gone, and every further law would say the same. */
const lostCodes: ReadonlySet<LawErrorCode> = new Set<LawErrorCode>([
  "disconnected",
  "closed",
  "port-not-found",
  "port-busy",
  "port-failed",
  "not-an-agent",
  "no-reply",
  "version-mismatch",
]);

/** The trace of a program, or why there is none. */
export type OnBoardRun =
  | { readonly ok: true; readonly trace: Trace }
  | { readonly ok: false; readonly error: BoardError; readonly lost: boolean };

/** Resets a board and runs one program on it, with a second attempt for a host that was slow. Never rejects. */
export async function runOnBoard(
  board: Board,
  program: Program,
  { driver, ...deadline }: OnBoardOptions,
): Promise<OnBoardRun> {
  const attempts = driver.attempts();
  for (const [index, attempt] of attempts.entries()) {
    const run = await runOnce(board, program, deadline, attempt);
    if (run.ok) return run;
    // Slow is not silent: it may have more time.
    if (run.error.cause instanceof CallNotReturned && run.error.code === "timeout") {
      if (index + 1 < attempts.length) continue;
    }
    if (run.error.code === "never-ends") driver.expectLess();
    return run;
  }
  throw new Error("a law has no attempt");
}

async function runOnce(
  board: Board,
  program: Program,
  deadline: LawDeadline,
  { guard, outer }: DriverAttempt,
): Promise<OnBoardRun> {
  let ready = false;
  try {
    if (deadline.signal?.aborted === true) throw abortError(deadline.signal);
    const trace = await withDeadline(async (signal) => {
      await outer(() => board.reset());
      ready = true;
      const { timeoutMs } = deadline;
      const options = { signal, guard, ...(timeoutMs !== undefined && { timeoutMs }) };
      return outer(() => board.run(program, options));
    }, deadline);
    const fault = traceFault(trace);
    if (fault !== undefined) throw runErrors.noTrace({ reason: fault });
    return { ok: true, trace };
  } catch (cause) {
    const error = asBoardError(cause, ready);
    // A board that cannot be brought to its first state cannot be trusted with the next law.
    const lost = !ready || lostCodes.has(error.code) || deadline.signal?.aborted === true;
    return { ok: false, error, lost };
  }
}

/** Puts what a board rejected with into one of its errors. */
function asBoardError(cause: unknown, ready: boolean): BoardError {
  if (cause instanceof BoardError) return cause;
  if (!(cause instanceof CallNotReturned)) return foreignError(cause);
  const late = { call: ready ? "run()" : "reset()", seconds: (cause.limitMs / 1000).toFixed(1) };
  return cause.starved
    ? runErrors.noTurn(late, { cause })
    : runErrors.neverReturned(late, { cause });
}

function foreignError(cause: unknown): BoardError {
  return runErrors.foreignError({ reason: thrownText(cause) }, { cause });
}
