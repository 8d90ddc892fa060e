import type { Op } from "./program.js";
import type { ContextLevel } from "./trace.js";

/** The running handler of a timer. */
export interface HandlerActivity {
  /** Distinguishes it from an operation. */
  readonly op: "handler";
  /** The timer's number. */
  readonly timer: number;
}

/** The running list of a second interrupt. */
export interface InterruptActivity {
  /** Distinguishes it from an operation. */
  readonly op: "second-interrupt";
  /** The list's number. */
  readonly interrupt: number;
}

/** An operation, handler or list that was begun and has not ended. */
export interface RunActivity {
  /** How deep in interrupts it was begun. */
  readonly context: ContextLevel;
  /** What it is. */
  readonly doing: Op | HandlerActivity | InterruptActivity;
}
