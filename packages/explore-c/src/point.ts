import type { SplitAccess } from "./detector.js";
import type { Draw } from "./inputs.js";

/** Where a handler can be entered. The same object is used again for the next point: keep its members, not it. */
export interface Point {
  /** Accesses that the run made before. */
  accesses: number;
  /** Which piece of a torn access comes next. */
  piece: number;
  /** The site of the access; −1 before a mask, −2 at the end. */
  site: number;
  /** The bytes of the access; a size of 0 where there is none. */
  address: number;
  /** How many bytes. */
  size: number;
  /** Whether it writes. */
  write: boolean;
}

/** Whoever decides what a run does. */
export interface Decider {
  /** The handler to enter, as a place in the setup; −1 for none. Asked again after each that was entered. */
  handler(point: Point): number;
  /** The value of an input. */
  input(draw: Draw): number;
}

/** Whoever watches a run. */
export interface Watcher {
  /** Accesses were split. */
  split(found: SplitAccess): void;
  /** Shared memory is accessed: before it is. */
  access?(point: Point): void;
  /** A handler is entered, or has returned. */
  handler?(handler: number, enters: boolean): void;
}
