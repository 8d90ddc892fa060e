import type { Op, Program } from "@escapement/scenario";
import type { Course } from "./course.js";
import { count, operandValue } from "./operand.js";
import type { Step } from "./trace-tree.js";

/*
 * Inside a `repeat` only expiries, refusals and errors are recorded. Its own operations are followed as
 * far as that goes (`repeated`). What handlers and interrupts did in it is not known: the timers that
 * they name, the registers that they write and the counts of the registry are left open.
 */

/** Leaves open whatever a `repeat` may have changed that cannot be followed. */
export function leaveOpen(step: Step, { model, registry, second }: Course): void {
  const { op } = step;
  if (op.op !== "repeat") return;
  const ran = listsThatRan(step, model.program, second.mayCome || has(op.body, "interrupt"));
  const all = [...op.body, ...ran];
  // What was refused is recorded; in which round it was, is not.
  for (const each of step.hasRefusals ? all : ran) model.forgetTimersOf(each);
  for (const each of all) {
    if (each.op === "spawn") model.forgetTimersOf(each);
    if (each.op === "capture") model.registers.forget(each.register);
  }
  const rounds = operandValue(op.count, model.value);
  const made = has(ran, "spawn") ? Number.POSITIVE_INFINITY : count(op.body, "spawn") * rounds;
  registry.unseen(made, all.some(isRelease) ? Number.POSITIVE_INFINITY : 0);
  if (second.mayCome || has(all, "interrupt")) second.unseen();
}

/** Who had masked at each `mask` of a `repeat` that no `restore` in it undid. */
export function masksLeft({ op }: Step, variable: number, most: number): number {
  if (op.op !== "repeat") return 0;
  const each = count(op.body, "mask") - count(op.body, "restore");
  return Math.max(0, Math.min(most, each * operandValue(op.count, variable)));
}

/** The operations of the handlers that ran in a `repeat`, and of those that may have. */
function listsThatRan(
  { nested }: Step,
  { timers, interrupts }: Program,
  mayInterrupt: boolean,
): readonly Op[] {
  const entered = new Set(nested.map(({ subject }) => subject));
  const handlers = timers.filter(({ quiet }, number) => quiet || entered.has(number));
  return [...handlers.map(({ handler }) => handler), ...(mayInterrupt ? interrupts : [])].flat();
}

function has(ops: readonly Op[], name: Op["op"]): boolean {
  return ops.some(({ op }) => op === name);
}

function isRelease({ op }: Op): boolean {
  return op === "deinit" || op === "deinitAll" || op === "init";
}
