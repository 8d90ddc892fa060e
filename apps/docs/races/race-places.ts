import type { Move, MovePlace } from "@escapement/explore";
import { choiceOf } from "./race-words.js";

/** The place nearest to a point, the earlier of two. */
export function nearestPlace(places: readonly MovePlace[], point: number): MovePlace | undefined {
  let best: MovePlace | undefined;
  for (const place of places) {
    if (best === undefined || Math.abs(place.point - point) < Math.abs(best.point - point)) {
      best = place;
    }
  }
  return best;
}

/** The same event as before where it is possible. */
export function likeBefore({ moves }: MovePlace, now: Move | undefined): Move | undefined {
  return (
    moves.find((each) => now !== undefined && choiceOf(each) === choiceOf(now)) ??
    moves.find(({ event }) => event === now?.event) ??
    moves[0]
  );
}
