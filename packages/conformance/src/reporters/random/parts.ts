import type { ProgramOrigin } from "../../law.js";
import type { RandomReport } from "../../random/random-report.js";

/** The command that shows a failed program on a board again. */
export type RandomCommandFor = (board: string, origin: ProgramOrigin) => string;

/** How a program is named: `seed 23`, or `the kept program restart-in-handler`. */
export function originText(origin: ProgramOrigin): string {
  return "seed" in origin ? `seed ${origin.seed}` : `the kept program ${origin.corpus}`;
}

/** Programs a second, with the judging and shrinking; nothing where none was run. */
export function ratePerSecond({ programs, durationMs }: RandomReport): number | undefined {
  if (programs === 0 || durationMs <= 0) return undefined;
  return Math.round((programs / durationMs) * 1000);
}
