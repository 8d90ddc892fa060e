import { exitCodes } from "./exit-codes.js";

/** Everything that the command line itself can refuse; closed. */
export type CliErrorCode =
  /** No command of that name. */
  | "unknown-command"
  /** An option that the command does not have, or a value that it cannot take. */
  | "invalid-option"
  /** An argument too many, or one missing. */
  | "invalid-argument"
  /** A board name of no known form, or a profile that does not exist. */
  | "unknown-board"
  /** No board was named, on the command line or in ESCAPEMENT_PORT. */
  | "no-board-named"
  /** A report could not be written. */
  | "cannot-write"
  /** A report could not be read. */
  | "cannot-read"
  /** A replayed run does not return: a finding, with exit code 1. */
  | "endless-replay"
  /** Something is wrong in the program itself. */
  | "internal";

/** The error of the command line, told apart by `code`; it knows its exit code. */
export class CliError extends Error {
  /** Which of the closed list it is. */
  readonly code: CliErrorCode;
  /** What to do, for a person. */
  readonly hint: string;
  /** The process's exit code. */
  readonly exitCode: number;

  /** Makes an error; the exit code is 2 (usage) unless said otherwise. */
  constructor(
    code: CliErrorCode,
    message: string,
    hint: string,
    options: { readonly exitCode?: number; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "CliError";
    this.code = code;
    this.hint = hint;
    this.exitCode = options.exitCode ?? exitCodes.usage;
  }
}
