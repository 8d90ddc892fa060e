import type { Op, Program } from "@escapement/scenario";
import type { Course } from "./course.js";
import { count, operandValue } from "./operand.js";
import type { Step } from "./trace-tree.js";
import { transitions } from "./transitions/index.js";

/*
 * Inside a `repeat` only expiries, refusals and errors are recorded, and where one `repeat` follows another
 * nothing shows where the first ended. So what its operations did, and the handlers and interrupts that
 * ran meanwhile, is not known: the timers that they change, the registers that they write and the
 * counts of the registry are left open. Random programs have what they repeat written out instead.
 */

/** Leaves open whatever `repeat`s may have changed. */
export function leaveOpen(step: Step, { model, registry, second }: Course): void {
  const bodies = step.repeats.flatMap(({ body }) => body);
  const ran = listsThatRan(step, model.program, second.mayCome || has(bodies, "interrupt"));
  const all = [...bodies, ...ran];
  for (const each of all) {
    if (changesTimers(each)) model.forgetTimersOf(each);
    if (each.op === "capture") model.registers.forget(each.register);
  }
  const made = has(ran, "spawn") ? Number.POSITIVE_INFINITY : spawnedIn(step, model.value);
  registry.unseen(made, all.some(isRelease) ? Number.POSITIVE_INFINITY : 0);
  if (second.mayCome || has(all, "interrupt")) second.unseen();
}

function spawnedIn({ repeats }: Step, variable: number): number {
  return repeats.reduce((sum, { body, count: rounds }) => {
    return sum + count(body, "spawn") * operandValue(rounds, variable);
  }, 0);
}

/** The operations of the handlers that ran in a `repeat`, and of those that may have. */
function listsThatRan(
  { nested }: Step,
  { timers, interrupts }: Program,
  mayInterrupt: boolean,
): readonly Op[] {
  const entered = new Set(nested.map(({ subject }) => subject));
  const handlers = timers.filter(({ quiet }, number) => quiet || entered.has(number));
  const ops = handlers.flatMap(({ handler }) => handler);
  // What a handler asks for may have come before the end, too.
  return mayInterrupt || has(ops, "interrupt") ? [...ops, ...interrupts.flat()] : ops;
}

/** Whether an operation changes a timer: those that only look do not, whatever they saw. */
function changesTimers({ op }: Op): boolean {
  if (op === "spawn") return true;
  return transitions[op] !== undefined && op !== "pending" && op !== "remaining";
}

function has(ops: readonly Op[], name: Op["op"]): boolean {
  return ops.some(({ op }) => op === name);
}

function isRelease({ op }: Op): boolean {
  return op === "deinit" || op === "deinitAll" || op === "init";
}
