/** What the process tells its caller by its exit code. */
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
  /** The time of `--timeout` was up. */
  timeout: 42,
  /** Ended from the keyboard. */
  interrupted: 130,
} as const;

/** Where more than one applies, the first of these does. */
const gravest: readonly number[] = [
  exitCodes.interrupted,
  exitCodes.timeout,
  exitCodes.usage,
  exitCodes.noBoard,
  exitCodes.link,
  exitCodes.broken,
  exitCodes.ok,
];

/** Of two things that happened, the exit code of the graver one. */
export function graverExitCode(one: number, other: number): number {
  return gravest.find((code) => code === one || code === other) ?? one;
}
