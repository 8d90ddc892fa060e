import { avrErrors } from "./avr-errors.js";
import { AvrMachine } from "./avr-machine.js";
import { loadProgram } from "./explore-uno.js";
import { Judge, sweepOf, type UnoProgram } from "./judge.js";
import type { UnoFinding } from "./report.js";
import { runSchedule } from "./run-schedule.js";
import { parseUnoSchedule } from "./schedule.js";
import { describeUno, targetOf, type UnoTargetOptions } from "./target.js";

/** Options of a replay. */
export interface ReplayUnoOptions extends UnoTargetOptions {
  /** The value of the sweep variable; that of the first iteration when absent. */
  readonly value?: number;
}

/**
 * Runs one iteration of a program by a schedule that `exploreUno` reported, and returns what it
 * found: the run's trace, and what the check says of it. Where nothing is wrong, the kind is `law`
 * and the message is empty.
 *
 * @throws ExploreError `bad-schedule`, `schedule-version` or `schedule-mismatch`; and as
 * `exploreUno` does.
 */
export async function replayUno(
  subject: UnoProgram,
  schedule: string,
  options: ReplayUnoOptions = {},
): Promise<UnoFinding> {
  const parsed = parseUnoSchedule(schedule);
  const { image, slackTicks } = targetOf(options);
  const board = await describeUno(options);
  const machine = new AvrMachine(image, board.reference);
  const { from, count, step } = sweepOf(subject.program);
  const value = options.value ?? from;
  const number = count === 1 ? (value === from ? 0 : -1) : (value - from) / step;
  if (!Number.isInteger(number) || number < 0 || number >= count) {
    throw avrErrors.noSuchIteration({ name: subject.name, value, from, count, step });
  }
  const judge = new Judge(subject, board, machine, Number.POSITIVE_INFINITY);
  judge.begin(number);
  loadProgram(machine, subject);
  let index = 0;
  while (machine.nextIteration() && index < number) {
    machine.runPlain(judge.plainCycles);
    if (!machine.isTakenBack) index += 1;
  }
  return judge.describe(runSchedule(machine, judge.plainCycles, slackTicks, parsed));
}
