import type { Op } from "@escapement/scenario";
import type { Draws } from "./draws.js";
import type { Times } from "./scale.js";
import type { ListPlace, Stock } from "./stock.js";

/*
 * Operations that say something only together. Drawn one by one they hardly ever meet: periods are missed,
 * and the count is asked for after an `init`; a handler stops its own timer, and asks whether it is active;
 * many timers have one deadline, and one of them is stopped.
 */

/** The draws of a program, and what it has. */
export interface IdiomSource {
  readonly draws: Draws;
  readonly times: Times;
  readonly stock: Stock;
  /** How many timers the board has. */
  readonly capacity: number;
  /** Whether the board can do all of these, and the program is about them. */
  readonly can: (...ops: readonly Op["op"][]) => boolean;
}

/** Most timers that are spawned one after the other. */
const mostSpawned = 33;

/** A few operations for the main list that belong together; none where the board lacks one. */
export function mainIdiom(from: IdiomSource): readonly Op[] {
  return from.draws.weighted([
    [() => blocked(from), 3],
    [() => shortened(from), 2],
    [() => tied(from), 3],
    [() => spawned(from), 2],
    [() => exhausted(from), 2],
    [() => startedTwice(from), 1],
  ])();
}

/** A handler, or an interrupt, ends its own timer and looks at it, or takes its overruns twice. */
export function nestedIdiom({ draws, can }: IdiomSource, { own }: ListPlace): readonly Op[] {
  if (own === undefined) return [];
  const on = (op: "stop" | "init" | "overruns" | "pending" | "remaining" | "start"): Op => ({
    op,
    timer: own,
  });
  const end = draws.pick(["stop", "stop", "init", "overruns"] as const);
  const look = draws.pick(["pending", "pending", "stop", "overruns", "remaining"] as const);
  return can(end, look) ? [on(end), on(look)] : [];
}

/** A timer that waits behind a masked section, for some periods of a periodic one; then its overruns. */
function blocked({ draws, times, stock, can }: IdiomSource): readonly Op[] {
  const timer = periodicOf(draws, stock);
  if (timer === undefined || !can("mask", "restore", "overruns")) return [];
  const period = stock.periods[timer] ?? 1;
  const most = Math.floor(times.lapTicks * 0.4);
  const ticks = Math.min(period * draws.between(2, 60) + draws.below(times.unitTicks), most);
  const looks = looksAtOverruns(draws, timer).filter(({ op }) => can(op));
  const start: readonly Op[] = draws.chance(0.7) ? [{ op: "start", timer }] : [];
  return [...start, { op: "mask" }, { op: "spin", ticks }, { op: "restore" }, ...looks];
}

/** A new period, a part of the one before: many have passed at once. */
function shortened({ draws, times, stock, can }: IdiomSource): readonly Op[] {
  const timer = periodicOf(draws, stock);
  if (timer === undefined || !can("setPeriod", "overruns")) return [];
  const period = Math.max(stock.periods[timer] ?? 1, times.unitTicks);
  const longer = Math.min(period * draws.between(2, 60), times.longestTicks);
  return [
    { op: "setPeriod", timer, period: longer },
    { op: "start", timer },
    { op: "setPeriod", timer, period: Math.min(period, longer) },
    { op: "sleep", ticks: times.sleep() },
    ...looksAtOverruns(draws, timer).filter(({ op }) => can(op)),
  ];
}

function looksAtOverruns(draws: Draws, timer: number): readonly Op[] {
  const take: Op = { op: "overruns", timer };
  return draws.pick<readonly Op[]>([
    [take],
    [take, take],
    [{ op: "init", timer }, take],
    [{ op: "stop", timer }, { op: "start", timer }, take],
  ]);
}

/** Several timers for one time, some of them stopped again. */
function tied({ draws, times, stock, can }: IdiomSource): readonly Op[] {
  if (!can("capture", "startAt")) return [];
  const count = stock.periods.length;
  const [delta, later] = [times.tieTicks, times.tieTicks + times.unitTicks];
  const starts = Array.from(
    { length: Math.min(draws.between(2, 12), 2 * count) },
    (): Op => ({
      op: "startAt",
      timer: draws.below(count),
      register: 0,
      back: 0,
      delta: draws.chance(0.75) ? delta : later,
    }),
  );
  const stops = Array.from(
    { length: draws.below(3) },
    (): Op => ({ op: "stop", timer: draws.below(count) }),
  );
  return [
    { op: "capture", register: 0 },
    ...starts,
    ...stops.filter(({ op }) => can(op)),
    { op: "sleep", ticks: delta + 2 * times.unitTicks },
  ];
}

/** Timers that nobody holds, and what is left of them. */
function spawned({ draws, times, stock, can }: IdiomSource): readonly Op[] {
  const { spawned: timer } = stock;
  if (timer === undefined || !can("spawn", "stats", "collect")) return [];
  const made = Array.from({ length: draws.between(1, 3) }, (): Op => ({ op: "spawn", timer }));
  const period = Math.min(stock.spawnedTicks ?? 0, 40 * times.unitTicks);
  const collect: readonly Op[] = draws.chance(0.5) ? [{ op: "collect" }, { op: "stats" }] : [];
  return [
    ...made,
    { op: "sleep", ticks: period + 2 * times.unitTicks },
    { op: "stats" },
    ...collect,
  ];
}

/** One timer more than there is room for, the others waiting or due meanwhile; then what is left of them. */
function exhausted({ draws, times, stock, capacity, can }: IdiomSource): readonly Op[] {
  const { spawned: timer, spawnedTicks = 0 } = stock;
  const count = capacity + 1 - stock.periods.length;
  if (timer === undefined || count > mostSpawned || !can("spawn", "stats")) return [];
  const made = Array.from({ length: count }, (): Op => ({ op: "spawn", timer }));
  const isLong = spawnedTicks > count * times.unitTicks;
  const isMasked = !isLong && can("mask") && count * times.unitTicks < 0.4 * times.lapTicks;
  const all: readonly Op[] = isMasked ? [{ op: "mask" }, ...made, { op: "restore" }] : made;
  const period = Math.min(spawnedTicks, 40 * times.unitTicks);
  const wait: readonly Op[] = [{ op: "sleep", ticks: period }, { op: "stats" }];
  return [...all, { op: "stats" }, ...(draws.chance(0.5) ? wait : [])];
}

/** A timer that ran, is started again, and is stopped twice. */
function startedTwice({ draws, times, stock, can }: IdiomSource): readonly Op[] {
  if (!can("stop")) return [];
  const timer = draws.below(stock.periods.length);
  const period = Math.min(stock.periods[timer] ?? 0, 40 * times.unitTicks);
  const start: Op = { op: "start", timer };
  const stop: Op = { op: "stop", timer };
  return [start, { op: "sleep", ticks: period + times.unitTicks }, start, stop, stop];
}

function periodicOf(draws: Draws, { isPeriodic }: Stock): number | undefined {
  const all = isPeriodic.flatMap((is, timer) => (is ? [timer] : []));
  return all[draws.below(all.length)];
}
