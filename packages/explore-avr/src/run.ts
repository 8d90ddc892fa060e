import type { HeldSchedule } from "@escapement/explore";

/** How a run to the end of an iteration ended. */
export type RunEnd = "ended" | "hang";

/** One run that was made. */
export interface AvrRun {
  /** Its hold and its moves. */
  readonly schedule: HeldSchedule;
  /** The instruction before which the last move is, as a flash word; −1 for the plain run. */
  readonly word: number;
  /** Whether it came to its end. */
  readonly end: RunEnd;
}
