/*
 * The numbers of a timer, by name: its seven cells, and the flags in its word. A cell is named by a
 * function of the slot, and read or written by one `load` or `store`, so that each access shows in the
 * code where it is made.
 */

/** Cells a slot. */
export const SLOT_CELLS = 7;

/** Generation · 65 536 plus flags, so that one access shows a stale handle. The first cell of a slot. */
export function wordOf(slot: number): number {
  return slot * SLOT_CELLS + 25;
}

/** The scheduled time of the expiry to come. */
export function deadlineOf(slot: number): number {
  return slot * SLOT_CELLS + 26;
}

/** When the queue is to serve it; later than the deadline where that had passed at arming. */
export function dueOf(slot: number): number {
  return slot * SLOT_CELLS + 27;
}

/** Period, or the one-shot's delay. */
export function periodOf(slot: number): number {
  return slot * SLOT_CELLS + 28;
}

/** The last time of the schedule that has passed, or its start. */
export function anchorOf(slot: number): number {
  return slot * SLOT_CELLS + 29;
}

/** Overruns since they were last taken. */
export function overrunsOf(slot: number): number {
  return slot * SLOT_CELLS + 30;
}

/** In the deadline queue: its arming's order number. In a list: the slot after it. */
export function linkOf(slot: number): number {
  return slot * SLOT_CELLS + 31;
}

/** The flags in a slot's word. An enum, so that the build puts the numbers into the code. */
export enum Flag {
  /** Given out, and not released since. */
  Allocated = 1,
  /** In the deadline queue. */
  Pending = 2,
  /** In a list of soft callbacks. */
  Queued = 4,
  /** A one-shot that was served since its last start. */
  Fired = 8,
  /** Shut down for good. */
  Shut = 16,
  /** Periodic, not one-shot. */
  Periodic = 32,
  /** Soft dispatch. */
  Soft = 64,
  /** Overrun policy `burst`. */
  Burst = 128,
  /** Overrun policy `skip`. */
  Skip = 256,
  /** Late policy `refuse`. */
  Refuse = 512,
  /** Released when it has fired or was stopped. */
  AutoRelease = 1024,
}

const FLAG_MASK = 0xffff;
/** One generation in a word. */
const GENERATION = 0x10000;
const GENERATION_COUNT = 2 ** 32;

/** A word with those flags. By addition of what it has not: `|` would cut the generation off. */
export function withFlags(word: number, flags: number): number {
  return word + (flags & ~word);
}

/** A word without those flags. */
export function withoutFlags(word: number, flags: number): number {
  return word - (word & flags);
}

/** Whether a word is of that generation, so that handles of it are live. */
export function isOfGeneration(word: number, generation: number): boolean {
  return word - (word & FLAG_MASK) === generation * GENERATION;
}

/** The word of a slot that was never used: of generation 1, without a flag. */
export const FIRST_WORD = GENERATION;

/** The generation of a word. */
export function generationOf(word: number): number {
  return Math.floor(word / GENERATION);
}

/** The generation after that one. */
function nextGeneration(generation: number): number {
  return (generation + 1) % GENERATION_COUNT;
}

/** The word of a slot that was just released. */
export function retiredWord(word: number): number {
  return nextGeneration(generationOf(word)) * GENERATION;
}

/** Whether the slot of a word was released by the timer of that generation, and not given out since. */
export function isReleasedBy(word: number, generation: number): boolean {
  return word === nextGeneration(generation) * GENERATION;
}
