import type { ExploreCase } from "./case.js";
import { ExploreError } from "./explore-errors.js";
import type { FindingKind } from "./finding.js";
import { judgeRun } from "./judge-run.js";
import type { Move, Schedule } from "./schedule.js";
import type { World } from "./world.js";

/**
 * Makes a failing schedule shorter: leaves out moves, then takes the plain event for a tick
 * before or after, as long as a run by it still shows a finding of that kind. (Delta debugging in its
 * simplest form, Zeller and Hildebrandt 2002; schedules have a handful of moves.)
 *
 * @returns the schedule itself where nothing can be left out
 */
export function shrinkSchedule(
  world: World,
  subject: ExploreCase,
  schedule: Schedule,
  kind: FindingKind,
  maskedMax: number,
): Schedule {
  const fails = (candidate: Schedule): boolean => {
    try {
      const outcome = world.run(subject.program, candidate);
      return judgeRun(world, subject, outcome, maskedMax).some((found) => found.kind === kind);
    } catch (error) {
      // A shorter schedule need not be one of this program.
      if (error instanceof ExploreError && error.code === "schedule-mismatch") return false;
      throw error;
    }
  };
  let best = schedule;
  for (let changed = true; changed; ) {
    changed = false;
    for (const candidate of simpler(world, subject, best)) {
      if (!fails(candidate)) continue;
      best = candidate;
      changed = true;
      break;
    }
  }
  return best;
}

/** Schedules that are simpler by one step, simplest first. */
function* simpler(world: World, subject: ExploreCase, schedule: Schedule): Generator<Schedule> {
  for (const [index, move] of schedule.entries()) {
    const before = schedule.slice(0, index);
    const after = schedule.slice(index + 1);
    yield [...before, ...after];
    // What the move let in made points of its own, which later moves were counted behind.
    const inside = pointsInside(world, subject, [...before, move]);
    if (inside > 0 && after.length > 0) yield [...before, ...moved(after, inside)];
  }
  for (const [index, move] of schedule.entries()) {
    if (move.offset === 0) continue;
    yield schedule.map((each, at) => (at === index ? { ...each, offset: 0 as const } : each));
  }
}

function moved(moves: readonly Move[], by: number): Move[] {
  return moves.map((move) => ({ ...move, point: Math.max(0, move.point - by) }));
}

/** How many points the interrupts that the last move let in have. */
function pointsInside(world: World, subject: ExploreCase, schedule: Schedule): number {
  const last = schedule[schedule.length - 1];
  if (last === undefined) return 0;
  const { log } = world.recorder;
  world.run(subject.program, schedule.slice(0, -1));
  const level = log.levelAt(last.point);
  world.run(subject.program, schedule);
  let end = last.point;
  while (log.levelAt(end) > level) end += 1;
  return end - last.point;
}
