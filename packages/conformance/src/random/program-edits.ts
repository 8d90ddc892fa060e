import type { Op, Operand, Program, TimerSpec } from "@escapement/scenario";

/** One list of a program: what the thread runs, a handler, a list of the second interrupt, a repeat's body. */
export type ListName =
  | { readonly kind: "main" }
  | { readonly kind: "handler"; readonly timer: number }
  | { readonly kind: "interrupt"; readonly interrupt: number }
  | { readonly kind: "body"; readonly place: number };

/** Every list of a program, the thread's first. */
export function listNames(program: Program): readonly ListName[] {
  return [
    { kind: "main" },
    ...program.timers.map((_, timer): ListName => ({ kind: "handler", timer })),
    ...program.interrupts.map((_, interrupt): ListName => ({ kind: "interrupt", interrupt })),
    ...program.main.flatMap((op, place): readonly ListName[] =>
      op.op === "repeat" ? [{ kind: "body", place }] : [],
    ),
  ];
}

/** The operations of a list; none where the program has no such list any more. */
export function listOf(program: Program, name: ListName): readonly Op[] {
  if (name.kind === "main") return program.main;
  if (name.kind === "handler") return program.timers[name.timer]?.handler ?? [];
  if (name.kind === "interrupt") return program.interrupts[name.interrupt] ?? [];
  const op = program.main[name.place];
  return op?.op === "repeat" ? op.body : [];
}

/** The program with other operations in one list. */
export function withList(program: Program, name: ListName, ops: readonly Op[]): Program {
  switch (name.kind) {
    case "main":
      return { ...program, main: ops };
    case "handler":
      return withTimer(program, name.timer, { handler: ops });
    case "interrupt":
      return { ...program, interrupts: replaced(program.interrupts, name.interrupt, ops) };
    case "body": {
      const op = program.main[name.place];
      if (op?.op !== "repeat") return program;
      return { ...program, main: replaced(program.main, name.place, { ...op, body: ops }) };
    }
  }
}

/** The program with some members of a timer changed. */
export function withTimer(program: Program, timer: number, part: Partial<TimerSpec>): Program {
  const timers = program.timers.map((spec, index) =>
    index === timer ? { ...spec, ...part } : spec,
  );
  return { ...program, timers };
}

/** The program with every list changed. */
function withLists(program: Program, change: (ops: readonly Op[]) => readonly Op[]): Program {
  const inner = (ops: readonly Op[]): readonly Op[] =>
    change(ops.map((op) => (op.op === "repeat" ? { ...op, body: inner(op.body) } : op)));
  return {
    ...program,
    main: inner(program.main),
    timers: program.timers.map((spec) => ({ ...spec, handler: inner(spec.handler) })),
    interrupts: program.interrupts.map(inner),
  };
}

/** The program without a timer and all that is done with it; those behind it move up. */
export function withoutTimer(program: Program, timer: number): Program {
  const kept = { ...program, timers: program.timers.filter((_, index) => index !== timer) };
  return withLists(kept, (ops) =>
    ops.flatMap((op): readonly Op[] => {
      if (!("timer" in op)) return [op];
      if (op.timer === timer) return [];
      return [op.timer > timer ? { ...op, timer: op.timer - 1 } : op];
    }),
  );
}

/** The program without a list of the second interrupt and the requests of it. */
export function withoutInterrupt(program: Program, interrupt: number): Program {
  const interrupts = program.interrupts.filter((_, index) => index !== interrupt);
  return withLists({ ...program, interrupts }, (ops) =>
    ops.flatMap((op): readonly Op[] => {
      if (op.op !== "interrupt") return [op];
      if (op.interrupt === interrupt) return [];
      return [op.interrupt > interrupt ? { ...op, interrupt: op.interrupt - 1 } : op];
    }),
  );
}

/** The program of one iteration: the variable has this value, and there is no sweep. */
export function atValue(program: Program, value: number): Program {
  const fixed = (operand: Operand): number =>
    typeof operand === "number" ? operand : value + operand.offset;
  const { sweep: _, ...rest } = program;
  const timers = rest.timers.map((spec) => ({ ...spec, period: fixed(spec.period) }));
  return withLists({ ...rest, timers }, (ops) => ops.map((op) => withOperands(op, fixed)));
}

/** Members of operations that are numbers of the program, not places in its lists. */
export const operandNames = [
  "ticks",
  "delta",
  "back",
  "period",
  "delay",
  "timeout",
  "counter",
  "count",
] as const;

/** The operation with each of its operands changed. */
function withOperands(op: Op, change: (operand: Operand) => Operand): Op {
  const changed: Record<string, unknown> = { ...op };
  for (const name of operandNames) {
    if (op.op === "when" || !(name in op)) continue;
    changed[name] = change(changed[name] as Operand);
  }
  return changed as unknown as Op;
}

/** How many operations a program has, in all lists. */
export function operationCount(program: Program): number {
  return listNames(program).reduce((sum, name) => sum + listOf(program, name).length, 0);
}

function replaced<T>(list: readonly T[], place: number, value: T): readonly T[] {
  return list.map((each, index) => (index === place ? value : each));
}
