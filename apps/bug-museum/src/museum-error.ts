import { CodedError } from "@escapement/core";

/** The errors of the museum; a closed list. */
export type MuseumErrorCode =
  /** No bug has this name. */
  | "unknown-bug"
  /** The patched HALs were not built, or this one is missing among them. */
  | "not-built"
  /** A patch does not fit the sources as they are. */
  | "patch-failed"
  /** The bug is none of the C firmware. */
  | "not-in-c"
  /** The compiler for the firmware is missing; the hint installs it. */
  | "no-compiler"
  /** The firmware does not compile with the patch of a bug. */
  | "does-not-compile"
  /** The bug is in a part that no simulated board has. */
  | "not-simulated"
  /** A board with a bug made so many calls of its port that it will never end. */
  | "board-hung";

/**
 * The error of this package, distinguished by `code`.
 *
 * @example
 * ```ts
 * import { findBug, MuseumError } from "@escapement/bug-museum";
 *
 * try {
 *   findBug("pico-1954");
 * } catch (error) {
 *   if (error instanceof MuseumError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class MuseumError extends CodedError<MuseumErrorCode> {
  /** `MuseumError`. */
  override readonly name = "MuseumError";
}
