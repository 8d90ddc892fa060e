/*
 * A random program must end, soon, and leave a trace that the board has room for. What decides that is how
 * often handlers are entered: a timer of one tick fills any trace if the thread waits long enough. So the
 * records are estimated from above, as a number by itself plus one for each tick that the thread
 * waits, and the waits are cut to what the room allows.
 *
 * Where the handlers can take the whole processor, the thread's own work lasts longer too: then each tick of
 * a spin lets another handler in, and a soft callback lets in many.
 *
 * A handler may last for much of a lap. Where an interrupt asks for itself again and again, it comes that often
 * in it: then the handler's spins are cut, too.
 *
 * A `phase` passes over as much as a lap. It is refused while a timer is active, but an interrupt may start
 * one meanwhile, or ask for itself: such a program has it at its begin only.
 */
import {
  type BoardDescription,
  encodeProgram,
  type Op,
  type Operand,
  type Program,
} from "@escapement/scenario";
import { operandValue } from "../judge/operand.js";

/** Most records of one iteration, by the estimate. */
const recordsMax = 1_000;

/** Bytes of a record, by the estimate. */
const recordBytes = 8;

/** What a handler entry costs at least, as a part of the stated time of an operation. */
const servedShare = 4;

/** Hard handlers that come inside one soft callback where they can take the whole processor, at the most. */
const entriesInCallback = 16;

/** Requests of an interrupt for itself that come inside one spin of a handler, at the most. */
const requestsInSpin = 128;

/** Cuts waits, then leaves out operations, until the program fits the board. */
export function bounded(drawn: Program, description: BoardDescription): Program {
  const program = withShortSpins(withoutLatePhases(drawn));
  const { maxProgramBytes, maxTraceBytes } = description;
  const room =
    maxTraceBytes === undefined
      ? recordsMax
      : Math.min(recordsMax, Math.floor(maxTraceBytes / recordBytes));
  let fitting = program;
  while (fitting.main.length > 1) {
    const { records, perTick, perSpinTick } = estimate(fitting, description);
    const waited = perTick * ticksOf(fitting.main, "sleep") + perSpinTick * spinTicks(fitting);
    if (records < room) {
      const cut = scaled(fitting, Math.min(1, (room - records) / Math.max(1, waited)));
      if (maxProgramBytes === undefined || encodeProgram(cut).length <= maxProgramBytes) return cut;
    }
    fitting = { ...fitting, main: fitting.main.slice(0, -1) };
  }
  return scaled(fitting, 0);
}

/** Records of one iteration, and how many more come with each tick of waiting. */
interface Estimate {
  readonly records: number;
  readonly perTick: number;
  readonly perSpinTick: number;
}

function estimate(program: Program, description: BoardDescription): Estimate {
  const { opTicks } = description.latencies;
  const servedTicks = servedTicksOf(description);
  const nested = nestedLists(program);
  const { hard, soft, load, callbacks } = rates(program, description);
  let records = 1 + recordsOf(program.main);
  for (const [timer, { handler }] of program.timers.entries()) {
    records += entryRecords(handler) * startsIn(program.main, timer);
  }
  let perTick = hard + soft;
  for (const [interrupt, list] of program.interrupts.entries()) {
    const isAsked = (op: Op) => op.op === "interrupt" && op.interrupt === interrupt;
    records += (1 + recordsOf(list)) * program.main.filter(isAsked).length;
    if (nested.some((ops) => ops.some(isAsked))) perTick += (1 + list.length) / (10 * servedTicks);
  }
  const most = Math.max(...program.timers.map(({ handler }) => 2 + recordsOf(handler)));
  const inCallback =
    load >= 1 ? entriesInCallback * most : (callbacks.ticks * hard) / Math.max(0.1, 1 - load);
  perTick += callbacks.perTick * inCallback;
  return {
    records: records + (hard + soft) * opTicks * recordsOf(program.main),
    perTick,
    perSpinTick: load >= 1 ? Math.max(perTick, most) : perTick,
  };
}

/** What timers that run again and again come to: records a tick, the share of the processor, and soft callbacks. */
function rates(program: Program, description: BoardDescription) {
  const servedTicks = servedTicksOf(description);
  const nested = nestedLists(program);
  let hard = 0;
  let soft = 0;
  let load = 0;
  const callbacks = { perTick: 0, ticks: 0 };
  for (const [timer, { mode, handler, dispatch }] of program.timers.entries()) {
    const isRepeated = mode === "periodic" || nested.some((list) => startsIn(list, timer) > 0);
    if (!isRepeated) continue;
    const every = shortestTicks(program, timer);
    const each = entryRecords(handler);
    const ticks = (1 + handler.length) * servedTicks;
    if (dispatch === "soft") {
      const perTick = 1 / Math.max(servedTicks, every);
      soft += each * perTick;
      callbacks.perTick += perTick;
      callbacks.ticks = Math.max(callbacks.ticks, ticks);
    } else {
      hard += each / Math.max(servedTicks, every);
      load += ticks / every;
    }
  }
  return { hard, soft, load, callbacks };
}

function servedTicksOf({ latencies: { opTicks, lateTicks } }: BoardDescription): number {
  return Math.max(1, Math.max(opTicks, lateTicks) / servedShare);
}

function nestedLists({ timers, interrupts }: Program): readonly (readonly Op[])[] {
  return [...timers.map(({ handler }) => handler), ...interrupts];
}

/** Records of one entry of a handler. */
function entryRecords(handler: readonly Op[]): number {
  return 1 + (handler.length > 0 ? 1 + recordsOf(handler) : 0);
}

/** Leaves each `phase` out that may come while interrupts start timers, or ask for themselves. */
function withoutLatePhases(program: Program): Program {
  const setsOff = ({ op }: Op) => op === "start" || op === "startAt" || op === "interrupt";
  if (!nestedLists(program).flat().some(setsOff)) return program;
  const first = program.main.findIndex((op) => setsOff(op) || op.op === "repeat");
  if (first < 0) return program;
  const main = program.main.filter((op, place) => op.op !== "phase" || place < first);
  return { ...program, main };
}

/** Cuts the spins of hard handlers where an interrupt asks for itself, or for another, while they last. */
function withShortSpins(program: Program): Program {
  const asked = program.interrupts.flat().filter((op) => op.op === "interrupt");
  if (asked.length === 0) return program;
  const everyTicks = Math.max(1, Math.min(...asked.map(({ delay }) => least(delay))));
  const mostTicks = requestsInSpin * everyTicks;
  const shorter = (op: Op): Op =>
    op.op === "spin" && least(op.ticks) > mostTicks ? { ...op, ticks: mostTicks } : op;
  return {
    ...program,
    timers: program.timers.map((spec) =>
      spec.dispatch === "soft" ? spec : { ...spec, handler: spec.handler.map(shorter) },
    ),
  };
}

/** How often a list starts a timer. */
function startsIn(ops: readonly Op[], timer: number): number {
  return ops.reduce((sum, op) => {
    if (op.op === "repeat") return sum + least(op.count) * startsIn(op.body, timer);
    const isStart = op.op === "start" || op.op === "startAt" || op.op === "spawn";
    return sum + (isStart && op.timer === timer ? 1 : 0);
  }, 0);
}

/** The shortest time that a timer is ever started for, at least 1. */
function shortestTicks(program: Program, timer: number): number {
  const times = listsOf(program).flatMap((op) => {
    if (op.op === "setPeriod" && op.timer === timer && least(op.period) > 0) {
      return [least(op.period)];
    }
    return op.op === "startAt" && op.timer === timer ? [least(op.delta) - least(op.back)] : [];
  });
  return Math.max(1, Math.min(least(program.timers[timer]?.period ?? 1), ...times));
}

/** Every operation of every list. */
export function listsOf({ main, timers, interrupts }: Program): readonly Op[] {
  const repeated = main.flatMap((op) => (op.op === "repeat" ? op.body : []));
  return [...main, ...repeated, ...timers.flatMap(({ handler }) => handler), ...interrupts.flat()];
}

/** Spins in thread context: of the main list and of soft callbacks. */
function spinTicks({ main, timers }: Program): number {
  const soft = timers.filter(({ dispatch }) => dispatch === "soft");
  return soft.reduce((sum, { handler }) => sum + ticksOf(handler, "spin"), ticksOf(main, "spin"));
}

/** The ticks of all waits of a kind in a list, at the least value of a sweep's variable. */
export function ticksOf(ops: readonly Op[], kind: "sleep" | "spin"): number {
  return ops.reduce((sum, op) => {
    if (op.op === "repeat") return sum + least(op.count) * ticksOf(op.body, kind);
    return sum + (op.op === kind ? least(op.ticks) : 0);
  }, 0);
}

function recordsOf(ops: readonly Op[]): number {
  return ops.reduce((sum, op) => sum + (op.op === "repeat" ? 0 : 1), 0);
}

/** All waits in thread context, this much shorter. */
function scaled(program: Program, factor: number): Program {
  if (factor >= 1) return program;
  const shorter = (op: Op): Op => {
    if (op.op === "repeat") return { ...op, body: op.body.map(shorter) };
    if (op.op !== "sleep" && op.op !== "spin") return op;
    const { ticks } = op;
    return typeof ticks === "number"
      ? { ...op, ticks: Math.floor(ticks * factor) }
      : { ...op, ticks: { ...ticks, offset: Math.floor(ticks.offset * factor) } };
  };
  return {
    ...program,
    main: program.main.map(shorter),
    timers: program.timers.map((spec) =>
      spec.dispatch === "soft" ? { ...spec, handler: spec.handler.map(shorter) } : spec,
    ),
  };
}

function least(operand: Operand): number {
  return operandValue(operand, 0);
}
