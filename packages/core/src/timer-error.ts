import { CodedError } from "./error-table.js";

/** Everything that can go wrong at the HAL; closed, so that a `switch` can be complete. */
export type TimerErrorCode =
  /** An option, argument or port constant is outside its stated range. */
  | "invalid-argument"
  /** Every slot is in use, and a collecting call gave none back. */
  | "capacity-exhausted"
  /** The handle's timer was released; its slot may be another timer's by now. */
  | "stale-handle"
  /** The timer was shut down for good. */
  | "timer-shut-down"
  /** The HAL was closed by `deinit()`. */
  | "hal-closed"
  /** `service()` was called from inside a soft callback. */
  | "reentrant-service"
  /** The call is not allowed in interrupt context. */
  | "in-interrupt"
  /** A callback threw; the thrown value is the `cause`. Reported through `onError`. */
  | "callback-threw"
  /** More than one counter wrap passed while interrupts were masked. Reported through `onError` where the hardware shows it. */
  | "overflow-missed";

/**
 * The one error class of this package. Distinguished by `code`, never by message.
 *
 * @example
 * ```ts
 * import { TimerError } from "@escapement/core";
 *
 * export function explain(error: unknown): string {
 *   return error instanceof TimerError ? `${error.code}: ${error.hint}` : "not ours";
 * }
 * ```
 */
export class TimerError extends CodedError<TimerErrorCode> {
  /** `TimerError`. */
  override readonly name = "TimerError";
}
