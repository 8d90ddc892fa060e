import type { Op, Program, TimerSpec } from "@escapement/scenario";
import { OpChooser, type Place, type PlanKind } from "./choose-ops.js";
import { Random } from "./random.js";

/** What the boards under comparison have in common, and how much they hold. */
export interface PlanLimits {
  /** The second interrupt can interrupt a timer's handler. */
  readonly nesting: boolean;
  /** Most timers of a program. */
  readonly timers: number;
  /** Lengths of long handlers, in quarters; below a lap on every board. */
  readonly longSpins: readonly number[];
  /** Most timers with a long handler in the interrupt; back to back they may pass a lap. */
  readonly longHandlers: number;
  /** Most blocks of operations in the main list. */
  readonly blocks: number;
}

const kinds: Readonly<Record<PlanKind, number>> = {
  plain: 6,
  overload: 4,
  crowd: 2,
  soft: 4,
  registry: 2,
};

/**
 * The random plan of a seed: a valid program whose times are quarters of a unit.
 *
 * Handlers come at whole units and the thread goes on half a unit between them, mostly, so that the
 * results of a program seldom depend on a board's speed; where they do, comparing it at several speeds
 * shows that. What could go on forever (a handler that starts itself for a deadline that has passed, a
 * long handler) stands behind a `when`.
 */
export function makePlan(seed: number, limits: PlanLimits): Program {
  const random = new Random(seed);
  const kind = random.weighted(kinds);
  const crowd = kind === "crowd" ? limits.timers : Math.min(4, limits.timers);
  const timerCount = random.between(kind === "crowd" ? Math.min(4, crowd) : 1, crowd);
  // Without nesting, which of two pending interrupts comes first is the chip's business: such a
  // program has a second interrupt or long masked windows, not both.
  const interruptCount = random.percent(35) ? random.between(1, 2) : 0;
  const chooser = new OpChooser(random, {
    kind,
    timers: timerCount,
    interrupts: interruptCount,
    windows: limits.nesting || interruptCount === 0,
    longSpins: limits.longSpins,
  });
  let longHandlers = limits.longHandlers;
  const timers = Array.from({ length: timerCount }, (_, index) => {
    const spec = timerOf(chooser, index, longHandlers > 0);
    if (spec.dispatch === "hard" && spec.handler.some((op) => op.op === "spin")) longHandlers -= 1;
    return spec;
  });
  const interrupts = Array.from({ length: interruptCount }, () =>
    listOf(chooser, "interrupt", -1, random.between(1, 3)),
  );
  return { timers, interrupts, main: mainOf(chooser, limits.blocks) };
}

function timerOf(chooser: OpChooser, index: number, mayBeLong: boolean): TimerSpec {
  const { random, setting } = chooser;
  const soft = random.percent(setting.kind === "soft" ? 70 : 25);
  const periodic = random.percent(setting.kind === "registry" ? 25 : 50);
  const handler = random.percent(65) ? handlerOf(chooser, index, soft, soft || mayBeLong) : [];
  return {
    mode: periodic ? "periodic" : "one-shot",
    period: random.percent(2) ? 0 : periodic ? chooser.wholePeriod() : chooser.delay(),
    dispatch: soft ? "soft" : "hard",
    overrun: random.pick(["coalesce", "burst", "skip"]),
    late: random.percent(25) ? "refuse" : "fire",
    // Nothing shows where the handler of a quiet timer begins and ends, which a stats record needs.
    quiet: random.percent(4) && !handler.some((op) => op.op === "stats"),
    handler,
  };
}

function handlerOf(chooser: OpChooser, index: number, soft: boolean, mayBeLong: boolean): Op[] {
  const { random, setting } = chooser;
  const place: Place = soft ? "soft" : "hard";
  const ops = listOf(chooser, place, index, random.between(0, 2));
  const guarded = random.percent(setting.kind === "overload" ? 75 : 40);
  if (!guarded) return ops;
  ops.push({ op: "when", count: random.between(1, 3) });
  if (mayBeLong && random.percent(setting.kind === "overload" ? 80 : 35)) {
    ops.push({ op: "spin", ticks: chooser.longSpin() });
  }
  ops.push(...listOf(chooser, place, index, random.between(0, 2), true));
  return ops;
}

function listOf(
  chooser: OpChooser,
  place: Place,
  own: number,
  count: number,
  guarded = false,
): Op[] {
  return Array.from({ length: count }, () => chooser.block(place, own, guarded)).flat();
}

function mainOf(chooser: OpChooser, blocks: number): Op[] {
  const { random, setting } = chooser;
  const counter = random.percent(40) ? 0xffff - random.below(600) : random.below(0x10000);
  const main: Op[] = [{ op: "phase", counter }];
  const masked = random.percent(20);
  if (masked) main.push({ op: "mask" });
  for (let timer = 0; timer < setting.timers; timer++) {
    if (random.percent(75)) main.push(...chooser.firstStart(timer));
  }
  if (masked) main.push({ op: "restore" });
  main.push({ op: "sleep", ticks: 2 });
  main.push(...listOf(chooser, "main", -1, random.between(2, blocks)));
  main.push({ op: "sleep", ticks: 4 * random.between(2, 4) }, { op: "service" }, { op: "read" });
  // Masked, so that nothing comes due among the questions, however long they take.
  main.push({ op: "mask" }, { op: "stats" });
  for (let timer = 0; timer < setting.timers; timer++) {
    main.push({ op: "count", timer }, { op: "overruns", timer }, { op: "pending", timer });
  }
  return main;
}

/**
 * Whether a plan keeps what all plans of `makePlan` keep, beside the format's rules: it begins with a
 * `phase`, so that all boards begin at the same place of their lap; each `startAt` has a `capture` in
 * its own list before it; and a long handler stands behind a `when`.
 */
export function isSound(plan: Program): boolean {
  const handlers = plan.timers.map((spec) => spec.handler);
  const hasReferences = [plan.main, ...handlers, ...plan.interrupts].every((ops) =>
    ops.every((op, at) => {
      if (op.op !== "startAt") return true;
      const before = ops.slice(0, at);
      return before.some((each) => each.op === "capture" && each.register === op.register);
    }),
  );
  const isGuarded = handlers.every((ops) =>
    ops.every((op, at) => op.op !== "spin" || ops.slice(0, at).some((each) => each.op === "when")),
  );
  return plan.main[0]?.op === "phase" && hasReferences && isGuarded;
}
