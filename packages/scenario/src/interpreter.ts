import { BoardError, boardErrors } from "./board-errors.js";
import type { Machine, TimerDriver } from "./driver.js";
import { hasRunTooOften, isKeptByDriver } from "./endless.js";
import { notReturned } from "./not-returned.js";
import { performOp, subjectOf } from "./perform.js";
import type { Op, Operand, Program } from "./program.js";
import type { RunActivity } from "./run-activity.js";
import { asBoardError, ThrownByProgram } from "./run-errors.js";
import { RunRecords } from "./run-records.js";
import { TimerTable } from "./timer-table.js";
import type { Refusal, Trace } from "./trace.js";
import { validateProgram } from "./validate.js";
import { refusalOf } from "./wire-codes.js";

/** What a program needs to run. */
export interface RunProgramOptions<Handle> {
  /** A program; it is checked first. */
  readonly program: Program;
  /** The timer implementation under it. */
  readonly driver: TimerDriver<Handle>;
  /** The world that the driver runs in. */
  readonly machine: Machine;
  /** Operations and handler entries in one iteration before the run is given up; default 1 000 000. */
  readonly stepLimit?: number;
  /** Whether `throw` works, that is, whether the driver contains what a callback throws; default true. */
  readonly exceptions?: boolean;
  /** Called often with what is under way, as long as the program goes on; see `RunOptions.onActivity`. */
  readonly onActivity?: (activities: readonly RunActivity[]) => void;
  /** The program was checked before, by `validateProgram`: saves that time where one runs very often. */
  readonly validated?: boolean;
}

/**
 * A program in the course of being run, one iteration of its sweep at a time.
 *
 * @example
 * ```ts
 * import { type Machine, type Program, ProgramRun, type TimerDriver } from "@escapement/scenario";
 *
 * export function firstRecords(program: Program, driver: TimerDriver, machine: Machine) {
 *   const run = new ProgramRun({ program, driver, machine });
 *   run.step();
 *   return run.trace.records;
 * }
 * ```
 */
export class ProgramRun<Handle> {
  /** @internal */
  readonly driver: TimerDriver<Handle>;
  /** @internal */
  readonly machine: Machine;
  /** @internal */
  readonly timers: TimerTable<Handle>;
  /** @internal */
  readonly records: RunRecords;
  /** @internal */
  readonly registers: number[] = [0, 0, 0, 0];
  /** @internal */
  readonly counts: number[];
  /** @internal */
  readonly armings: number[];
  /** @internal */
  readonly masks: number[] = [];
  /** @internal Masks of the lists that the running list interrupted; `restore` leaves them alone. */
  maskBase = 0;
  readonly #activities: RunActivity[] = [];
  readonly #program: Program;
  readonly #stepLimit: number;
  readonly #exceptions: boolean;
  readonly #onActivity: ((activities: readonly RunActivity[]) => void) | undefined;
  #iteration = 0;
  #variable = 0;
  #steps = 0;
  #mainAt = 0;
  #beganAt = 0;
  #live = false;
  #fault: BoardError | undefined;

  /**
   * Prepares a run. Throws a {@link BoardError} `invalid-program` unless the program is valid.
   */
  constructor(options: RunProgramOptions<Handle>) {
    if (options.validated !== true) validateProgram(options.program);
    this.#program = options.program;
    this.driver = options.driver;
    this.machine = options.machine;
    this.#stepLimit = options.stepLimit ?? 1_000_000;
    this.#exceptions = options.exceptions ?? true;
    const { onActivity } = options;
    this.#onActivity = onActivity;
    this.machine.watchProgress?.(onActivity && (() => onActivity(this.#activities)));
    this.records = new RunRecords(this.machine);
    this.counts = this.#program.timers.map(() => 0);
    this.armings = this.#program.timers.map(() => 0);
    this.timers = new TimerTable(this.driver, this.#program.timers, (timer, scheduled) =>
      this.#during({ op: "handler", timer }, () => this.#enterTimer(timer, scheduled)),
    );
  }

  /** What was recorded so far; whole once `step` returned false. */
  get trace(): Trace {
    return { records: this.records.list };
  }

  /** What is under way, outermost first: an operation, and what interrupted it. For instruments. */
  get activities(): readonly RunActivity[] {
    return this.#activities;
  }

  /** Runs the next iteration; false when that was the last. Throws only a {@link BoardError}. */
  step(): boolean {
    const { from, count, step } = this.#program.sweep ?? { from: 0, count: 1, step: 0 };
    const value = from + this.#iteration * step;
    this.#begin(value);
    try {
      this.#beganAt = this.machine.stamp();
      this.records.add({ kind: "iteration", value, at: this.#beganAt });
      for (const timer of this.#program.timers.keys()) {
        this.#during({ op: "init", timer }, () => this.#setUp(timer));
      }
      this.#runList(this.#program.main, 0);
    } catch (error) {
      this.#fault ??= asBoardError(error);
    } finally {
      this.#end();
    }
    if (this.#fault !== undefined) throw this.#fault;
    this.#iteration += 1;
    return this.#iteration < count;
  }

  /** @internal Counts towards the step limit. */
  spend(steps: number): void {
    this.machine.turn?.();
    this.#steps += steps;
    if (this.#steps <= this.#stepLimit) return;
    const many = `more than ${this.#stepLimit} operations in iteration ${this.#iteration}`;
    this.#fault ??= this.#isKeptByDriver()
      ? notReturned(this.#activities.slice(0, 1), 0, `the expiries never end, ${many}`, undefined)
      : boardErrors.endlessProgram({ many });
    throw this.#fault;
  }

  #isKeptByDriver(): boolean {
    const main = this.#activities[0]?.doing;
    const sleepTicks = main?.op === "sleep" ? this.value(main.ticks) : 0;
    const { machine, counts, armings } = this;
    const now = machine.stamp();
    return (
      isKeptByDriver(this.#activities, now - this.#mainAt, sleepTicks) ||
      hasRunTooOften({
        program: this.#program,
        operandValue: (operand) => this.value(operand),
        sinceTicks: now - this.#beganAt,
        counts,
        armings,
      })
    );
  }

  /** @internal The value of an operand in this iteration. */
  value(operand: Operand): number {
    return typeof operand === "number" ? operand : this.#variable + operand.offset;
  }

  /** @internal Asks for the second interrupt. */
  request(interrupt: number, delayTicks: number): boolean {
    if (this.machine.requestInterrupt === undefined) return false;
    const iteration = this.#iteration;
    this.machine.requestInterrupt(() => {
      if (!this.#live || iteration !== this.#iteration) return;
      this.#during({ op: "second-interrupt", interrupt }, () => this.#enterInterrupt(interrupt));
    }, delayTicks);
    return true;
  }

  #begin(variable: number): void {
    this.#variable = variable;
    this.#steps = 0;
    this.#live = true;
    this.registers.fill(0);
    this.counts.fill(0);
    this.armings.fill(0);
    this.timers.begin(variable);
    // Named first, or V8 keeps it, and the run with it, until the next full collection.
    const onError = (code: Refusal): void => {
      if (this.#live) this.records.error(code);
    };
    this.driver.onError = onError;
  }

  /** Leaves nothing behind for the next iteration, however this one ended. */
  #end(): void {
    this.#live = false;
    this.records.muted = false;
    try {
      this.machine.cancelInterrupt?.();
      this.timers.deinitAll();
      this.#unwindMasks(0);
      this.driver.service?.();
      this.driver.collect?.();
    } catch (error) {
      if (error instanceof BoardError) this.#fault ??= this.#placed(error);
      else this.records.error(refusalOf(error));
    }
  }

  /** Sets a timer up at the start of an iteration; only a refusal leaves a record. */
  #setUp(timer: number): void {
    const at = this.machine.stamp();
    try {
      this.timers.init(timer);
    } catch (error) {
      if (error instanceof BoardError) throw error;
      this.records.call("init", timer, 0, refusalOf(error), 0, at);
    }
  }

  /** Runs a list; `entry` is the running handler's entry count, which `when` asks for. */
  #runList(ops: readonly Op[], entry: number): void {
    for (const op of ops) {
      if (this.#fault !== undefined) throw this.#fault;
      this.spend(1);
      if (op.op === "when") {
        if (op.count !== entry) return;
      } else if (op.op === "repeat") {
        this.#repeat(op.body, this.value(op.count));
      } else {
        if (op.op === "throw" && this.#exceptions) throw new ThrownByProgram("thrown on purpose");
        this.#during(op, () => this.#runOp(op));
      }
    }
  }

  #repeat(body: readonly Op[], count: number): void {
    this.records.muted = true;
    for (let round = 0; round < count; round++) {
      this.spend(1);
      this.#runList(body, 0);
    }
    this.records.muted = false;
  }

  #runOp(op: Op): void {
    const { machine, records } = this;
    const context = machine.contextLevel();
    const at = machine.stamp();
    if (this.#activities.length === 1) this.#mainAt = at;
    try {
      const given = performOp(op, this, context, at);
      if (given === undefined) return;
      const [result, value] = typeof given === "number" ? (["ok", given] as const) : [given, 0];
      records.call(op.op, subjectOf(op), context, result, value, at);
    } catch (error) {
      if (error instanceof BoardError) this.#fault ??= this.#placed(error);
      if (this.#fault !== undefined) throw this.#fault;
      records.call(op.op, subjectOf(op), context, refusalOf(error), 0, at);
    }
  }

  /** Says what was under way when the driver did not come back. */
  #placed(error: BoardError): BoardError {
    if (error.code !== "never-ends") return error;
    return notReturned(this.#activities, 0, error.message, error);
  }

  /** Keeps account of what is under way. */
  #during(doing: RunActivity["doing"], body: () => void): void {
    const context = this.machine.contextLevel();
    const depth = this.#activities.push({ context, doing }) - 1;
    this.#onActivity?.(this.#activities);
    try {
      body();
    } finally {
      this.#activities.length = depth;
      this.#onActivity?.(this.#activities);
    }
  }

  #enterTimer(timer: number, scheduled: number): void {
    if (!this.#live) return;
    if (this.#fault !== undefined) {
      this.#silence(timer);
      return;
    }
    const at = this.machine.stamp();
    const entry = (this.counts[timer] ?? 0) + 1;
    this.counts[timer] = entry;
    this.spend(1);
    const spec = this.#program.timers[timer];
    if (spec === undefined) return;
    if (!spec.quiet) this.records.expiry(timer, scheduled, at);
    if (spec.handler.length === 0) return;
    this.#runNested(spec.handler, entry);
    if (spec.quiet) return;
    const context = this.machine.contextLevel();
    this.records.add({ kind: "exit", timer, context, at: this.machine.stamp() });
  }

  #enterInterrupt(interrupt: number): void {
    if (this.#fault !== undefined) return;
    const { machine } = this;
    const at = machine.stamp();
    this.spend(1);
    this.records.add({ kind: "interrupt", interrupt, context: machine.contextLevel(), at });
    this.#runNested(this.#program.interrupts[interrupt] ?? [], 0);
  }

  /** Runs a handler's list; masks that it leaves are restored, as a return from interrupt does. */
  #runNested(ops: readonly Op[], entry: number): void {
    const outer = this.maskBase;
    const base = this.masks.length;
    this.maskBase = base;
    try {
      this.#runList(ops, entry);
    } finally {
      this.#unwindMasks(base);
      this.maskBase = outer;
    }
  }

  #unwindMasks(depth: number): void {
    while (this.masks.length > depth) {
      const state = this.masks.pop();
      if (state !== undefined) this.machine.restore?.(state);
    }
  }

  /** After a fault a timer that keeps expiring must not keep the machine from coming to an end. */
  #silence(timer: number): void {
    const entry = this.timers.find(timer);
    if (entry !== undefined) this.driver.stop(entry.handle);
  }
}
