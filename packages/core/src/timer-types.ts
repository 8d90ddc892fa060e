import type { SharedState } from "./shared-state.js";
import type { Timer } from "./timer.js";
import type { TimerError } from "./timer-error.js";

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

/** How the HAL is set up. */
export interface HalOptions {
  /** How many timers can exist at once; default 32, at most 2^24. */
  readonly capacity?: number;
  /** Called, in the context that found it, for an error that cannot be thrown at a caller. */
  readonly onError?: (error: TimerError) => void;
  /**
   * Makes the shared state, so that a tool can observe each access: called once, with the number of
   * cells, all to be zero. Default: an `ArrayState`. Not needed by applications.
   */
  readonly state?: (cells: number) => SharedState;
}

/** Counts since the HAL was made, and its registry now. */
export interface HalStats {
  /** Slots in use, pending or not, those waiting for a collecting call included. */
  readonly allocated: number;
  /** Timers in the deadline queue. */
  readonly pending: number;
  /** Slots released in an interrupt or by expiry, to be given back at the next collecting call. */
  readonly retired: number;
  /** How many timers can exist at once. */
  readonly capacity: number;
  /** Soft callbacks waiting for `service()`. */
  readonly queued: number;
  /** Handler entries so far. */
  readonly expiries: number;
  /** Errors passed to `onError` so far. */
  readonly errors: number;
}
