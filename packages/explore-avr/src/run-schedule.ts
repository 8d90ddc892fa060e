import type { HeldSchedule } from "@escapement/explore";
import { avrErrors } from "./avr-errors.js";
import type { AvrMachine } from "./avr-machine.js";
import { PointTracker } from "./point-tracker.js";
import type { AvrRun } from "./run.js";
import { formatUnoSchedule } from "./schedule.js";

const HANG_CYCLES = 16 * 65_536;

/**
 * The cycle by which a run with moves has ended unless it hangs: twice as long as the plain run and
 * some laps more.
 *
 * @param start - When the plain run began.
 * @param end - When it ended.
 */
export function hangCycle(start: number, end: number): number {
  return 2 * end - start + HANG_CYCLES;
}

/**
 * Runs the iteration that the machine stands before by one schedule, and leaves the machine at its
 * end.
 *
 * @param plainCycles - What a run without moves takes at most; one that goes on hangs.
 * @throws ExploreError `schedule-mismatch` when the run has no such point, or no such event is in reach there.
 */
export function runSchedule(
  machine: AvrMachine,
  plainCycles: number,
  slackTicks: number,
  schedule: HeldSchedule,
): AvrRun {
  const { chip } = machine;
  const start = chip.snapshot();
  start.save();
  let plain = machine.runPlain(plainCycles);
  if (plain === "ended" && machine.isTakenBack && machine.nextIteration()) {
    return runSchedule(machine, plainCycles, slackTicks, schedule);
  }
  const { holdTicks, moves } = schedule;
  if (holdTicks > 0 && plain === "ended") {
    start.restore();
    chip.hold(chip.cpu.cycles + holdTicks);
    start.save();
    plain = machine.runPlain(plainCycles);
  }
  if (moves.length === 0 || plain === "hang") return { schedule, word: -1, end: plain };
  const to = chip.cpu.cycles;
  start.restore();
  const limit = hangCycle(chip.cpu.cycles, to);
  const tracker = new PointTracker(machine.map);
  tracker.begin();
  let slack = slackTicks;
  let word = -1;
  for (const move of moves) {
    const arrived = walkTo(machine, tracker, move.point, limit);
    const cycle = machine.eventCycle(move.event) + move.offset;
    const ticks = cycle - chip.cpu.cycles;
    if (!arrived || !(ticks > 0 && ticks <= slack)) {
      const { point } = move;
      throw avrErrors.outOfReach({ point, schedule: formatUnoSchedule(schedule), slack });
    }
    word = chip.cpu.pc;
    slack -= ticks;
    chip.hold(cycle);
  }
  return { schedule, word, end: machine.runTo(machine.endWord, limit) };
}

/** Walks to a point, and stops before it. */
function walkTo(machine: AvrMachine, tracker: PointTracker, point: number, limit: number): boolean {
  const { cpu } = machine.chip;
  while (cpu.pc !== machine.endWord && cpu.cycles <= limit) {
    if (tracker.look(cpu)) {
      if (tracker.count === point) return true;
      tracker.count += 1;
    } else {
      machine.passWait();
    }
    machine.chip.step();
  }
  return false;
}
