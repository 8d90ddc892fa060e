import type { BoardError } from "@escapement/scenario";
import { boardErrors } from "./cli-errors.js";
import type { CommandIo } from "./command-io.js";
import { exitCodes } from "./exit-codes.js";

/** What may end a run before its last law. */
export interface RunEnd {
  /** Raised when the run is to end. */
  readonly signal: AbortSignal;
  /** Why, once it was raised. */
  reason(): "timeout" | "interrupted" | undefined;
  /** Stops listening. */
  dispose(): void;
}

/** What the process ends with where the run was ended from outside; nothing where it came to its end. */
export function endCode(end: RunEnd): number | undefined {
  const reason = end.reason();
  return reason === undefined ? undefined : exitCodes[reason];
}

/** Watches the clock and the keyboard. A second Ctrl-C ends the process at once. */
export function watchRunEnd(io: CommandIo, timeoutMs: number | undefined): RunEnd {
  const controller = new AbortController();
  let reason: "timeout" | "interrupted" | undefined;
  const end = (why: "timeout" | "interrupted", error: BoardError): void => {
    reason ??= why;
    controller.abort(error);
  };
  const timeUp = (ms: number): void => end("timeout", boardErrors.timeIsUp({ seconds: ms / 1000 }));
  const timer = timeoutMs === undefined ? undefined : setTimeout(timeUp, timeoutMs, timeoutMs);
  const stopListening = io.onInterrupt(() => {
    if (reason === "interrupted") io.exit(exitCodes.interrupted);
    end("interrupted", boardErrors.ended());
  });
  return {
    signal: controller.signal,
    reason: () => reason,
    dispose: () => {
      clearTimeout(timer);
      stopListening();
    },
  };
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
