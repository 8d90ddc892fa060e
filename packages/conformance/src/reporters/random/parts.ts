import type { Op, Program } from "@escapement/scenario";
import type { ProgramOrigin } from "../../law.js";
import type { RandomReport } from "../../random/random-report.js";

/** The command that shows a failed program on a board again. */
export type RandomCommandFor = (board: string, origin: ProgramOrigin) => string;

/** How a program is named: `seed 23`, or `the kept program restart-in-handler`. */
export function originText(origin: ProgramOrigin): string {
  return "seed" in origin ? `seed ${origin.seed}` : `the kept program ${origin.corpus}`;
}

/** Operations of a program in all its lists; the body of a `repeat` counts once. */
export function operationCount({ main, timers, interrupts }: Program): number {
  const lists = [main, ...timers.map(({ handler }) => handler), ...interrupts];
  return lists.reduce((sum, list) => sum + countIn(list), 0);
}

/** Programs a second, with the judging and shrinking; nothing where none was run. */
export function ratePerSecond({ programs, durationMs }: RandomReport): number | undefined {
  if (programs === 0 || durationMs <= 0) return undefined;
  return Math.round((programs / durationMs) * 1000);
}

function countIn(list: readonly Op[]): number {
  return list.reduce((sum, op) => sum + 1 + (op.op === "repeat" ? countIn(op.body) : 0), 0);
}
