import { ProgramRun, type RunProgramOptions } from "./interpreter.js";
import type { Trace } from "./trace.js";

/**
 * Runs a program over a driver and a machine, to its end, and returns the trace.
 *
 * This is what an agent in C does with the same program; `docs/wire.md` has the rules that both
 * keep. Throws a {@link BoardError}: `invalid-program`, or `board-fault` for a program that never
 * ends. A refusal of the driver is no error here; it is a record of the trace.
 *
 * @example
 * ```ts
 * import { type Machine, program, runProgram, type TimerDriver } from "@escapement/scenario";
 *
 * export function firstTrace(driver: TimerDriver, machine: Machine) {
 *   const waits = program(({ main }) => main.read().sleep(100).read());
 *   return runProgram({ program: waits, driver, machine });
 * }
 * ```
 */
export function runProgram<Handle>(options: RunProgramOptions<Handle>): Trace {
  const run = new ProgramRun(options);
  while (run.step());
  return run.trace;
}
