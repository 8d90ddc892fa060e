/*
 * Where each shared number lies: the HAL's own here, those of a lane in `lane.ts`, those of a timer in
 * `slot.ts`, and what grows with the capacity in `regions.ts`. Everything is zero at first, so that a
 * large registry costs memory only where it was used.
 *
 * Nothing is imported here: only then does the build put these numbers into the code.
 */

/** Wraps of the counter so far. */
export const WRAPS = 0;
/** The time as last remembered, mostly in this masked section; a lower one later proves a lost wrap. */
export const LAST_SEEN = 1;
/** Order number of the newest arming. */
export const ARMINGS = 2;
/** Entries in the deadline queue. */
export const PENDING_COUNT = 3;
/** 1 while the timer interrupt runs its pass. */
export const DISPATCHING = 4;
/** 1 while `service()` runs. */
export const SERVICING = 5;
/** 1 while the compare interrupt is enabled. */
export const COMPARE_ON = 6;
/** First free slot plus one; 0 when none. */
export const FREE_HEAD = 7;
/** Newest retired slot plus one; 0 when none. */
export const RETIRED_HEAD = 8;
/** Retired slots. */
export const RETIRED_COUNT = 9;
/** Slots in use, the retired included. */
export const ALLOCATED_COUNT = 10;
/** Slots from this one on were never used. */
export const HIGH_WATER = 11;
/** Soft callbacks that wait. */
export const QUEUED_COUNT = 12;
/** Handler entries so far. */
export const EXPIRIES = 13;
/** Errors reported so far. */
export const ERRORS = 14;
/** 1 after the HAL was closed. */
export const CLOSED = 15;
/** 1 where a lap was found lost and that was not yet reported. */
export const WRAP_LOST = 16;

/* 17 to 24: the lanes. */
