import type { CallGuard } from "./call-guard.js";
import type { Program } from "./program.js";
import type { RunActivity } from "./run-activity.js";
import type { StatedSemantics } from "./semantics.js";
import type { Trace } from "./trace.js";

/**
 * Something that a board may or may not be able to do. A law names the ones it needs and is
 * skipped, by that name, where one is missing.
 */
export type Capability =
  /** `read` is enclosed by readings of an independent clock. */
  | "reference"
  /** `phase` works. */
  | "phase"
  /** `mask` and `restore` work. */
  | "mask"
  /** The `interrupt` operation works: a second interrupt at a chosen tick. */
  | "second-interrupt"
  /** The second interrupt can interrupt the timer's interrupt. */
  | "nesting"
  /** `dispatch: "soft"` and `service` work. */
  | "soft"
  /** `startAt` works. */
  | "start-at"
  /** Overrun policies other than `coalesce`, and the `overruns` operation. */
  | "overrun-policy"
  /** `setPeriod` works. */
  | "set-period"
  /** `shutdown` works. */
  | "shutdown"
  /** `stopSync` works. */
  | "stop-sync"
  /** `spawn` and `collect` work. */
  | "spawn"
  /** `stats` works. */
  | "stats"
  /** `remaining` works. */
  | "remaining"
  /** A released timer's handle is distinguished from a live one. */
  | "generations"
  /** `throw` works: the language has exceptions. */
  | "exceptions"
  /** Time can run faster than real time, so that a law may last for hours of board time. */
  | "fast-forward"
  | AssumedCapability;

/** What every board is taken to be able to do; one that cannot says so under `lacks`. */
export type AssumedCapability =
  /** Periodic timers can be made, not one-shots only. */
  | "periodic"
  /** A callback can run in the interrupt, not from a queue between two steps of the program only. */
  | "hard";

/** What a board is, and what it promises about its own speed. All ticks are ticks of its counter. */
export interface BoardDescription {
  /** A short name for reports, such as `sim:avr16` or `uno`. */
  readonly name: string;
  /** Width of the hardware counter. */
  readonly counterBits: number;
  /** Its ticks per second. */
  readonly frequencyHz: number;
  /** What it can do. */
  readonly capabilities: readonly Capability[];
  /** What every board is taken to be able to do and this one is not; absent where there is nothing. */
  readonly lacks?: readonly AssumedCapability[];
  /** Timers that a program may use at once. */
  readonly timers: number;
  /** Longest delay that can be armed, in ticks. */
  readonly maxDelayTicks: number;
  /** Largest encoded program it takes, in bytes; absent where there is no limit. */
  readonly maxProgramBytes?: number;
  /** Largest trace of one iteration, in bytes; absent where there is no limit. */
  readonly maxTraceBytes?: number;
  /** Speeds that the laws' tolerances are built from. */
  readonly latencies: BoardLatencies;
  /** The independent clock of `read`, when the board has one. */
  readonly reference?: ReferenceClock;
  /**
   * Code takes no time and time passes in whole ticks, so that a call falls on the edge of a tick
   * and there is no partial tick to be waited for. Only in virtual time; absent elsewhere.
   */
  readonly wholeTicks?: boolean;
  /** What its timer system does otherwise than the contract, on purpose; absent where there is nothing. */
  readonly semantics?: StatedSemantics;
}

/** Bounds that the board states about itself; laws hold it to them. */
export interface BoardLatencies {
  /** A handler is entered at most this many ticks after its deadline, when nothing masks or precedes it. */
  readonly lateTicks: number;
  /** The least delay the hardware can arm directly; shorter ones are served late, never lost. */
  readonly minDeltaTicks: number;
  /** One operation of a program, recording included, takes at most this many ticks. */
  readonly opTicks: number;
  /**
   * Between the HAL's look at the clock that finds a timer due and the entry of its handler pass at
   * most this many ticks, when nothing comes between; where absent, at most one operation's time.
   */
  readonly dispatchTicks?: number;
}

/** A clock that does not share the counter, its overflow flag or the HAL. */
export interface ReferenceClock {
  /** Its ticks per second. */
  readonly frequencyHz: number;
  /** Its readings are modulo this. */
  readonly modulusTicks: number;
}

/** Options of a run. */
export interface RunOptions {
  /** Ends the run with a `timeout` error after this many milliseconds without a sign of life; boards have a default. */
  readonly timeoutMs?: number;
  /** Ends the run early; the board stays usable. An `AbortSignal` fits. */
  readonly signal?: RunSignal;
  /**
   * Ends a driver that does not return. Boards that run the driver in the caller's thread call it
   * through this, and reject with `never-ends`; others have no use for it.
   */
  readonly guard?: CallGuard;
  /**
   * Called often while the program goes on, with what is under way: a sign of life. By boards in the
   * caller's thread only; must not throw.
   */
  readonly onActivity?: (activities: readonly RunActivity[]) => void;
}

/** The part of an `AbortSignal` that boards use; spelled out because not every runtime declares that type. */
export interface RunSignal {
  /** Whether the run is to end. */
  readonly aborted: boolean;
  /** Why, for the error's `cause`. */
  readonly reason?: unknown;
  /** Calls `listener` when the run is to end. */
  addEventListener(
    type: "abort",
    listener: () => void,
    options?: { readonly once?: boolean },
  ): void;
  /** Takes a listener off again. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * The upper of the two narrow waists: all that the suite can ask of a board, simulated or real.
 *
 * One run at a time; a second `run` before the first settled rejects with `busy`.
 */
export interface Board {
  /** What this board is. The same object for the board's whole life. */
  describe(): BoardDescription;
  /** Runs a program to its end. Rejects with a `BoardError`; it never resolves with half a trace. */
  run(program: Program, options?: RunOptions): Promise<Trace>;
  /** Brings the board to the state it had when it was opened; after a fault opens it again, where that can be. */
  reset(): Promise<void>;
  /**
   * How long after a fault the board may take until a `reset` succeeds, in milliseconds; 1 500 when
   * absent. A run of the suite asks again and again for so long, then gives the board up.
   */
  readonly recoveryMs?: number;
  /** Gives everything back. Twice is fine; after it every other call rejects with `closed`. */
  close(): Promise<void>;
}
