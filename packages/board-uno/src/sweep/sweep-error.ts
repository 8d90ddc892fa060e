/** Everything that can go wrong in a firmware sweep; closed. What a firmware does wrong is a finding, not an error. */
export type SweepErrorCode =
  /** An option or argument is out of its range. */
  | "invalid-argument"
  /** The text is not a schedule. */
  | "bad-schedule"
  /** The schedule was written by another version of the notation. */
  | "schedule-version"
  /** The program, run by this schedule, has no such instruction, or no such event is within reach there. */
  | "schedule-mismatch"
  /** The symbol map is missing, or does not belong to the image. */
  | "symbols"
  /** The firmware refuses the program, or does not answer. */
  | "cannot-run";

/**
 * The error of the firmware sweep. Told apart by `code`.
 *
 * @example
 * ```ts
 * import { parseUnoSchedule, SweepError } from "@escapement/board-uno";
 *
 * try {
 *   parseUnoSchedule("hello");
 * } catch (error) {
 *   if (error instanceof SweepError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class SweepError extends Error {
  /** Which of the closed list it is. */
  readonly code: SweepErrorCode;
  /** What to do, for a person. */
  readonly hint: string;

  /** Makes an error; `cause` keeps what lies under it. */
  constructor(
    code: SweepErrorCode,
    message: string,
    hint: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = "SweepError";
    this.code = code;
    this.hint = hint;
  }
}
