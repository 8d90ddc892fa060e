import type { Op, Program } from "@escapement/scenario";
import type { Course } from "./course.js";
import { count, operandValue } from "./operand.js";
import type { Step } from "./trace-tree.js";

/*
 * Inside a `repeat` only expiries, refusals and errors are recorded. What its operations, and those of
 * the handlers that ran in it, did to timers, registry and second interrupt cannot be followed: they
 * are left open from then on, until the program sets them up again.
 */

/** Leaves open whatever a `repeat` may have changed. */
export function leaveOpen({ op }: Step, { model, registry, second }: Course): void {
  if (op.op !== "repeat") return;
  const lists = [op.body, ...listsOfHandlers(model.program)];
  const rounds = operandValue(op.count, model.value);
  for (const timer of timersOf(lists, model.timers.length)) model.timers[timer]?.forget();
  const inRounds = count(op.body, "spawn") * rounds;
  const inHandlers = count(lists.slice(1).flat(), "spawn") > 0 ? Number.POSITIVE_INFINITY : 0;
  const releases = [op.body, ...lists].flat().some(isRelease) ? Number.POSITIVE_INFINITY : 0;
  registry.unseen(inRounds + inHandlers, releases);
  second.unseen();
}

/** Who had masked at each `mask` of a `repeat` that no `restore` in it undid. */
export function masksLeft({ op }: Step, variable: number, most: number): number {
  if (op.op !== "repeat") return 0;
  const each = count(op.body, "mask") - count(op.body, "restore");
  return Math.max(0, Math.min(most, each * operandValue(op.count, variable)));
}

function listsOfHandlers({ timers, interrupts }: Program): (readonly Op[])[] {
  return [...timers.map((each) => each.handler), ...interrupts];
}

function isRelease({ op }: Op): boolean {
  return op === "deinit" || op === "deinitAll" || op === "init";
}

function timersOf(lists: readonly (readonly Op[])[], timers: number): ReadonlySet<number> {
  const named = new Set<number>();
  for (const op of lists.flat()) {
    if ("timer" in op) named.add(op.timer);
    if (op.op === "deinitAll") for (let timer = 0; timer < timers; timer++) named.add(timer);
  }
  return named;
}
