import type { SharedState } from "./shared-state.js";
import type { TimerError } from "./timer-error.js";

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
