import type { Chip, ChipSnapshot } from "@escapement/board-uno";
import { logEvents } from "./events-in-reach.js";
import type { PointTracker, TrackerState } from "./point-tracker.js";

/** A point with moves that may still be covered by the next one. */
export interface OpenPoint {
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
export interface Depth {
  readonly here: ChipSnapshot;
  readonly hereTracker: TrackerState;
  readonly slots: readonly [OpenPoint, OpenPoint];
}

/** Makes the places that one depth needs. */
export function newDepth(chip: Chip, tracker: PointTracker): Depth {
  const slot = (): OpenPoint => ({
    chip: chip.snapshot(),
    tracker: tracker.newState(),
    point: 0,
    word: 0,
    bits: 0,
    at: new Float64Array(logEvents.length),
    commutes: false,
  });
  return { here: chip.snapshot(), hereTracker: tracker.newState(), slots: [slot(), slot()] };
}
