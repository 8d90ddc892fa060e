import { exitCodes } from "escapement";

/** Codes whose end is told by more than their class. */
const byCode: Readonly<Record<string, readonly number[]>> = {
  "port-not-found": [exitCodes.noBoard],
  "law-broken": [exitCodes.broken],
  "law-fault": [exitCodes.link],
  "cannot-write": [exitCodes.usage, exitCodes.link],
  internal: [exitCodes.link],
  aborted: [exitCodes.timeout, exitCodes.interrupted],
  "not-run": [exitCodes.link, exitCodes.timeout, exitCodes.interrupted],
  // Thrown by the vitest binding, which is no command.
  infrastructure: [],
};

/** Classes of the searches; a command that is told something wrong is a usage error. */
const searching: ReadonlySet<string> = new Set(["ExploreError", "FirmwareError"]);
const toldWrong: ReadonlySet<string> = new Set([
  "bad-schedule",
  "schedule-version",
  "schedule-mismatch",
  "invalid-argument",
  "report-mismatch",
  "unknown-bug",
]);

/** What `escapement` ends with for a code of these classes; a test holds it to the command line. */
export function exitCodesOf(code: string, classes: readonly string[]): readonly number[] {
  const known = byCode[code];
  if (known !== undefined) return known;
  if (classes.some((each) => each === "CliError" || each === "ConformanceError")) {
    return [exitCodes.usage];
  }
  if (classes.some((each) => searching.has(each))) {
    return [toldWrong.has(code) ? exitCodes.usage : exitCodes.link];
  }
  return classes.includes("BoardError") ? [exitCodes.link] : [];
}
