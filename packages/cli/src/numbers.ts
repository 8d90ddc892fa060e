import { CliError } from "./cli-error.js";

/** Reads a seed: a whole number from 0 to 2^32 − 1. */
export function seedOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= 0xffff_ffff) return seed;
  throw new CliError(
    "invalid-option",
    `--seed is "${text}", expected a whole number from 0 to 4294967295`,
    "For instance --seed 7.",
  );
}

/** Reads a baud rate: a whole number from 300 to 4 000 000. */
export function baudOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const baud = Number(text);
  if (/^\d+$/.test(text) && baud >= 300 && baud <= 4_000_000) return baud;
  throw new CliError(
    "invalid-option",
    `--baud is "${text}", expected a whole number from 300 to 4000000`,
    "For instance --baud 500000; the agent's line and this must agree.",
  );
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
