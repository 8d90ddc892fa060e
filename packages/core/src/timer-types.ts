/** One shot: a single expiry for each start. Periodic: expiries at start + k·T, without drift. */
export type TimerMode = "one-shot" | "periodic";

/** Where the callback runs: `hard` in the timer interrupt, `soft` in `service()`. */
export type Dispatch = "hard" | "soft";

/**
 * What a periodic timer does about periods that passed unserved.
 *
 * `coalesce` calls once and counts the others in `overruns`; `burst` calls once for each;
 * `skip` calls only for the newest and counts nothing.
 */
export type OverrunPolicy = "coalesce" | "burst" | "skip";

/** What `start({ reference, delta })` does when the deadline has passed: `fire` soon, or `refuse`. */
export type LatePolicy = "fire" | "refuse";

/**
 * What `start()` did: `armed` for the future; `late`, the deadline had passed and the handler runs as
 * soon as the interrupt can; `missed`, the deadline had passed, the policy is `refuse` and nothing changed.
 */
export type StartResult = "armed" | "late" | "missed";

/**
 * What `stop()` found, in any context.
 *
 * `removed`: it was pending and its handler will not run. `in-flight`: its handler is running, in
 * this context or one that this context interrupted, and nothing more comes after it. `fired`: a
 * one-shot that ran since its last start. `idle`: nothing was pending and nothing had fired.
 */
export type StopResult = "removed" | "in-flight" | "fired" | "idle";

/** Runs when a timer expires; the scheduled time is `timer.scheduledTicks`. */
export type TimerCallback = (timer: Timer) => void;

/** Where a timer is to start from: `delta` ticks after `reference`, a time that is not in the future. */
export interface StartAt {
  /** A time of `hal.now()`, in ticks, now or in the past. */
  readonly reference: number;
  /** Ticks after `reference`; 0 or more. */
  readonly delta: number;
}

/** How a timer behaves; exactly one of `periodTicks`, `periodUs` and `frequencyHz` gives its period. */
export interface TimerOptions {
  /** One-shot or periodic. */
  readonly mode: TimerMode;
  /** Period, or the one-shot's delay, in ticks; an integer of 1 or more. */
  readonly periodTicks?: number;
  /** The same in microseconds, rounded up to whole ticks; above 0. */
  readonly periodUs?: number;
  /** The same as expiries per second, rounded to the nearest tick; an error where that is below one tick. */
  readonly frequencyHz?: number;
  /** Runs at each expiry. */
  readonly callback: TimerCallback;
  /** Default `hard`. */
  readonly dispatch?: Dispatch;
  /** Default `coalesce`. */
  readonly overrun?: OverrunPolicy;
  /** Default `fire`. */
  readonly late?: LatePolicy;
  /**
   * A one-shot that releases itself: after it fired or was stopped, its slot goes back to the pool at
   * the next collecting call. Default false.
   */
  readonly autoRelease?: boolean;
}

/** Options of `stopSync`. */
export interface StopSyncOptions {
  /** How long to wait for a handler in another thread, in ticks; 0 or more. Default: one second. */
  readonly timeoutTicks?: number;
}

/**
 * A timer, made by {@link TimerHal.timer}: a handle on a slot of the HAL.
 *
 * Every member may be used in any context, with interrupts masked or not, and takes a bounded time.
 * No getter changes anything.
 * After `deinit` (or, with `autoRelease`, after it fired or was stopped) the handle is stale: every
 * member but `deinit` and `generation` then throws `stale-handle`, and never reaches the timer that
 * has the slot now. After the HAL was closed they throw `hal-closed`.
 *
 * @example
 * ```ts
 * import type { TimerHal } from "@escapement/core";
 *
 * export function blink(hal: TimerHal, toggle: () => void): () => string {
 *   const timer = hal.timer({ mode: "periodic", periodUs: 500_000, callback: () => toggle() });
 *   timer.start(); // the first callback comes one period from now
 *   return () => timer.stop(); // "removed", "in-flight", "fired" or "idle"
 * }
 * ```
 */
export interface Timer {
  /** How often the slot was given out; distinguishes this handle from those before and after it. */
  readonly generation: number;

  /**
   * Starts it; starts over where it runs (rules ARM-02, ARM-11).
   *
   * Without an argument the schedule begins at the first whole tick that is not before the call,
   * `now() + 1`: a delay of d ticks waits d ticks and the rest of the running one, and is never
   * early. With one it begins at exactly `reference`, and the first expiry is at `reference + delta`
   * (ARM-05); a periodic timer goes on from there by its period. A start drops a soft callback that
   * still waits. In its own handler, or while that is in flight elsewhere, it arms the timer again.
   *
   * @returns `armed`; or, of a start at a reference only, `late` (the deadline has passed; the handler
   * runs as soon as the interrupt can, behind what is due already) or, with `late: "refuse"`,
   * `missed` (nothing changed).
   * @throws TimerError `invalid-argument` for a reference in the future or a value out of range,
   * `timer-shut-down`, `stale-handle`, `hal-closed`; then nothing changed.
   */
  start(at?: StartAt): StartResult;

  /**
   * Stops it. After this returned no entry of its handler begins (rules STOP-01 to STOP-22); a soft
   * callback that waits is dropped.
   *
   * @returns what was found: `removed`, `in-flight`, `fired` or `idle`. Where its handler is in
   * flight that is the result, even if the handler had started it again.
   * @throws TimerError `stale-handle`, `hal-closed`.
   * @remarks Not promised: that a handler in flight has ended; see {@link Timer.stopSync}.
   */
  stop(): StopResult;

  /**
   * Stops it and waits for its handler, where another thread runs that (rules STOP-14 to STOP-16,
   * STOP-23). From its own handler, an interrupt, or on a port without threads it returns at once.
   *
   * It stops it again for as long as it waits. So after any result but `in-flight` the timer is neither
   * pending nor in flight, also where the handler started or released it meanwhile (rule THR-06).
   *
   * @returns as `stop()`; after waiting `fired`: the handler has ended. `in-flight` when it has
   * not, because waiting was not possible or the time was up.
   * A handle that its own handler released, and that still runs in another thread, is waited for, too.
   *
   * @throws TimerError `invalid-argument`; `stale-handle`, `hal-closed` as found at the call.
   * @remarks Not promised: an end before the timeout where the caller holds a lock that the handler
   * takes (rule THR-10).
   */
  stopSync(options?: StopSyncOptions): StopResult;

  /**
   * Stops it for good: a later `start`, `init` or `setPeriod` throws `timer-shut-down` (rules
   * STOP-17, STOP-18). The slot stays taken until `deinit`.
   *
   * @returns as `stop()`.
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  shutdown(): StopResult;

  /**
   * Sets it up again, stopping it first; what `options` leave out stays as it was (rules LIFE-01,
   * LIFE-02, LIFE-13). Overruns, and that it fired, are forgotten. It is not running afterwards.
   *
   * @throws TimerError `invalid-argument`, `timer-shut-down`, `stale-handle`, `hal-closed`; then
   * nothing changed, and a running timer runs on.
   */
  init(options?: Partial<TimerOptions>): void;

  /**
   * Releases it: stops it and makes this handle stale. Its slot goes back to the pool at the next
   * collecting call (rules REG-06, REG-07, LIFE-03, LIFE-08). Twice is fine. Legal in its own handler,
   * which runs to its end.
   */
  deinit(): void;

  /**
   * Ticks until it expires; 0 when it is due or not pending (rule ARM-24).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  remaining(): number;

  /**
   * Whether something of it is still to come or in flight: pending, waiting for `service()`, or its
   * handler running and not stopped since (rule CALL-15).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  readonly active: boolean;

  /**
   * Periods that passed without a callback since they were last taken; reading changes nothing. At
   * most 2^32 − 1 (rules PER-04, PER-16). Only the policy `coalesce` counts. Those of a soft callback
   * that still waits are added when it runs. Stopping and starting leave the count as it is.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  readonly overruns: number;

  /**
   * Returns the overruns and sets them to 0, in one step: each is returned once (rule PER-09).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  takeOverruns(): number;

  /**
   * Its period, or the one-shot's delay, in ticks.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  readonly periodTicks: number;

  /**
   * Changes its period. The pending expiry moves by the difference of new and old, so the schedule
   * goes on from its last expiry; where that has passed it is due at once. The same in its own
   * handler (rules PER-06, PER-07). A soft callback that waits for `service()` stays, and the
   * schedule goes on from it.
   *
   * @throws TimerError `invalid-argument`, `timer-shut-down`, `stale-handle`, `hal-closed`; then
   * nothing changed.
   */
  setPeriod(ticks: number): void;

  /**
   * In its handler: the scheduled time of this expiry (rule CALL-03). Elsewhere: the last time
   * of its schedule that has passed, or its start before the first; 0 before any start.
   *
   * @throws TimerError `stale-handle`, but not in its handler: that may have been released by an
   * interrupt before its first line; `hal-closed`.
   */
  readonly scheduledTicks: number;

  /**
   * One-shot or periodic.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  readonly mode: TimerMode;
}
