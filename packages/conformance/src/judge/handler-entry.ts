import type { ServicePass } from "./service-pass.js";
import type { Activity } from "./trace-tree.js";

/**
 * The entry of a handler, as far as it is known when its timer was taken.
 *
 * The HAL looks at the clock and takes the timer; the handler is in flight from then on. Its entry is
 * recorded a little later. What interrupts between the two finds the handler in flight, and is
 * recorded before it (STOP-26).
 */
export interface Entry {
  readonly activity: Activity;
  /** The scheduled time that the handler saw. */
  readonly scheduled: number;
  /** When it was entered; of one that is not recorded yet, when it was interrupted. */
  readonly at: number;
  /** The HAL looked at the clock at lookLo … at. */
  readonly lookLo: number;
  /** The order number from which on the timer may have been taken. */
  readonly orderLo: number;
  readonly orderHi: number;
  /** The pass that a soft callback is part of. */
  readonly pass: ServicePass | undefined;
  /** Whether the handler was interrupted before its first step, and is to be recorded yet. */
  readonly isEarly: boolean;
}

/** What the entry shows about the timer's place in the order of all that are due. */
export interface Due {
  /** It became due no earlier than this. */
  lo: number;
  /** It was armed no earlier, and no later, than these. */
  orderLo: number;
  orderHi: number;
  /** Its deadline is exactly its scheduled time, and it was armed before. */
  isExact: boolean;
  /** It ran as a further period of a bursting timer in the same pass. */
  isFurther: boolean;
}
