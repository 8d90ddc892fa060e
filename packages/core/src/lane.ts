/*
 * A lane is where the handler in flight is: one for hard handlers, one for soft callbacks, so that one
 * of each can be in flight. From the masked section in which its timer is taken until after its
 * return a handler's slot is in its lane. A lane is named by its first cell.
 */

/** The lane of hard handlers. */
export const HARD_LANE = 17;
/** The lane of soft callbacks. */
export const SOFT_LANE = 21;

/** The cell of the slot in flight plus one; 0 when none. */
export function slotIn(lane: number): number {
  return lane;
}

/** The cell that is 1 where the timer was stopped since it was taken. */
export function stoppedIn(lane: number): number {
  return lane + 1;
}

/** The cell of the expiry's scheduled time. */
export function scheduledIn(lane: number): number {
  return lane + 2;
}

/** The cell of the thread that runs the handler, where the port knows threads. */
export function threadIn(lane: number): number {
  return lane + 3;
}
