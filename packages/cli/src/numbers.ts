import { CliError } from "./cli-error.js";

/** Reads a seed: a whole number from 0 to 2^32 − 1. */
export function seedOption(text: string | undefined): number | undefined {
  return wholeOption("seed", text, [0, 0xffff_ffff], "For instance --seed 7.");
}

/** Reads a baud rate: a whole number from 300 to 4 000 000. */
export function baudOption(text: string | undefined): number | undefined {
  const hint = "For instance --baud 500000; the agent's line and this must agree.";
  return wholeOption("baud", text, [300, 4_000_000], hint);
}

/**
 * Reads a whole number of an option.
 *
 * @throws {@link CliError} `invalid-option` for any other text, and for a number out of range.
 */
export function wholeOption(
  name: string,
  text: string | undefined,
  [least, most]: readonly [least: number, most: number],
  hint: string,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  const message = `--${name} is "${text}", expected a whole number from ${least} to ${most}`;
  throw new CliError("invalid-option", message, hint);
}

/** Reads a time in seconds, above 0 and at most a day, as milliseconds. */
export function secondsOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (/^\d*\.?\d+$/.test(text) && seconds > 0 && seconds <= 86_400)
    return Math.ceil(seconds * 1000);
  throw new CliError(
    "invalid-option",
    `--timeout is "${text}", expected seconds above 0 and at most 86400`,
    "For instance --timeout 120.",
  );
}

/**
 * Reads the value that tells the cases of a law apart.
 *
 * @throws {@link CliError} `invalid-option` when it is no number.
 */
export function valueOption(text: string | undefined): number | undefined {
  if (text === undefined || /^-?\d+(\.\d+)?$/.test(text)) return text ? Number(text) : undefined;
  throw new CliError(
    "invalid-option",
    `--value is "${text}", expected a number`,
    "Copy it from the line that the finding came with.",
  );
}

/** Seconds as a person says them. */
export function timeText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
