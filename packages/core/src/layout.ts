/*
 * Where each shared number lies. Everything is zero at first, so that a large registry costs
 * memory only where it was used.
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

/** The lane of hard handlers: which is in flight in the interrupt. See the lane offsets. */
export const HARD_LANE = 17;
/** The lane of soft callbacks: which is in flight in `service()`. */
export const SOFT_LANE = 21;
/** In a lane: the slot in flight plus one; 0 when none. */
export const LANE_SLOT = 0;
/** In a lane: one of the LANE states. */
export const LANE_STATE = 1;
/** In a lane: the scheduled time of the expiry. */
export const LANE_SCHEDULED = 2;
/** In a lane: the thread that runs it, where the port knows threads. */
export const LANE_THREAD = 3;

/** The handler is in flight. */
export const LANE_RUNNING = 0;
/** The handler is in flight and its timer was stopped since. */
export const LANE_STOPPED = 1;

/** First cell of slot 0. Two pseudo-slots after the last hold the ends of the soft lists. */
export const SLOTS = 25;
/** Cells a slot. */
export const SLOT_CELLS = 7;

/** In a slot: generation · 65 536 plus flags, so that one access tells a stale handle. */
export const WORD = 0;
/** In a slot: the scheduled time of the expiry to come. */
export const DEADLINE = 1;
/** In a slot: when the queue is to serve it; later than the deadline where that had passed at arming. */
export const DUE = 2;
/** In a slot: period or delay. */
export const PERIOD = 3;
/** In a slot: the schedule's last point that passed, or its start. */
export const ANCHOR = 4;
/** In a slot: overruns since they were last read. */
export const OVERRUNS = 5;
/** In a slot: its arming's order number in the queue, or the slot after it in a list. */
export const LINK = 6;

/** Flags in a slot's word. */
export const ALLOCATED = 1;
/** In the deadline queue. */
export const PENDING = 2;
/** In a list of soft callbacks. */
export const QUEUED = 4;
/** A one-shot that was served since its last start. */
export const FIRED = 8;
/** Shut down for good. */
export const SHUT = 16;
/** Periodic, not one-shot. */
export const PERIODIC = 32;
/** Soft dispatch. */
export const SOFT = 64;
/** Overrun policy `burst`. */
export const BURST = 128;
/** Overrun policy `skip`. */
export const SKIP = 256;
/** Late policy `refuse`. */
export const REFUSE = 512;
/** Released when it has fired or was stopped. */
export const AUTO_RELEASE = 1024;
/** The flags' part of a word. */
export const FLAG_MASK = 0xffff;
/** One generation in a word. */
export const GENERATION = 0x10000;
/** Generations run modulo this. */
export const GENERATION_COUNT = 2 ** 32;

/** The HAL's own cells by name. */
export const HAL_CELL_NAMES = {
  wraps: WRAPS,
  "last time seen": LAST_SEEN,
  armings: ARMINGS,
  "pending count": PENDING_COUNT,
  dispatching: DISPATCHING,
  servicing: SERVICING,
  "compare on": COMPARE_ON,
  "free list": FREE_HEAD,
  "retired list": RETIRED_HEAD,
  "retired count": RETIRED_COUNT,
  "allocated count": ALLOCATED_COUNT,
  "high water": HIGH_WATER,
  "queued count": QUEUED_COUNT,
  expiries: EXPIRIES,
  errors: ERRORS,
  closed: CLOSED,
  "wrap lost": WRAP_LOST,
  "hard lane: slot": HARD_LANE + LANE_SLOT,
  "hard lane: state": HARD_LANE + LANE_STATE,
  "hard lane: scheduled": HARD_LANE + LANE_SCHEDULED,
  "hard lane: thread": HARD_LANE + LANE_THREAD,
  "soft lane: slot": SOFT_LANE + LANE_SLOT,
  "soft lane: state": SOFT_LANE + LANE_STATE,
  "soft lane: scheduled": SOFT_LANE + LANE_SCHEDULED,
  "soft lane: thread": SOFT_LANE + LANE_THREAD,
} as const;

/** A name in {@link HAL_CELL_NAMES}. */
export type HalCellName = keyof typeof HAL_CELL_NAMES;

const SLOT_CELL_NAMES = [
  "word (generation and flags)",
  "deadline",
  "due",
  "period",
  "anchor",
  "overruns",
  "arming order, or link on",
];

/** The name of a cell within a slot. */
export function describeSlotCell(offset: number): string {
  return SLOT_CELL_NAMES[offset] ?? "not used";
}

/** The first cell of a slot. */
export function slotCell(slot: number): number {
  return SLOTS + slot * SLOT_CELLS;
}

/**
 * The first cell of the deadline queue: pairs of (due, slot). Placed so that the four children of
 * an entry share a line of a 64-byte cache.
 */
export function queueCell(capacity: number): number {
  return Math.ceil(slotCell(capacity + 2) / 8) * 8 + 6;
}

/**
 * The first of the cells, one a slot, that say where a slot is: its place in the deadline queue, or
 * the slot before it in a soft list. They lie apart from the slots because moving one entry of the
 * queue writes those of several slots, which would each cost a line of the cache.
 */
export function placeCell(capacity: number): number {
  return queueCell(capacity) + 2 * capacity;
}

/** How many cells a HAL of that capacity needs. */
export function cellCount(capacity: number): number {
  return placeCell(capacity) + capacity + 2;
}
