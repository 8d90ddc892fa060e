/** Everything that can go wrong in an exploration; closed. What a HAL does wrong is a finding, not an error. */
export type ExploreErrorCode =
  /** An option or argument is out of its range. */
  | "invalid-argument"
  /** The text is not a schedule. */
  | "bad-schedule"
  /** The schedule was written by another version of the notation. */
  | "schedule-version"
  /** The program, run by this schedule, has no such point, or no such event lies ahead there. */
  | "schedule-mismatch"
  /** The same schedule led to two different runs: something besides the schedule decides. */
  | "nondeterministic"
  /** A run went over its limit of points, or gave no sign of life. */
  | "endless-program"
  /** The program, or what it needs, cannot be run on this target. */
  | "cannot-run"
  /** The symbol map of a firmware image is missing, or does not belong to it. */
  | "symbols"
  /** A worker thread ended before it returned. */
  | "worker-lost"
  /** The text is not a report, or of another search than the one it is to be joined with. */
  | "report-mismatch";

/**
 * The error of this package. Told apart by `code`.
 *
 * @example
 * ```ts
 * import { ExploreError, parseSchedule } from "@escapement/explore";
 *
 * try {
 *   parseSchedule("hello");
 * } catch (error) {
 *   if (error instanceof ExploreError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class ExploreError extends Error {
  /** Which of the closed list it is. */
  readonly code: ExploreErrorCode;
  /** What to do, for a person. */
  readonly hint: string;

  /** Makes an error; `cause` keeps what lies under it. */
  constructor(
    code: ExploreErrorCode,
    message: string,
    hint: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = "ExploreError";
    this.code = code;
    this.hint = hint;
  }
}

/** An argument out of its range. */
export function invalid(message: string, hint: string): ExploreError {
  return new ExploreError("invalid-argument", message, hint);
}

/** Two runs that had to be alike were not; `what` says which, and in what. */
export function carriedOver(what: string, cause?: unknown): ExploreError {
  return new ExploreError(
    "nondeterministic",
    `Two runs ${what}`,
    "Look for what is carried over from run to run: a module variable, the host's clock, Math.random.",
    { cause },
  );
}
