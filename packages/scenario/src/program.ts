import type { Dispatch, LatePolicy, OverrunPolicy, TimerMode } from "@escapement/core";

/** The sweep variable plus a constant. */
export interface VariableOperand {
  /** Distinguishes it from a constant. */
  readonly variable: true;
  /** Added to the variable; 0 or more. */
  readonly offset: number;
}

/**
 * A number in a program: a constant, or the sweep variable plus a constant.
 *
 * Ticks unless the operation says otherwise; 0 to 2^53 − 1 here, 0 to 2^32 − 1 on a board with a
 * 32-bit agent (it refuses more).
 */
export type Operand = number | VariableOperand;

/** One step of a program. `timer`, `interrupt` and `register` are indices into the program's own lists. */
export type Op =
  /** Sets the timer up again from its spec; stops it first. */
  | { readonly op: "init"; readonly timer: number }
  /** Starts it one period from now. */
  | { readonly op: "start"; readonly timer: number }
  /** Starts it at (register − back) + delta. */
  | {
      readonly op: "startAt";
      readonly timer: number;
      readonly register: number;
      readonly back: Operand;
      readonly delta: Operand;
    }
  /** Stops it; the result is recorded. */
  | { readonly op: "stop"; readonly timer: number }
  /** Stops it and waits for a handler in flight, at most `timeout` ticks. */
  | { readonly op: "stopSync"; readonly timer: number; readonly timeout: Operand }
  /** Stops it permanently. */
  | { readonly op: "shutdown"; readonly timer: number }
  /** Releases it; its handle is stale from then on, until `init`. */
  | { readonly op: "deinit"; readonly timer: number }
  /** Changes its period; how that acts on a running timer is rule PER-06. */
  | { readonly op: "setPeriod"; readonly timer: number; readonly period: Operand }
  /** Ticks until it expires; 0 when it is due or not pending. */
  | { readonly op: "remaining"; readonly timer: number }
  /** 1 when it is active, else 0. */
  | { readonly op: "pending"; readonly timer: number }
  /** Its overrun count; reading clears it. */
  | { readonly op: "overruns"; readonly timer: number }
  /** How often its handler was entered in this iteration, counted by the agent, not by the HAL. */
  | { readonly op: "count"; readonly timer: number }
  /** Makes and starts an anonymous auto-releasing one-shot with this spec and handler, and forgets it. */
  | { readonly op: "spawn"; readonly timer: number }
  /** Reads the time, between two readings of the reference clock where the board has one. */
  | { readonly op: "read" }
  /** Like `read`, and keeps the value in a register. */
  | { readonly op: "capture"; readonly register: number }
  /** Reads `count` times back to back; the value is how many reads were below the one before. */
  | { readonly op: "readMany"; readonly count: Operand }
  /** Saves the interrupt state and masks; nests up to 4 deep. */
  | { readonly op: "mask" }
  /** Restores the state that the last `mask` found. */
  | { readonly op: "restore" }
  /** 1 when interrupts are enabled, else 0. */
  | { readonly op: "enabled" }
  /** Burns at least this many ticks of processor time. */
  | { readonly op: "spin"; readonly ticks: Operand }
  /** Thread only: waits at least this many ticks with interrupts as they are. */
  | { readonly op: "sleep"; readonly ticks: Operand }
  /**
   * Brings the counter forward to this value: by presetting it, or by waiting. Time never goes
   * back by it. Thread only, with interrupts enabled and no timer pending.
   */
  | { readonly op: "phase"; readonly counter: Operand }
  /** Requests the second interrupt in `delay` ticks; its handler runs list `interrupt`. One at a time. */
  | { readonly op: "interrupt"; readonly interrupt: number; readonly delay: Operand }
  /** Runs queued soft callbacks; the value is how many ran. */
  | { readonly op: "service" }
  /** A collecting call: gives retired slots back. */
  | { readonly op: "collect" }
  /** Releases every timer, as a soft reset does. */
  | { readonly op: "deinitAll" }
  /** Records a time under a number, 0 to 255. */
  | { readonly op: "mark"; readonly id: number }
  /** Records the registry's counts. */
  | { readonly op: "stats" }
  /** Makes the running callback throw; only in a handler, only where the language has exceptions. */
  | { readonly op: "throw" }
  /** In a timer's handler: goes on only when this is the handler's `count`-th entry in the iteration. */
  | { readonly op: "when"; readonly count: number }
  /** Runs `body` `count` times. While it runs, only expiries, refusals and errors are recorded. Not nested, not in handlers. */
  | { readonly op: "repeat"; readonly count: Operand; readonly body: readonly Op[] };

/** Every operation's name. */
export type OpName = Op["op"];

/** A timer that a program uses, with the list its handler runs. */
export interface TimerSpec {
  /** One-shot or periodic. */
  readonly mode: TimerMode;
  /** Period, or the one-shot's delay. */
  readonly period: Operand;
  /** In the interrupt or in `service()`. */
  readonly dispatch: Dispatch;
  /** What happens to missed periods. */
  readonly overrun: OverrunPolicy;
  /** What happens to a start whose deadline has passed. */
  readonly late: LatePolicy;
  /** Its expiries are counted but not recorded. */
  readonly quiet: boolean;
  /** What its handler runs, in the context its dispatch says. */
  readonly handler: readonly Op[];
}

/** Runs the whole program `count` times, with the variable at from, from + step, … */
export interface Sweep {
  /** First value of the variable, in the unit of wherever it is used. */
  readonly from: number;
  /** How many iterations; 1 or more. */
  readonly count: number;
  /** Added after each iteration. */
  readonly step: number;
}

/**
 * A test program: data, not code. The same bytes run on every board.
 *
 * Each iteration of the sweep begins with a HAL that has no timers, all of `timers` set up (`init`)
 * in order, registers at 0 and interrupts enabled; it ends with `deinitAll`.
 */
export interface Program {
  /** Timers, at most 32 (a board may have fewer). */
  readonly timers: readonly TimerSpec[];
  /** Handlers of the second interrupt, at most 4. */
  readonly interrupts: readonly (readonly Op[])[];
  /** What the thread runs. */
  readonly main: readonly Op[];
  /** One iteration with the variable at 0 when absent. */
  readonly sweep?: Sweep;
}
