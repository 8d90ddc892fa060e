import type {
  AssumedCapability,
  Board,
  BoardDescription,
  BoardLatencies,
  Capability,
  ReferenceClock,
  RunOptions,
} from "./board.js";
import { boardErrors } from "./board-errors.js";
import { CallNotReturned } from "./call-guard.js";
import { checkDescription } from "./check-description.js";
import type { Machine, TimerDriver } from "./driver.js";
import { HostTurns } from "./host-turn.js";
import { ProgramRun } from "./interpreter.js";
import { notReturned } from "./not-returned.js";
import { tryOut } from "./probe-driver.js";
import type { Program } from "./program.js";
import type { Trace } from "./trace.js";

/** What a freshly started board consists of. */
export interface BootedBoard<Handle = unknown> {
  /** The timer implementation to be judged. */
  readonly driver: TimerDriver<Handle>;
  /** The world it runs in. */
  readonly machine: Machine;
}

/** What turns a driver and a machine into a board. */
export interface CreateBoardOptions<Handle = unknown> {
  /** A short name for reports. */
  readonly name: string;
  /** Width of the hardware counter. */
  readonly counterBits: number;
  /** Its ticks per second. */
  readonly frequencyHz: number;
  /** What the board promises about its speed; laws hold it to that. */
  readonly latencies: BoardLatencies;
  /** Starts driver and machine from nothing; called at creation, at every reset and after a fault. */
  readonly boot: () => BootedBoard<Handle>;
  /** The clock behind `machine.reference`; without it the board has no `reference` capability. */
  readonly reference?: ReferenceClock;
  /** The second interrupt can interrupt the timer's; default false. */
  readonly nesting?: boolean;
  /** Time can run faster than real time; default false. */
  readonly fastForward?: boolean;
  /** The driver contains what a callback throws; default true. */
  readonly exceptions?: boolean;
  /** Operations in one iteration before a run is given up; default 1 000 000. */
  readonly stepLimit?: number;
  /** Called with each trace before `run` resolves, for instance to close a recording. */
  readonly afterRun?: (trace: Trace) => void;
  /** Gives back what `boot` took; called once. */
  readonly close?: () => void | Promise<void>;
}

function capabilitiesOf<H>(
  options: CreateBoardOptions<H>,
  { driver, machine }: BootedBoard<H>,
): Capability[] {
  const has: Readonly<Record<Exclude<Capability, AssumedCapability>, boolean>> = {
    reference: machine.reference !== undefined && options.reference !== undefined,
    phase: machine.phase !== undefined,
    mask:
      machine.saveAndMask !== undefined &&
      machine.restore !== undefined &&
      machine.interruptsEnabled !== undefined,
    "second-interrupt": machine.requestInterrupt !== undefined,
    nesting: machine.requestInterrupt !== undefined && options.nesting === true,
    soft: driver.service !== undefined,
    "start-at": driver.startAt !== undefined,
    "overrun-policy": driver.overruns !== undefined,
    "set-period": driver.setPeriod !== undefined,
    shutdown: driver.shutdown !== undefined,
    "stop-sync": driver.stopSync !== undefined,
    spawn: driver.collect !== undefined,
    stats: driver.stats !== undefined,
    remaining: driver.remaining !== undefined,
    generations: driver.generations === true,
    exceptions: options.exceptions !== false,
    "fast-forward": options.fastForward === true,
  };
  return (Object.keys(has) as (keyof typeof has)[]).filter((capability) => has[capability]);
}

class DriverBoard<Handle> implements Board {
  readonly #options: CreateBoardOptions<Handle>;
  readonly #timers: number;
  #description: BoardDescription | undefined;
  #booted: BootedBoard<Handle> | undefined;
  #state: "idle" | "running" | "closed" = "idle";
  #tried = false;
  readonly #hostTurns = new HostTurns();

  constructor(options: CreateBoardOptions<Handle>) {
    this.#options = options;
    this.#booted = options.boot();
    this.#timers = this.#booted.driver.capacity;
    checkDescription(this.#statedOf(this.#booted));
  }

  describe(): BoardDescription {
    this.#description ??= this.#describe();
    return this.#description;
  }

  /** What is left open is tried out in a world of its own, so that no program begins in another. */
  #describe(): BoardDescription {
    const { boot } = this.#options;
    const booted = this.#booted ?? boot();
    const { periodic } = booted.driver;
    const { wholeTicks } = booted.machine;
    const open = periodic === undefined || wholeTicks === undefined;
    const mayTry = open && this.#state === "idle" && !this.#tried;
    // Noted before: where a guard ended the attempt, the next call makes none.
    this.#tried = true;
    const tried = mayTry ? tryOut(boot()) : { periodic: true, wholeTicks: false };
    const isPeriodic = periodic ?? tried.periodic;
    const isWhole = wholeTicks ?? tried.wholeTicks;
    return Object.freeze({
      ...this.#statedOf(booted, isPeriodic),
      ...(isWhole && { wholeTicks: true }),
    });
  }

  /** What options and driver state of themselves; periods, where the driver leaves that open, as given. */
  #statedOf(booted: BootedBoard<Handle>, isPeriodic = true): BoardDescription {
    const { name, counterBits, frequencyHz, latencies, reference } = this.#options;
    const { periodic = isPeriodic, semantics, maxDelayTicks } = booted.driver;
    return {
      name,
      counterBits,
      frequencyHz,
      capabilities: Object.freeze(capabilitiesOf(this.#options, booted)),
      ...(!periodic && { lacks: Object.freeze<AssumedCapability[]>(["periodic"]) }),
      timers: this.#timers,
      maxDelayTicks,
      latencies: Object.freeze({ ...latencies }),
      ...(reference && { reference: Object.freeze({ ...reference }) }),
      ...(semantics && { semantics: Object.freeze({ ...semantics }) }),
    };
  }

  async run(program: Program, options: RunOptions = {}): Promise<Trace> {
    this.#mustBeIdle("run");
    this.#state = "running";
    try {
      const trace = await this.#run(program, options);
      this.#options.afterRun?.(trace);
      return trace;
    } finally {
      if (this.#state === "running") this.#state = "idle";
    }
  }

  async #run(program: Program, options: RunOptions): Promise<Trace> {
    const { name, exceptions, stepLimit, boot } = this.#options;
    const { timeoutMs, signal, guard = (work) => work() } = options;
    this.#booted ??= guard(boot);
    const { driver, machine } = this.#booted;
    const watch = new ActivityWatch(options);
    const run = new ProgramRun({
      program,
      driver,
      machine,
      ...(exceptions !== undefined && { exceptions }),
      ...(stepLimit !== undefined && { stepLimit }),
      ...(watch.onActivity && { onActivity: watch.onActivity }),
    });
    this.#mustFit(program);
    let more = true;
    while (more) {
      if (signal?.aborted === true) {
        throw boardErrors.aborted({ board: name }, { cause: signal.reason });
      }
      const startMs = Date.now();
      const turnMs = options.guard === undefined ? 0 : TURN_MS;
      try {
        more = guard(() => {
          while (run.step()) if (Date.now() - startMs >= turnMs) return true;
          return false;
        });
      } catch (error) {
        this.#booted = undefined;
        if (!(error instanceof CallNotReturned)) throw error;
        if (!watch.isSilent(error)) {
          const { limitMs } = error;
          throw boardErrors.iterationTooLong({ limitMs, board: name }, { cause: error });
        }
        const why = `no sign of life for ${(error.limitMs / 1000).toFixed(1)} s`;
        throw notReturned(run.activities, machine.contextLevel(), why, error);
      }
      if (timeoutMs !== undefined && Date.now() - startMs > timeoutMs + turnMs) {
        throw boardErrors.iterationTooLong({ limitMs: timeoutMs, board: name });
      }
      await this.#hostTurns.give(Date.now());
      if (this.#isClosed()) throw boardErrors.closed({ call: "run", board: name });
    }
    return { records: run.records.list };
  }

  async reset(): Promise<void> {
    this.#mustBeIdle("reset");
    this.#booted = this.#options.boot();
  }

  async close(): Promise<void> {
    if (this.#isClosed()) return;
    this.#state = "closed";
    this.describe();
    this.#booted = undefined;
    await this.#options.close?.();
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }

  #mustBeIdle(call: string): void {
    const { name } = this.#options;
    if (this.#isClosed()) throw boardErrors.closed({ call, board: name });
    if (this.#state === "running") throw boardErrors.busy({ call, board: name });
  }

  #mustFit(program: Program): void {
    const { name } = this.#options;
    const timers = this.#timers;
    const used = program.timers.length;
    if (used > timers) throw boardErrors.tooManyTimers({ used, board: name, timers });
  }
}

/** Iterations are run in turns of this long where each is guarded: to guard costs time. */
const TURN_MS = 10;

/** Notes when the program last went on, to distinguish a loop from a long iteration. */
class ActivityWatch {
  /** Given to the run; absent where it is not needed. */
  readonly onActivity: RunOptions["onActivity"];
  #lastMs = Date.now();

  constructor({ guard, onActivity }: RunOptions) {
    this.onActivity =
      guard === undefined
        ? onActivity
        : (activities) => {
            this.#lastMs = Date.now();
            onActivity?.(activities);
          };
  }

  /** Whether nothing went on in most of a call that did not return, on a host that could have. */
  isSilent({ limitMs, starved }: CallNotReturned): boolean {
    return !starved && Date.now() - this.#lastMs >= limitMs / 2;
  }
}

/**
 * Makes a board of a driver and the machine it runs in: the way to put a timer implementation of
 * your own under the suite.
 *
 * What the board can do is derived from which members driver and machine have; what they leave
 * open (`periodic`, `wholeTicks`) the first `describe` tries out, in a world booted for it. A program
 * runs synchronously, an iteration of its sweep at a time; signal and timeout are looked at in between, and
 * the host has a turn there each 50 ms, so that a signal can come.
 * A driver that does not return is ended by the `guard` of the run's options, and the run rejects with
 * `never-ends`; without a guard it blocks the host.
 *
 * @example
 * ```ts
 * import { type BootedBoard, createBoard } from "@escapement/scenario";
 *
 * export const makeBoard = (boot: () => BootedBoard) =>
 *   createBoard({
 *     name: "my-board",
 *     counterBits: 16,
 *     frequencyHz: 1_000_000,
 *     latencies: { lateTicks: 20, minDeltaTicks: 1, opTicks: 50 },
 *     boot,
 *   });
 * ```
 */
export function createBoard<Handle>(options: CreateBoardOptions<Handle>): Board {
  return new DriverBoard(options);
}
