import type { Op, Program, TimerSpec } from "@escapement/scenario";
import { isSound } from "./make-plan.js";

/** Names a list of a plan: its main list, or a timer's or an interrupt's by number. */
type ListName = "main" | { readonly timer: number } | { readonly interrupt: number };

/**
 * The smallest plan that is found by leaving things out and making numbers smaller, while `differs`
 * stays true. At most `runs` questions.
 */
export async function shrinkPlan(
  plan: Program,
  differs: (plan: Program) => Promise<boolean>,
  runs = 800,
): Promise<Program> {
  let best = plan;
  let left = runs;
  for (let smaller = true; smaller && left > 0; ) {
    smaller = false;
    for (const candidate of candidates(() => best)) {
      if (left <= 0) break;
      if (!isSound(candidate)) continue;
      left -= 1;
      if (!(await differs(candidate))) continue;
      best = candidate;
      smaller = true;
    }
  }
  return best;
}

/** Smaller plans, made from the best one as it is when each is asked for. */
function* candidates(best: () => Program): Generator<Program> {
  for (const name of listNames(best())) {
    for (let size = Math.max(1, listOf(best(), name).length >> 1); size >= 1; size >>= 1) {
      for (let at = 0; at + size <= listOf(best(), name).length; ) {
        const before = best();
        const ops = listOf(before, name);
        const left = ops.filter(
          (op, index) => index < at || index >= at + size || op.op === "phase",
        );
        if (left.length < ops.length) yield withList(before, name, left);
        if (best() === before) at += size;
      }
    }
  }
  for (let timer = best().timers.length - 1; timer >= 0; timer--) {
    const without = withoutTimer(best(), timer);
    if (without !== undefined) yield without;
  }
  yield* plainerTimers(best);
  yield* smallerNumbers(best);
}

function* plainerTimers(best: () => Program): Generator<Program> {
  const plain = { mode: "one-shot", dispatch: "hard", overrun: "coalesce", late: "fire" } as const;
  for (let timer = 0; timer < best().timers.length; timer++) {
    for (const [member, value] of Object.entries(plain)) {
      const spec = best().timers[timer];
      if (spec === undefined || spec[member as keyof typeof plain] === value) continue;
      yield withTimer(best(), timer, { ...spec, [member]: value });
    }
    const period = best().timers[timer]?.period;
    for (const less of [4, 6, 8]) {
      const spec = best().timers[timer];
      if (spec === undefined || typeof period !== "number" || period <= less) continue;
      yield withTimer(best(), timer, { ...spec, period: less });
    }
  }
}

/** Where a smaller number would make another kind of program, the smallest that does not. */
const least: Readonly<Record<string, number>> = { count: 1, ticks: 2, delay: 1 };

function* smallerNumbers(best: () => Program): Generator<Program> {
  const members = ["ticks", "delta", "back", "period", "delay", "count", "timeout"];
  for (const name of listNames(best())) {
    for (let at = 0; at < listOf(best(), name).length; at++) {
      for (const member of members) {
        const value: unknown = Object.entries(listOf(best(), name)[at] ?? {}).find(
          ([key]) => key === member,
        )?.[1];
        if (typeof value !== "number") continue;
        for (const less of [least[member] ?? 0, 2, 4, value - 4, value - 2]) {
          if (less < (least[member] ?? 0) || less >= value) continue;
          const ops = listOf(best(), name);
          const smaller = ops.map((op, index) => (index === at ? { ...op, [member]: less } : op));
          yield withList(best(), name, smaller);
        }
      }
    }
  }
}

function listNames(plan: Program): ListName[] {
  return [
    "main",
    ...plan.timers.map((_, timer) => ({ timer })),
    ...plan.interrupts.map((_, interrupt) => ({ interrupt })),
  ];
}

function listOf(plan: Program, name: ListName): readonly Op[] {
  if (name === "main") return plan.main;
  if ("timer" in name) return plan.timers[name.timer]?.handler ?? [];
  return plan.interrupts[name.interrupt] ?? [];
}

function withList(plan: Program, name: ListName, ops: readonly Op[]): Program {
  if (name === "main") return { ...plan, main: ops };
  if ("timer" in name) {
    const spec = plan.timers[name.timer];
    return spec === undefined ? plan : withTimer(plan, name.timer, { ...spec, handler: ops });
  }
  const interrupts = plan.interrupts.map((list, index) => (index === name.interrupt ? ops : list));
  return { ...plan, interrupts };
}

function withTimer(plan: Program, timer: number, spec: TimerSpec): Program {
  return { ...plan, timers: plan.timers.map((each, index) => (index === timer ? spec : each)) };
}

/** The plan without a timer that no operation names; nothing where one does. */
function withoutTimer(plan: Program, timer: number): Program | undefined {
  const names = (ops: readonly Op[]): boolean =>
    ops.some((op) => ("timer" in op && op.timer === timer) || ("body" in op && names(op.body)));
  const others = plan.timers.filter((_, index) => index !== timer);
  const lists = [plan.main, ...others.map((spec) => spec.handler), ...plan.interrupts];
  if (lists.some(names)) return undefined;
  const renumbered = (ops: readonly Op[]): Op[] =>
    ops.map((op) => {
      if ("body" in op) return { ...op, body: renumbered(op.body) };
      return "timer" in op && op.timer > timer ? { ...op, timer: op.timer - 1 } : op;
    });
  return {
    timers: others.map((spec) => ({ ...spec, handler: renumbered(spec.handler) })),
    interrupts: plan.interrupts.map(renumbered),
    main: renumbered(plan.main),
  };
}
