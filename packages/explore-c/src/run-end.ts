/** What can be wrong with a run, besides accesses that are split. */
export type FaultKind =
  /** A condition that the program asserts does not hold, or it gave up itself. */
  | "assertion"
  /** Memory is used that is none of the program's. */
  | "wild access"
  /** The processor could not go on: a call of no function, a division by zero. */
  | "trap"
  /** The stack is full. */
  | "stack overflow"
  /** Code goes round for ever, and no interrupt can change it. */
  | "hang";

/** Ends a run because something is wrong. Thrown through the program. */
export class Fault extends Error {
  /** What sort. */
  readonly kind: FaultKind;

  /** Says what is wrong. */
  constructor(kind: FaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** How a run ends without anything being wrong. */
export type QuietEnd =
  /** The program has ended by itself, or its main loop went its rounds. */
  | "end"
  /** The rest is equivalent to a run that was made. */
  | "pruned"
  /** It waits for an interrupt or for hardware, and the bounds let none come. */
  | "waiting";

/** Ends a run quietly. Thrown through the program; one of each is enough. */
export class Quiet {
  /** How. */
  readonly end: QuietEnd;

  /** Says how. */
  constructor(end: QuietEnd) {
    this.end = end;
  }
}

/** The quiet ends. */
export const quiet = {
  end: new Quiet("end"),
  pruned: new Quiet("pruned"),
  waiting: new Quiet("waiting"),
} as const;
