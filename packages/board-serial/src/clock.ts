/**
 * The host's time as a session uses it: to time out, never to judge a board.
 *
 * Tests put a clock of their own here, so that hours of waiting pass at once.
 */
export interface Clock {
  /** Milliseconds since any fixed time; never goes back. */
  now(): number;
  /** Calls `callback` once after `delayMs` milliseconds and returns what cancels it; cancelling twice is fine. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** What `setTimeout` can count to; beyond it the timer would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of the computer. A timer beyond 24 days fires after 24 days. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, longestTimerMs));
    return () => clearTimeout(timer);
  },
};

/**
 * Waits for a promise, but not forever: after `limitMs` the result is what `onLimit` makes.
 *
 * The promise itself is not cancelled; a rejection that comes later is swallowed.
 *
 * @internal
 */
export function withLimit<Value>(
  clock: Clock,
  limitMs: number,
  promise: Promise<Value>,
  onLimit: () => Error,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(() => reject(onLimit()), limitMs);
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}

/**
 * Resolves after this many milliseconds.
 *
 * @internal
 */
export function delay(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(resolve, delayMs);
  });
}
