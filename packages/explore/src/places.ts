import type { ExploreCase } from "./case.js";
import { possibleMoves, slackOf } from "./possible-moves.js";
import type { Move, Schedule } from "./schedule.js";
import type { World } from "./world.js";

/** A point of a run before which one more move is possible. */
export interface MovePlace {
  /** The point. */
  readonly point: number;
  /** The moves that are possible there, the plain events first; at least one. */
  readonly moves: readonly Move[];
}

/**
 * Where one more move can follow a schedule: every point from its last move on at which an event is
 * within what is left of the target's slack. Runs the program once by the schedule.
 *
 * Not promised: that two places come to different runs. A search leaves such out; this does not.
 *
 * @throws {@link ExploreError} `schedule-mismatch` for a schedule of another program, target or release.
 */
export function movePlaces(
  world: World,
  subject: ExploreCase,
  schedule: Schedule,
): readonly MovePlace[] {
  world.run(subject.program, schedule);
  return placesOfRun(world, schedule.length, schedule.at(-1)?.point ?? 0);
}

/** The places from a point on, in the run that a world has just made by a schedule of so many moves. */
export function placesOfRun(
  { recorder, target }: World,
  moves: number,
  first: number,
): readonly MovePlace[] {
  const { log, heldTicks } = recorder;
  const slackTicks = slackOf(target, moves, heldTicks);
  const places: MovePlace[] = [];
  for (let point = first; point < log.count; point += 1) {
    const moves = possibleMoves(log, point, slackTicks);
    if (moves.length > 0) places.push({ point, moves });
  }
  return places;
}
