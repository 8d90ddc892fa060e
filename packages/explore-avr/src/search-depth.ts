import type { Chip, ChipSnapshot } from "@escapement/board-uno";
import { moveEvents } from "./events-in-reach.js";
import type { PointTracker, TrackerState } from "./point-tracker.js";

/** A point with moves that the next point may make unnecessary. */
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

/** What the search keeps for each number of moves that a run has so far. */
export interface SearchDepth {
  readonly here: ChipSnapshot;
  readonly hereTracker: TrackerState;
  readonly open: readonly [OpenPoint, OpenPoint];
}

/** Makes the copies that one depth needs. */
export function newDepth(chip: Chip, tracker: PointTracker): SearchDepth {
  const openPoint = (): OpenPoint => ({
    chip: chip.snapshot(),
    tracker: tracker.newState(),
    point: 0,
    word: 0,
    bits: 0,
    at: new Float64Array(moveEvents.length),
    commutes: false,
  });
  return {
    here: chip.snapshot(),
    hereTracker: tracker.newState(),
    open: [openPoint(), openPoint()],
  };
}
