/** Everything that the runner itself can refuse or report; closed. */
export type ConformanceErrorCode =
  /** No law of the catalogue has this id. */
  | "unknown-law"
  /** An option is of no use: two laws of one id, a time that is not a positive number. */
  | "invalid-option"
  /** The module of a board cannot be imported, or has no board in it. */
  | "bad-module"
  /** A law does not hold; thrown by the vitest binding only, the runner returns `fail`. */
  | "law-broken"
  /** A law's own code threw: a fault of the suite, not of the board. */
  | "law-fault"
  /** The board or the line failed; thrown by the vitest binding only, the runner returns `error`. */
  | "infrastructure";

/**
 * The error of this package, distinguished by `code`. What a board does wrong is never an error
 * but a verdict.
 *
 * @example
 * ```ts
 * import { ConformanceError, selectLaws } from "@escapement/conformance";
 *
 * try {
 *   selectLaws({ only: ["STOP-99"] });
 * } catch (error) {
 *   if (error instanceof ConformanceError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class ConformanceError extends Error {
  /** Which of the closed list it is. */
  readonly code: ConformanceErrorCode;
  /** Likely causes and what to do, for a person. */
  readonly hint: string;

  /** Makes an error; `cause` keeps what lies under it. */
  constructor(
    code: ConformanceErrorCode,
    message: string,
    hint: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "ConformanceError";
    this.code = code;
    this.hint = hint;
  }
}
