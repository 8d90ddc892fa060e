import { BoardError } from "@escapement/scenario";
import type { CommandIo } from "./command-io.js";

/** What may end a run before its last law. */
export interface RunEnd {
  /** Raised when the run is to end. */
  readonly signal: AbortSignal;
  /** Why, once it was raised. */
  reason(): "timeout" | "interrupted" | undefined;
  /** Stops listening. */
  dispose(): void;
}

/** Watches the clock and the keyboard. */
export function watchRunEnd(io: CommandIo, timeoutMs: number | undefined): RunEnd {
  const controller = new AbortController();
  let reason: "timeout" | "interrupted" | undefined;
  const end = (why: "timeout" | "interrupted", error: BoardError): void => {
    reason ??= why;
    controller.abort(error);
  };
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => end("timeout", timeoutError(timeoutMs)), timeoutMs);
  const stopListening = io.onInterrupt(() =>
    end("interrupted", new BoardError("aborted", "the run was ended from the keyboard", "")),
  );
  return {
    signal: controller.signal,
    reason: () => reason,
    dispose: () => {
      clearTimeout(timer);
      stopListening();
    },
  };
}

function timeoutError(timeoutMs: number): BoardError {
  return new BoardError(
    "timeout",
    `the run took longer than the ${timeoutMs / 1000} s of --timeout`,
    "Give a longer --timeout, or fewer laws with --only.",
  );
}

/**
 * Waits for work, but not beyond the signal nor longer than `limitMs`; what comes after that is
 * handed to `late`, so that a board that opens too late is still closed.
 */
export async function unlessEnded<T>(
  work: Promise<T>,
  signal: AbortSignal,
  late: (value: T) => void,
): Promise<T> {
  let ended = false;
  const abort = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      ended = true;
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  work.then(
    (value) => {
      if (ended) late(value);
    },
    () => {},
  );
  return Promise.race([work, abort]);
}

/** Waits for a clean-up, but not for long: it must not keep a process that is done. */
export async function withinGrace(work: Promise<unknown>, graceMs = 2_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([work.catch(() => {}), grace]);
  clearTimeout(timer);
}
