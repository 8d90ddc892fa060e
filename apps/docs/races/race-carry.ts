import {
  type ExploreCase,
  type Move,
  movePlaces,
  type Replay,
  type ReplayStep,
  replay,
  type Schedule,
  type World,
} from "@escapement/explore";
import { likeBefore, nearestPlace } from "./race-places.js";
import { doingWords } from "./race-words.js";

/** A schedule in another run, and what had to be changed on the way. */
export interface Carried {
  /** The schedule there. */
  readonly schedule: Schedule;
  /** What is to be said of it; empty for nothing. */
  readonly notice: string;
}

/**
 * The same moves in another run: every move goes before the access that is as far into the same
 * operation of the program, or to the nearest place at which its event is within reach.
 */
export function carriedSchedule(from: Replay, world: World, subject: ExploreCase): Carried {
  const schedule: Move[] = [];
  for (const { point, event, offset } of from.steps.flatMap(({ moves }) => moves)) {
    const there = replay(world, subject, schedule).steps;
    const wanted = samePoint(from.steps, point, there);
    const places = movePlaces(world, subject, schedule);
    const withEvent = places.filter(({ moves }) => moves.some((each) => each.event === event));
    const place = nearestPlace(withEvent, wanted);
    const move = place && likeBefore(place, { point, event, offset });
    if (move === undefined) {
      return { schedule, notice: "The interrupt has no such place in this run; it was taken out." };
    }
    schedule.push(move);
  }
  return { schedule, notice: "" };
}

/** The point of another run that is as far into the same operation. */
function samePoint(
  steps: readonly ReplayStep[],
  point: number,
  there: readonly ReplayStep[],
): number {
  const step = steps[point];
  if (step === undefined) return there.length;
  const begin = steps.findIndex((each) => isAlike(each, step));
  const inOther = there.findIndex((each) => isAlike(each, step));
  return inOther < 0 ? point : inOther + (point - begin);
}

/** Whether two steps are of the same operation, each in its own run. */
function isAlike(one: ReplayStep, other: ReplayStep): boolean {
  return (
    one.level === other.level &&
    one.records === other.records &&
    doingWords(one) === doingWords(other)
  );
}
