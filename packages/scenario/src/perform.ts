import type { Machine, TimerDriver } from "./driver.js";
import { limits } from "./limits.js";
import type { Op, Operand } from "./program.js";
import type { RunRecords } from "./run-records.js";
import type { TimerTable } from "./timer-table.js";
import type { OpResult, ReferenceWindow } from "./trace.js";

/** What an operation acts on. */
export interface OpContext<Handle> {
  readonly driver: TimerDriver<Handle>;
  readonly machine: Machine;
  readonly timers: TimerTable<Handle>;
  readonly records: RunRecords;
  readonly registers: number[];
  readonly counts: readonly number[];
  /** How often each timer was given a new deadline, or asked to be: more than once it may fire for each only in its period. */
  readonly armings: number[];
  readonly masks: number[];
  readonly maskBase: number;
  value(operand: Operand): number;
  request(interrupt: number, delayTicks: number): boolean;
  spend(steps: number): void;
}

/** A result; a number, which means `ok` with that value; or nothing, where no call is recorded. */
type Given = OpResult | number | undefined;

const notSupported: OpResult = "not-supported";

/** Operations after which a timer has a deadline that it did not have before. */
const ARMING: ReadonlySet<string> = new Set(["init", "start", "startAt", "setPeriod", "spawn"]);

/** Timer, register, interrupt or mark number of an operation, as its record has it in `subject`; 0 where it has none. */
export function subjectOf(op: Op): number {
  if ("timer" in op) return op.timer;
  if ("interrupt" in op) return op.interrupt;
  if ("register" in op) return op.register;
  return "id" in op ? op.id : 0;
}

/** Performs one operation, `when`, `repeat` and `throw` aside. A refusal of the driver is thrown. */
export function performOp<H>(op: Op, run: OpContext<H>, context: number, at: number): Given {
  return "timer" in op ? onTimer(op, run) : onMachine(op, run, context, at);
}

function onTimer<H>(op: Op & { readonly timer: number }, run: OpContext<H>): Given {
  const { driver, timers } = run;
  if (ARMING.has(op.op)) run.armings[op.timer] = (run.armings[op.timer] ?? 0) + 1;
  if (op.op === "init") return timers.init(op.timer);
  if (op.op === "count") return run.counts[op.timer] ?? 0;
  if (op.op === "spawn")
    return driver.collect === undefined ? notSupported : timers.spawn(op.timer);
  const entry = timers.find(op.timer);
  if (entry === undefined) return "stale-handle";
  const { handle } = entry;
  switch (op.op) {
    case "start":
      return driver.start(handle);
    case "startAt": {
      const reference = (run.registers[op.register] ?? 0) - run.value(op.back);
      if (driver.startAt === undefined) return notSupported;
      return driver.startAt(handle, reference, run.value(op.delta));
    }
    case "stop":
      return driver.stop(handle);
    case "stopSync":
      return driver.stopSync?.(handle, run.value(op.timeout)) ?? notSupported;
    case "shutdown":
      return timers.shutdown(op.timer, handle) ?? notSupported;
    case "deinit":
      timers.deinit(op.timer, handle);
      return "ok";
    case "setPeriod":
      if (driver.setPeriod === undefined) return notSupported;
      driver.setPeriod(handle, run.value(op.period));
      return "ok";
    case "remaining":
      return driver.remaining?.(handle) ?? notSupported;
    case "pending":
      return driver.active(handle) ? 1 : 0;
    case "overruns":
      return driver.overruns?.(handle) ?? notSupported;
  }
}

function onMachine<H>(op: Op, run: OpContext<H>, context: number, at: number): Given {
  const { driver, machine, records } = run;
  switch (op.op) {
    case "read":
    case "capture":
      read(run, op.op === "capture" ? op.register : undefined, context, at);
      return undefined;
    case "readMany":
      return readMany(run, run.value(op.count));
    case "mask":
      return mask(run);
    case "restore":
      return restore(run);
    case "enabled":
      if (machine.interruptsEnabled === undefined) return notSupported;
      return machine.interruptsEnabled() ? 1 : 0;
    case "spin":
      machine.spin(run.value(op.ticks));
      return "ok";
    case "sleep":
      machine.sleep(run.value(op.ticks));
      return "ok";
    case "phase":
      return phase(run, run.value(op.counter));
    case "interrupt":
      return run.request(op.interrupt, run.value(op.delay)) ? "ok" : notSupported;
    case "service":
      return driver.service?.() ?? notSupported;
    case "collect":
      if (driver.collect === undefined) return notSupported;
      driver.collect();
      return "ok";
    case "deinitAll":
      run.timers.deinitAll();
      return "ok";
    case "mark":
      records.add({ kind: "mark", id: op.id, context, at });
      return undefined;
    case "stats": {
      const stats = driver.stats?.();
      if (stats === undefined) return notSupported;
      const { allocated, pending, retired } = stats;
      records.add({ kind: "stats", allocated, pending, retired, context, at });
      return undefined;
    }
    default:
      return notSupported;
  }
}

function read<H>(run: OpContext<H>, register: number | undefined, context: number, at: number) {
  const { driver, machine, records } = run;
  let value: number;
  let reference: ReferenceWindow | undefined;
  if (machine.reference === undefined) {
    value = driver.now();
  } else {
    const call = machine.reference();
    value = driver.now();
    reference = { call, return: machine.reference() };
  }
  if (register !== undefined) run.registers[register] = value;
  records.add({ kind: "read", context, value, at, ...(reference && { reference }) });
}

function readMany<H>(run: OpContext<H>, count: number): number {
  let backwards = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    run.spend(1);
    const now = run.driver.now();
    if (now < last) backwards += 1;
    last = now;
  }
  return backwards;
}

function mask<H>({ machine, masks, maskBase }: OpContext<H>): OpResult {
  if (machine.saveAndMask === undefined || machine.restore === undefined) return notSupported;
  if (masks.length - maskBase >= limits.maskDepth) return "invalid-argument";
  masks.push(machine.saveAndMask());
  return "ok";
}

function restore<H>({ machine, masks, maskBase }: OpContext<H>): OpResult {
  if (machine.restore === undefined) return notSupported;
  const state = masks.length > maskBase ? masks.pop() : undefined;
  if (state === undefined) return "invalid-argument";
  machine.restore(state);
  return "ok";
}

function phase<H>({ machine, masks, timers }: OpContext<H>, counter: number): OpResult {
  if (machine.phase === undefined) return notSupported;
  if (masks.length > 0 || timers.anyActive()) return "invalid-argument";
  machine.phase(counter);
  return "ok";
}
