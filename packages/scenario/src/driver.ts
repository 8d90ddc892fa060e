import type {
  Dispatch,
  LatePolicy,
  OverrunPolicy,
  StartResult,
  StopResult,
  TimerMode,
} from "@escapement/core";
import type { StatedSemantics } from "./semantics.js";
import type { Refusal } from "./trace.js";

/** What a driver gets to make a timer. All members are plain values. */
export interface DriverTimerSpec {
  /** One-shot or periodic. */
  readonly mode: TimerMode;
  /** Period, or the one-shot's delay, in ticks. */
  readonly periodTicks: number;
  /** In the interrupt or in `service()`. */
  readonly dispatch: Dispatch;
  /** What happens to missed periods. */
  readonly overrun: OverrunPolicy;
  /** What happens to a start whose deadline has passed. */
  readonly late: LatePolicy;
  /** Gives its slot back by itself after it fired or was stopped. */
  readonly autoRelease: boolean;
}

/** The counts of a driver's registry. */
export interface DriverStats {
  /** Slots in use, those waiting for a collecting call included. */
  readonly allocated: number;
  /** Timers in the deadline queue. */
  readonly pending: number;
  /** Slots waiting for a collecting call. */
  readonly retired: number;
}

/**
 * A timer implementation as the interpreter sees it: the table through which a HAL that is not
 * ours (k_timer, esp_timer, machine.Timer, a vendor's SDK) is put under the suite.
 *
 * A member that is missing is a capability that is missing: laws that need it are skipped by name.
 * A call may throw; a thrown error with a `code` from {@link Refusal} is recorded under that code,
 * any other as `driver-fault`. `Handle` is whatever the driver hands out for a timer.
 */
export interface TimerDriver<Handle = unknown> {
  /** Timers that can exist at once. */
  readonly capacity: number;
  /** Longest delay that can be armed, in ticks. */
  readonly maxDelayTicks: number;
  /** The time, in ticks, from any context. */
  now(): number;
  /** Makes a timer that is not running. `onExpiry` is to run at each expiry, with the scheduled time. */
  create(spec: DriverTimerSpec, onExpiry: (scheduledTicks: number) => void): Handle;
  /** Sets a timer up again, stopping it first. Without it the interpreter releases and creates. */
  init?(handle: Handle, spec: DriverTimerSpec): void;
  /** Starts it one period from now; starts over where it runs. */
  start(handle: Handle): StartResult;
  /** Starts it `delta` ticks after `reference`. */
  startAt?(handle: Handle, reference: number, delta: number): StartResult;
  /** Stops it, from any context; `ok` of a system that says nothing, which states so as `stopResult`. */
  stop(handle: Handle): StopResult | "ok";
  /** Stops it and waits for its handler, at most `timeoutTicks`. */
  stopSync?(handle: Handle, timeoutTicks: number): StopResult | "ok";
  /** Stops it permanently. */
  shutdown?(handle: Handle): StopResult | "ok";
  /** Releases it; the handle is stale from then on. Twice is fine. */
  deinit(handle: Handle): void;
  /** Changes its period. */
  setPeriod?(handle: Handle, periodTicks: number): void;
  /** Ticks until it expires; 0 when due or not pending. */
  remaining?(handle: Handle): number;
  /** Whether it is active. */
  active(handle: Handle): boolean;
  /** Takes its overruns: returns those since they were last taken, and sets them to 0. */
  overruns?(handle: Handle): number;
  /** Runs queued soft callbacks; returns how many ran. */
  service?(): number;
  /** Gives retired slots back. */
  collect?(): void;
  /** Releases every timer. */
  deinitAll(): void;
  /** The registry's counts. */
  stats?(): DriverStats;
  /** Where the driver reports errors that no caller can get; set by the interpreter. */
  onError?: (code: Refusal) => void;
  /** Whether a released timer's handle is distinguished from a live one. */
  readonly generations?: boolean;
  /** Whether it makes periodic timers; where absent, `createBoard` finds out by making one. */
  readonly periodic?: boolean;
  /** What it does otherwise than the contract, on purpose, each with its source; the board states it. */
  readonly semantics?: StatedSemantics;
}

/**
 * The world that a driver runs in, as the interpreter needs it: how time passes, how interrupts
 * are masked, and the instruments that judge the driver without using it.
 *
 * The simulated board and a hand-written one implement it alike. A missing member is a missing
 * capability.
 */
export interface Machine {
  /** The time that records carry, in counter ticks; must not depend on the driver where it can be helped. */
  stamp(): number;
  /** How deep in interrupts the caller is: 0 in thread context. */
  contextLevel(): number;
  /** Burns at least this many ticks of processor time, serving interrupts unless masked. */
  spin(ticks: number): void;
  /** Lets at least this many ticks pass in thread context, serving interrupts unless masked. */
  sleep(ticks: number): void;
  /** Masks interrupts and returns the state as it was. */
  saveAndMask?(): number;
  /** Puts the interrupt state back. */
  restore?(state: number): void;
  /** Whether interrupts are enabled. */
  interruptsEnabled?(): boolean;
  /** Brings the counter forward to this value. */
  phase?(counter: number): void;
  /** Calls `handler` in interrupt context after this many ticks. One request at a time; a new one replaces it. */
  requestInterrupt?(handler: () => void, delayTicks: number): void;
  /** Drops a request not yet served. */
  cancelInterrupt?(): void;
  /** The reference clock now, in its own ticks. */
  reference?(): number;
  /** Called when the program has its turn: a call of the driver returned, or a handler was entered. */
  turn?(): void;
  /** Calls `listener` now and then while time goes on within one operation; `undefined` calls none. */
  watchProgress?(listener: (() => void) | undefined): void;
  /**
   * Whether code takes no time and time passes in whole ticks only, as in a plain simulation; where
   * absent, `createBoard` finds out by reading the time many times over.
   */
  readonly wholeTicks?: boolean;
}
