import {
  type Capability,
  hasCapability,
  type Op,
  type Operand,
  type Program,
  type TimerSpec,
} from "@escapement/scenario";
import type { Law, LawEnv } from "./law.js";
import { longestHold } from "./longest-hold.js";
import { missingNeeds } from "./missing-needs.js";

/**
 * Why a law cannot be asked of a board, in the words of a skip's reason; nothing where it can.
 *
 * A capability that is missing, more timers than there are, a longer delay than the longest, or times of which so
 * many are whole ticks of the board's timers that interrupts would be kept out for a lap of its counter.
 */
export function unfitReason(law: Law, env: LawEnv, program: Program): string | undefined {
  const { board } = env;
  const missing: Capability[] = [...missingNeeds(law, board)];
  const repeats = program.timers.some(({ mode }) => mode === "periodic");
  if (repeats && !hasCapability(board, "periodic") && !missing.includes("periodic")) {
    missing.push("periodic");
  }
  if (missing.length > 0) return `needs ${missing.join(", ")}`;
  const { length: timers } = program.timers;
  if (timers > board.timers) return `needs timers (needs ${timers}, has ${board.timers})`;
  if (law.provokes?.includes("invalid-argument") === true) return undefined;
  const { maxReferenceAgeTicks } = env.semantics;
  const oldest = oldestReference(program, env);
  if (oldest > maxReferenceAgeTicks) {
    return `differs: maxReferenceAgeTicks is ${maxReferenceAgeTicks} (a reference may get ${oldest} ticks old)`;
  }
  const longest = longestDelay(program);
  if (longest > board.maxDelayTicks) {
    return `needs delays of ${longest} ticks (the longest here is ${board.maxDelayTicks})`;
  }
  const held = longestHold(program, env, mostOf(program));
  if (held < env.lap) return undefined;
  const { granularityTicks } = env.semantics;
  const most = `interrupts would be kept out for a lap, ${env.lap} ticks`;
  if (granularityTicks === 1) return `needs a longer lap (${most})`;
  return `differs: granularityTicks is ${granularityTicks} (${most})`;
}

/** An operand at its largest in the whole of the sweep. */
function mostOf(program: Program): (operand: Operand) => number {
  const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
  return (operand) =>
    typeof operand === "number" ? operand : from + (count - 1) * step + operand.offset;
}

/**
 * How old the reference of a `startAt` may get, in ticks: as far back as one is taken, and all the
 * time that an iteration takes at most. 0 where there is none.
 */
function oldestReference(program: Program, env: LawEnv): number {
  const most = mostOf(program);
  let back = -1;
  const time = (ops: readonly Op[]): number =>
    ops.reduce((sum, op) => {
      if (op.op === "startAt") back = Math.max(back, most(op.back));
      if (op.op === "repeat") return sum + most(op.count) * time(op.body);
      if (op.op === "sleep" || op.op === "spin") return sum + most(op.ticks) + env.op;
      return sum + (op.op === "phase" ? env.lap : env.op);
    }, 0);
  const lists = [...program.interrupts, ...program.timers.map(({ handler }) => handler)];
  const total = lists.reduce((sum, list) => sum + time(list), time(program.main));
  return back < 0 ? 0 : back + total;
}

/** The longest delay that a program asks for, in ticks, over the whole of its sweep. */
function longestDelay(program: Program): number {
  const most = mostOf(program);
  const lists = [
    program.main,
    ...program.main.flatMap((op) => (op.op === "repeat" ? [op.body] : [])),
    ...program.interrupts,
    ...program.timers.map(({ handler }: TimerSpec) => handler),
  ];
  const asked = lists.flat().map((op) => {
    if (op.op === "startAt") return most(op.delta);
    return op.op === "setPeriod" ? most(op.period) : 0;
  });
  return Math.max(0, ...asked, ...program.timers.map(({ period }) => most(period)));
}
