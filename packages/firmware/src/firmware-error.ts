import { CodedError } from "@escapement/core";

/** Everything that this package can refuse; closed. */
export type FirmwareErrorCode =
  /** The folder holds no image with its map. */
  "no-image";

/**
 * The error of this package, distinguished by `code`.
 *
 * @example
 * ```ts
 * import { FirmwareError, unoImage } from "@escapement/firmware";
 *
 * try {
 *   unoImage({ folder: "build" });
 * } catch (error) {
 *   if (error instanceof FirmwareError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class FirmwareError extends CodedError<FirmwareErrorCode> {
  /** `FirmwareError`. */
  override readonly name = "FirmwareError";
}
