import type { TimerPort } from "@escapement/core";
import { museumErrors } from "./museum-errors.js";

/** Calls of a port between two boots; a law on a sound board needs far fewer. */
const CALLS_MAX = 3_000_000;

/**
 * A port that gives up when it is called without an end: a bug may hang its board, and in virtual time
 * nothing else stops it. Every call from then on throws `board-hung`.
 */
export function watched(port: TimerPort): TimerPort {
  let left = CALLS_MAX;
  const count = (): void => {
    left -= 1;
    if (left >= 0) return;
    throw museumErrors.boardHung({ calls: CALLS_MAX });
  };
  return {
    ...port,
    readCounter: () => {
      count();
      return port.readCounter();
    },
    saveAndMask: () => {
      count();
      return port.saveAndMask();
    },
    overflowPending: () => {
      count();
      return port.overflowPending();
    },
  };
}
