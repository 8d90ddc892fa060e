import { ConformanceError } from "@escapement/conformance";
import { BoardError, thrownText } from "@escapement/scenario";
import { CliError } from "./cli-error.js";
import { exitCodes } from "./exit-codes.js";

/** An error as the user meets it. */
export interface ErrorText {
  /** `error[port-busy]: message`, then an indented hint. */
  readonly text: string;
  /** What the process ends with. */
  readonly exitCode: number;
}

/** Puts any error into words, without a stack, and finds its exit code. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof CliError) return told(error, error.exitCode);
  if (error instanceof ConformanceError) return told(error, exitCodes.usage);
  if (error instanceof BoardError) return told(error, boardExitCode(error));
  if (isSearchError(error)) {
    return told(error, usageCodes.has(error.code) ? exitCodes.usage : exitCodes.link);
  }
  const message = thrownText(error);
  const hint = "This is a fault in escapement; run it again with ESCAPEMENT_DEBUG=1 and report it.";
  return told({ code: "internal", message, hint }, exitCodes.link);
}

/** No port of that name is "no board"; everything else between here and the board is the link. */
export function boardExitCode(error: { readonly code: string }): number {
  if (error.code === "port-not-found") return exitCodes.noBoard;
  return exitCodes.link;
}

/** The errors of packages that are loaded only when they are needed. */
const searchErrors = new Set(["ExploreError", "FirmwareError", "MuseumError"]);

/** Those of their codes that are about what was asked, not about how it went. */
const usageCodes = new Set([
  "bad-schedule",
  "invalid-argument",
  "report-mismatch",
  "schedule-mismatch",
  "schedule-version",
  "unknown-bug",
]);

function isSearchError(error: unknown): error is Error & Told {
  return (
    error instanceof Error && searchErrors.has(error.name) && "code" in error && "hint" in error
  );
}

/** What every error has, whichever package it comes from. */
interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function told(error: Told, exitCode: number): ErrorText {
  return { text: toldText(error), exitCode };
}

/** `error[code]: message`, then the hint, indented; a line feed within either begins no line of its own. */
export function toldText({ code, message, hint }: Told): string {
  const indented = hint === "" ? "" : `  hint: ${hint.split("\n").join("\n        ")}\n`;
  return `error[${code}]: ${message.split("\n").join("\n  ")}\n${indented}`;
}
