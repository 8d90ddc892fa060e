/** What the exit code of the process means. */
export const exitCodes = {
  /** Every law holds, or is skipped; a command did what it was asked. */
  ok: 0,
  /** A law is broken. */
  broken: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** There is no board: no such port, or none was found. */
  noBoard: 3,
  /** The link or the machinery failed, so that some law has no verdict. */
  link: 4,
  /** A search found nothing, but was cut short. */
  cutShort: 5,
  /** The time of `--timeout` was up. */
  timeout: 42,
  /** Ended from the keyboard. */
  interrupted: 130,
} as const;

/** What each exit code means, for the help. */
export const exitCodeRows = [
  [
    "0",
    "every law holds, or is skipped for a capability that the board lacks; of bugs: it was found",
  ],
  ["1", "a law or a rule is broken; a search found something; of bugs: it was not found"],
  ["2", "usage: the command line makes no sense"],
  ["3", "no board: no port of that name"],
  [
    "4",
    "link or infrastructure error: some law has no verdict, some unit was not searched; or an output could not be written",
  ],
  ["5", "a search of a C program found nothing, but was cut short: by its time, or by its runs"],
  ["42", "the time of --timeout was up"],
  ["130", "ended by Ctrl-C; what was known by then is reported"],
] as const;

/** Where more than one applies, the first of these does. */
const gravest: readonly number[] = [
  exitCodes.interrupted,
  exitCodes.timeout,
  exitCodes.usage,
  exitCodes.noBoard,
  exitCodes.link,
  exitCodes.broken,
  exitCodes.cutShort,
  exitCodes.ok,
];

/** Of two things that happened, the exit code of the graver one. */
export function graverExitCode(one: number, other: number): number {
  return gravest.find((code) => code === one || code === other) ?? one;
}

/** Codes of errors that are about what was asked, not about how it went. */
const usageCodes: ReadonlySet<string> = new Set([
  ...["unknown-command", "invalid-option", "invalid-argument", "unknown-board", "no-board-named"],
  ...[
    "cannot-write",
    "cannot-read",
    "unknown-law",
    "unknown-bug",
    "not-simulated",
    "not-in-c",
    "bad-module",
    "report-mismatch",
  ],
  ...["bad-schedule", "schedule-mismatch", "schedule-version"],
  ...["does-not-compile", "no-such-source", "bad-driver", "bad-device"],
]);

/** What the process ends with for an error of that code, whichever package it is from. */
export function exitCodeOf(code: string): number {
  if (usageCodes.has(code)) return exitCodes.usage;
  if (code === "port-not-found") return exitCodes.noBoard;
  return code === "endless-replay" ? exitCodes.broken : exitCodes.link;
}
