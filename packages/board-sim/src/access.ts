/**
 * The kinds of access to a simulated chip, by number, as a {@link SimWatcher} gets them.
 *
 * The kinds up to `readFlags` only look; the rest change something.
 */
export const simAccess = {
  /** The counter, or one of its halves, is read. */
  readCounter: 0,
  /** The compare register is read. */
  readCompare: 1,
  /** The flags are read. */
  readFlags: 2,
  /** The counter is preset. */
  writeCounter: 3,
  /** The compare register is written. */
  writeCompare: 4,
  /** Flags are cleared; the argument says which. */
  clearFlags: 5,
  /** Interrupts are enabled; the argument says which. */
  enable: 6,
  /** Interrupts are disabled; the argument says which. */
  disable: 7,
  /** The global mask is closed. */
  mask: 8,
  /** The global mask is put back; the argument is the state, 0 for open. */
  restore: 9,
  /** The flags are read, and cleared by that. */
  takeFlags: 10,
  /** Interrupts are set pending; the argument says which. */
  pend: 11,
} as const;

/** A number in {@link simAccess}. */
export type SimAccess = (typeof simAccess)[keyof typeof simAccess];

/**
 * Called before each access to a chip's registers and mask; may let time pass on the chip's clock and
 * have its controller serve, and so decide what has happened by the time of the access.
 */
export type SimWatcher = (access: SimAccess, argument: number) => void;
