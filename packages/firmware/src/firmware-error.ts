/** Everything that this package can refuse; closed. */
export type FirmwareErrorCode =
  /** No image with a bug has this name. */
  "unknown-bug";

/**
 * The error of this package, told apart by `code`. A file that is missing from the package is the
 * file system's error.
 *
 * @example
 * ```ts
 * import { FirmwareError, unoImage } from "@escapement/firmware";
 *
 * try {
 *   unoImage({ bug: "pico-1935" });
 * } catch (error) {
 *   if (error instanceof FirmwareError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class FirmwareError extends Error {
  /** Which of the closed list it is. */
  readonly code: FirmwareErrorCode;
  /** What to do about it, for a person. */
  readonly hint: string;

  /** Makes an error; `cause` keeps what lies under it. */
  constructor(
    code: FirmwareErrorCode,
    message: string,
    hint: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "FirmwareError";
    this.code = code;
    this.hint = hint;
  }
}
