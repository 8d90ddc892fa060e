import type { Op, Operand, Program } from "@escapement/scenario";
import { hashOf } from "./random.js";

/**
 * How a plan becomes a program. A plan is a program whose times are quarters of a unit; the unit is
 * chosen for each board so that an operation takes a small part of it.
 */
export interface Scale {
  /** Ticks of a quarter. */
  readonly quarterTicks: number;
  /** Each time grows by up to this much; equal ones of timers by the same, so that ties stay. */
  readonly jitterTicks: number;
  /** Which jitter. */
  readonly seed: number;
  /**
   * What an operation takes at the least: a sleep is shorter by that for each one since the sleep
   * before it, so that the thread keeps its distance from the timers.
   */
  readonly opTicks: number;
  /** What a long spin takes on the board for each tick asked for, 1 or a little more. */
  readonly spinFactor: number;
  /** A pause after each operation, where the interpreter takes no time of its own; 0 for none. */
  readonly pauseTicks: number;
}

/** The program that a plan is on a board. Zero stays zero. */
export function scaled(plan: Program, scale: Scale): Program {
  const grown = (value: Operand, seed: number): number => {
    if (typeof value !== "number") throw new TypeError("a plan has no sweep variable");
    if (value === 0) return 0;
    return value * scale.quarterTicks + (hashOf(seed, value) % (scale.jitterTicks + 1));
  };
  const ticks: Ticks = {
    ofTimer: (value) => grown(value, scale.seed),
    ofWait: (value) => grown(value, ~scale.seed),
    ofSpin: (value) => Math.round(grown(value, ~scale.seed) / scale.spinFactor),
  };
  const pause: Op[] = scale.pauseTicks === 0 ? [] : [{ op: "spin", ticks: scale.pauseTicks }];
  const list = (ops: readonly Op[]): Op[] =>
    ops.flatMap((op) => [scaledOp(op, ticks, list), ...(op.op === "when" ? [] : pause)]);
  const main = plan.main.map((op, at): Op => {
    if (op.op !== "sleep") return op;
    const last = plan.main.slice(0, at).findLastIndex((before) => before.op === "sleep");
    const shorter = last < 0 ? 0 : (at - last) * scale.opTicks;
    return { op: "sleep", ticks: Math.max(0, ticks.ofWait(op.ticks) - shorter) };
  });
  return {
    ...plan,
    timers: plan.timers.map((spec) => ({
      ...spec,
      period: ticks.ofTimer(spec.period),
      handler: list(spec.handler),
    })),
    interrupts: plan.interrupts.map(list),
    main: main.flatMap((op) => [op.op === "sleep" ? op : scaledOp(op, ticks, list), ...pause]),
  };
}

/** Ticks of a plan's times, by what they are for. */
interface Ticks {
  ofTimer(value: Operand): number;
  ofWait(value: Operand): number;
  ofSpin(value: Operand): number;
}

function scaledOp(op: Op, ticks: Ticks, list: (ops: readonly Op[]) => Op[]): Op {
  switch (op.op) {
    case "startAt":
      return { ...op, back: ticks.ofTimer(op.back), delta: ticks.ofTimer(op.delta) };
    case "stopSync":
      return { ...op, timeout: ticks.ofTimer(op.timeout) };
    case "setPeriod":
      return { ...op, period: ticks.ofTimer(op.period) };
    case "spin":
      return { ...op, ticks: ticks.ofSpin(op.ticks) };
    case "sleep":
      return { ...op, ticks: ticks.ofWait(op.ticks) };
    case "interrupt":
      return { ...op, delay: ticks.ofTimer(op.delay) };
    case "repeat":
      return { ...op, body: list(op.body) };
    default:
      return op;
  }
}
