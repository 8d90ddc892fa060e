/** A place in a source file. */
export interface SourcePlace {
  /** The file, as the compiler was given it. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1; 0 where it is not known. */
  readonly column: number;
}

/** One call on the way to a place. */
export interface SourceFrame extends SourcePlace {
  /** The function that is there. */
  readonly function: string;
}

/** One access of a finding. */
export interface FindingAccess {
  /** Where it is in the source. */
  readonly place: SourcePlace;
  /** Whether it writes. */
  readonly write: boolean;
  /** Who makes it. */
  readonly context: string;
}

/** Two accesses to one variable, and one of an interrupt that came in between. */
export interface SplitAccesses {
  /** The kinds of the three accesses, as `R·W·R`. */
  readonly pattern: string;
  /** The variable. */
  readonly variable: string;
  /** The three, in order. */
  readonly accesses: readonly FindingAccess[];
  /** Whether the two are one line in two rounds of a loop, which need not belong together. */
  readonly repeated?: true;
}

/** What was split in some run, with a schedule that shows it. */
export interface FoundSplit extends SplitAccesses {
  /** The schedule's text. */
  readonly schedule: string;
}

/** Gets what an interrupt came between: a number that is the same each time, and what it is. */
export type SplitListener = (key: number, describe: () => SplitAccesses) => void;
