import { CodedError, TimerError } from "@escapement/core";
import { thrownText } from "@escapement/scenario";
import { cliErrors } from "./cli-errors.js";
import { exitCodeOf } from "./exit-codes.js";

/** An error as the user meets it. */
export interface ErrorText {
  /** `error[port-busy]: message`, then an indented hint. */
  readonly text: string;
  /** What the process ends with. */
  readonly exitCode: number;
}

/** Puts any error into words, without a stack, and finds its exit code. */
export function errorText(error: unknown): ErrorText {
  const coded = isShown(error) ? error : cliErrors.internal({ reason: thrownText(error) });
  return { text: shownText(coded), exitCode: exitCodeOf(coded.code) };
}

/** Every error of ours is; one of the HAL's own, or of nobody's, is a fault of the command line. */
function isShown(error: unknown): error is CodedError<string> {
  return error instanceof CodedError && !(error instanceof TimerError);
}

/** `error[code]: message`, then the hint, indented; a line feed within either begins no line of its own. */
export function shownText({
  code,
  message,
  hint,
}: Pick<CodedError<string>, "code" | "message" | "hint">): string {
  const indented = hint === "" ? "" : `  hint: ${hint.split("\n").join("\n        ")}\n`;
  return `error[${code}]: ${message.split("\n").join("\n  ")}\n${indented}`;
}
