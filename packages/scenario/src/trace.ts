import type { StartAnswer, StopAnswer, TimerErrorCode } from "@escapement/core";
import type { OpName } from "./program.js";

/** Why a call was refused, as a program sees it: the HAL's errors, and what the agent itself cannot do. */
export type Refusal =
  | TimerErrorCode
  /** This board or driver has no such operation. */
  | "not-supported"
  /** The driver raised something that is not in the closed list. */
  | "driver-fault";

/** What a call in a program answered: `ok`, an answer of start or stop, or a refusal. */
export type Answer = "ok" | StartAnswer | StopAnswer | Refusal;

/**
 * How deep in interrupts a record was made: 0 in thread context (soft callbacks too), 1 in an
 * interrupt handler, 2 in one that interrupted it, and so on to 7.
 */
export type ContextLevel = number;

/** Readings of the reference clock just before the call and just after its return, in its own ticks. */
export interface ReferenceWindow {
  /** Before the call, 0 to modulus − 1. */
  readonly call: number;
  /** After the return, 0 to modulus − 1. */
  readonly return: number;
}

/**
 * One thing that happened on the board. All times are device time: ticks of the board's counter,
 * extended to an unbounded count, never the host's clock.
 */
export type TraceRecord =
  /** An iteration of the sweep begins. */
  | { readonly kind: "iteration"; readonly value: number; readonly at: number }
  /** An operation returned: called at `at`, back at `until`. `value` is 0 where the operation gives none. */
  | {
      readonly kind: "call";
      readonly op: OpName;
      /** Timer, register, interrupt or mark number; 0 where the operation has none. */
      readonly subject: number;
      readonly context: ContextLevel;
      readonly answer: Answer;
      readonly value: number;
      readonly at: number;
      readonly until: number;
    }
  /** A time read: `op` is `read` or `capture`. */
  | {
      readonly kind: "read";
      readonly context: ContextLevel;
      readonly value: number;
      readonly at: number;
      readonly reference?: ReferenceWindow;
    }
  /** A timer's handler was entered. */
  | {
      readonly kind: "expiry";
      readonly timer: number;
      readonly context: ContextLevel;
      readonly at: number;
      /** When it was due, as the HAL told the handler. */
      readonly scheduled: number;
    }
  /** A timer's handler with a list of its own returned. */
  | {
      readonly kind: "exit";
      readonly timer: number;
      readonly context: ContextLevel;
      readonly at: number;
    }
  /** The second interrupt's handler was entered. */
  | {
      readonly kind: "interrupt";
      readonly interrupt: number;
      readonly context: ContextLevel;
      readonly at: number;
    }
  /** The program's own mark. */
  | {
      readonly kind: "mark";
      readonly id: number;
      readonly context: ContextLevel;
      readonly at: number;
    }
  /** The registry's counts. */
  | {
      readonly kind: "stats";
      readonly allocated: number;
      readonly pending: number;
      readonly retired: number;
      readonly at: number;
    }
  /** An error that the HAL reported through its hook. */
  | {
      readonly kind: "error";
      readonly code: Refusal;
      readonly context: ContextLevel;
      readonly at: number;
    };

/** What a board gives back for a program. */
export interface Trace {
  /** In the order they happened. */
  readonly records: readonly TraceRecord[];
}
