import { BoardError } from "./board.js";
import { thrownText } from "./thrown-text.js";

/** What the `throw` operation throws; a HAL contains it and reports `callback-threw`. */
export class ThrownByProgram extends Error {
  override name = "ThrownByProgram";
}

/** What a machine throws, as an error of the board. */
export function asBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  return new BoardError(
    "board-fault",
    `the machine failed: ${thrownText(error)}`,
    "The cause is in the machine under the driver, not in the program.",
    { cause: error },
  );
}
