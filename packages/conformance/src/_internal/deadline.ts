import { BoardError, type RunSignal } from "@escapement/scenario";
import { runErrors } from "../conformance-errors.js";
import { abortController, startHostTimer } from "./host.js";

/** A board that is asked to end a run gets this long to do so before it is left alone. */
const graceMs = 1_000;

/** How long one law may take, and what may end it from outside. */
export interface LawDeadline {
  /** Most milliseconds for the law; none when absent. */
  readonly timeoutMs?: number;
  /** Ends the law from outside. */
  readonly signal?: RunSignal;
}

/**
 * Runs work that can be asked to end, and ends waiting for it in any case: a board that never
 * settles must not hang the suite.
 */
export async function withDeadline<T>(
  work: (signal: RunSignal) => Promise<T>,
  deadline: LawDeadline,
): Promise<T> {
  const { timeoutMs, signal } = deadline;
  const inner = abortController();
  const cancels: (() => void)[] = [];
  const left = new Promise<never>((_, reject) => {
    const end = (reason: BoardError): void => {
      inner.abort(reason);
      cancels.push(startHostTimer(() => reject(reason), graceMs));
    };
    if (timeoutMs !== undefined) {
      const late = (): void => end(runErrors.lawTooLong({ limitMs: timeoutMs }));
      cancels.push(startHostTimer(late, timeoutMs));
    }
    if (signal !== undefined) {
      const onAbort = (): void => end(abortError(signal));
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort);
      cancels.push(() => signal.removeEventListener("abort", onAbort));
    }
  });
  try {
    return await Promise.race([work(inner.signal), left]);
  } catch (error) {
    // A verdict stands. The board's own "aborted" says less than the reason that it was given.
    if (error instanceof BoardError && error.code === "never-ends") throw error;
    throw inner.signal.aborted ? inner.signal.reason : error;
  } finally {
    for (const cancel of cancels) cancel();
  }
}

/** The error of a signal: its reason when that is a board error, else `aborted`. */
export function abortError(signal: RunSignal): BoardError {
  if (signal.reason instanceof BoardError) return signal.reason;
  return runErrors.aborted({}, { cause: signal.reason });
}
