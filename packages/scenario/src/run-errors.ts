import { BoardError, boardErrors } from "./board-errors.js";
import { thrownText } from "./thrown-text.js";

/** What the `throw` operation throws; a HAL contains it and reports `callback-threw`. */
export class ThrownByProgram extends Error {
  override name = "ThrownByProgram";
}

/** What a machine throws, as an error of the board. */
export function asBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  return boardErrors.machineFailed({ reason: thrownText(error) }, { cause: error });
}
