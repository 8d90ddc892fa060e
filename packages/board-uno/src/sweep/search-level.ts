import type { Chip, ChipSnapshot } from "../chip.js";
import { moveEvents } from "./events-in-reach.js";
import type { PointTracker, TrackerState } from "./point-tracker.js";

/** A point with moves that may still be covered by the next one. */
export interface Slot {
  readonly chip: ChipSnapshot;
  readonly tracker: TrackerState;
  point: number;
  word: number;
  /** Its moves, as bits. */
  bits: number;
  /** The cycle of each event. */
  readonly at: Float64Array;
  commutes: boolean;
}

/** What each depth of the search keeps to itself. */
export interface Level {
  readonly here: ChipSnapshot;
  readonly hereTracker: TrackerState;
  readonly slots: readonly [Slot, Slot];
}

/** Makes the places that one depth needs. */
export function newLevel(chip: Chip, tracker: PointTracker): Level {
  const slot = (): Slot => ({
    chip: chip.snapshot(),
    tracker: tracker.newState(),
    point: 0,
    word: 0,
    bits: 0,
    at: new Float64Array(moveEvents.length),
    commutes: false,
  });
  return { here: chip.snapshot(), hereTracker: tracker.newState(), slots: [slot(), slot()] };
}
