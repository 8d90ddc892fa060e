import type { StartResult, StopResult, TimerErrorCode } from "@escapement/core";
import type { OpName } from "./program.js";

/** Why a call was refused, as a program sees it: the HAL's errors, and what the agent itself cannot do. */
export type Refusal =
  | TimerErrorCode
  /** This board or driver has no such operation. */
  | "not-supported"
  /** The driver raised something that is not in the closed list. */
  | "driver-fault";

/** What a call in a program returned: `ok`, a result of start or stop, or a refusal. */
export type OpResult = "ok" | StartResult | StopResult | Refusal;

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

/** When a record was made, and how deep in interrupts. */
export interface RecordPlace {
  /** Device time, in ticks of the board's counter. */
  readonly at: number;
  /** How deep in interrupts. */
  readonly context: ContextLevel;
}

/** An iteration of the sweep begins. */
export interface IterationRecord {
  /** Which record it is. */
  readonly kind: "iteration";
  /** The sweep variable. */
  readonly value: number;
  /** Device time, in ticks of the board's counter. */
  readonly at: number;
}

/** An operation returned: called at `at`, back at `until`. */
export interface CallRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "call";
  /** What was called. */
  readonly op: OpName;
  /** Timer, register, interrupt or mark number; 0 where the operation has none. */
  readonly subject: number;
  /** What it returned. */
  readonly result: OpResult;
  /** What it gave; 0 where the operation gives nothing. */
  readonly value: number;
  /** When it was back. */
  readonly until: number;
}

/** A time read, by `read` or `capture`. */
export interface ReadRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "read";
  /** The time that was read. */
  readonly value: number;
  /** The reference clock around it, where the board has one. */
  readonly reference?: ReferenceWindow;
}

/** A timer's handler was entered. */
export interface ExpiryRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "expiry";
  /** The timer's number. */
  readonly timer: number;
  /** When it was due, as the HAL reported it to the handler. */
  readonly scheduled: number;
}

/** A timer's handler with a list of its own returned. */
export interface ExitRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "exit";
  /** The timer's number. */
  readonly timer: number;
}

/** The second interrupt's handler was entered. */
export interface InterruptRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "interrupt";
  /** The list's number. */
  readonly interrupt: number;
}

/** The program's own mark. */
export interface MarkRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "mark";
  /** The mark's number. */
  readonly id: number;
}

/** The registry's counts. */
export interface StatsRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "stats";
  /** Slots in use, those waiting for a collecting call included. */
  readonly allocated: number;
  /** Timers in the deadline queue. */
  readonly pending: number;
  /** Slots waiting for a collecting call. */
  readonly retired: number;
}

/** An error that the HAL reported through its hook. */
export interface ErrorRecord extends RecordPlace {
  /** Which record it is. */
  readonly kind: "error";
  /** What it reported. */
  readonly code: Refusal;
}

/**
 * One thing that happened on the board. All times are device time: ticks of the board's counter,
 * extended to an unbounded count, never the host's clock.
 */
export type TraceRecord =
  | IterationRecord
  | CallRecord
  | ReadRecord
  | ExpiryRecord
  | ExitRecord
  | InterruptRecord
  | MarkRecord
  | StatsRecord
  | ErrorRecord;

/** What a board gives back for a program. */
export interface Trace {
  /** In the order they happened. */
  readonly records: readonly TraceRecord[];
}
