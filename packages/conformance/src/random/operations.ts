import {
  type BoardDescription,
  hasCapability,
  type Op,
  type OpName,
  schemaOf,
  semanticsOf,
} from "@escapement/scenario";
import { count } from "../judge/operand.js";
import type { LawGroup } from "../law.js";
import type { Draws, Weighted } from "./draws.js";
import { mainIdiom, nestedIdiom } from "./idioms.js";
import type { Times } from "./scale.js";
import type { ListKind, ListPlace, Stock } from "./stock.js";

/** How likely an operation is in the main list, and in a handler or interrupt; how it is made. */
interface Maker {
  readonly main: number;
  readonly nested: number;
  make(from: OperationDraws, at: ListPlace): readonly Op[];
}

const plain = (
  op: "read" | "service" | "collect" | "deinitAll" | "enabled" | "stats" | "throw",
  main: number,
  nested: number,
): Maker => ({ main, nested, make: () => [{ op }] });

const onTimer = (
  op:
    | "start"
    | "stop"
    | "pending"
    | "remaining"
    | "init"
    | "deinit"
    | "shutdown"
    | "overruns"
    | "count",
  main: number,
  nested = main,
): Maker => ({ main, nested, make: (from, at) => [{ op, timer: from.timer(at) }] });

/** How operations are drawn; those with a capability or a place of their own only where they fit. */
const makers: Partial<Record<OpName, Maker>> = {
  start: onTimer("start", 7),
  startAt: { main: 5, nested: 5, make: (from, at) => from.startAt(at) },
  stop: onTimer("stop", 6),
  stopSync: { main: 0.5, nested: 0.5, make: (from, at) => from.stopSync(at) },
  shutdown: onTimer("shutdown", 0.4),
  init: onTimer("init", 1),
  deinit: onTimer("deinit", 1.2),
  setPeriod: { main: 2.5, nested: 2.5, make: (from, at) => from.setPeriod(at) },
  remaining: onTimer("remaining", 2),
  pending: onTimer("pending", 2),
  overruns: onTimer("overruns", 1.5),
  count: onTimer("count", 0.5),
  spawn: { main: 3, nested: 1, make: (from) => from.spawn() },
  read: plain("read", 1, 1),
  readMany: { main: 0.3, nested: 0.2, make: (from) => from.readMany() },
  mask: { main: 2.5, nested: 0.4, make: (from, at) => from.masked(at) },
  enabled: plain("enabled", 0.3, 0.3),
  spin: { main: 2, nested: 2.5, make: (from, at) => from.spin(at) },
  sleep: { main: 7, nested: 0, make: (from) => from.sleep() },
  phase: { main: 0.5, nested: 0, make: (from) => from.phase() },
  interrupt: { main: 4, nested: 0.7, make: (from, at) => from.interrupt(at) },
  service: plain("service", 3, 0.4),
  collect: plain("collect", 0.4, 0.2),
  deinitAll: plain("deinitAll", 0.15, 0.1),
  mark: { main: 0.3, nested: 0.2, make: (from) => from.mark() },
  stats: plain("stats", 0.7, 0.4),
  throw: plain("throw", 0, 0.3),
  repeat: { main: 0.4, nested: 0, make: (from) => from.repeat() },
};

/** What a handle refers to after these is known only where stale handles are distinguished. */
const releases: ReadonlySet<OpName> = new Set<OpName>(["deinit", "deinitAll"]);

/** What every program needs, whatever it is about. */
const always: readonly OpName[] = ["start", "sleep", "spin"];

/** The operations that the rules of a group are about; `ANY` is about all. */
const groupOps: Readonly<Record<LawGroup, readonly OpName[]>> = {
  READ: ["read", "readMany", "phase", "mask", "enabled", "interrupt"],
  ARM: ["startAt", "remaining", "pending", "setPeriod", "mask", "interrupt", "phase", "stop"],
  STOP: ["stop", "stopSync", "shutdown", "pending", "interrupt", "service", "startAt"],
  REG: ["init", "deinit", "spawn", "collect", "deinitAll", "stats", "stop"],
  PER: ["setPeriod", "overruns", "remaining", "startAt", "service", "mask", "stop", "count"],
  CALL: ["service", "throw", "interrupt", "count", "mask", "pending", "repeat"],
  ANY: [],
  LIFE: ["init", "deinit", "shutdown", "deinitAll", "stop", "pending", "setPeriod"],
};

/** Draws operations for the lists of one program. */
export class OperationDraws {
  readonly #draws: Draws;
  readonly #times: Times;
  readonly #stock: Stock;
  readonly #capacity: number;
  readonly #maxReferenceAgeTicks: number;
  readonly #choices: readonly (readonly [OpName, Maker])[];
  readonly #choicesOf = new Map<string, readonly Weighted<Maker>[]>();

  constructor(
    draws: Draws,
    times: Times,
    stock: Stock,
    description: BoardDescription,
    groups: readonly LawGroup[] = [],
  ) {
    this.#draws = draws;
    this.#times = times;
    this.#stock = stock;
    this.#capacity = description.timers;
    this.#maxReferenceAgeTicks = semanticsOf(description).maxReferenceAgeTicks;
    const isAnything = groups.length === 0 || groups.includes("ANY");
    const wanted = new Set([...always, ...groups.flatMap((group) => groupOps[group])]);
    this.#choices = (Object.entries(makers) as [OpName, Maker][]).filter(([op]) => {
      const needs = schemaOf(op)?.needs;
      if (needs !== undefined && !hasCapability(description, needs)) return false;
      if (releases.has(op) && !hasCapability(description, "generations")) return false;
      if (op === "interrupt" && stock.interrupts === 0) return false;
      // Whether a timer that nobody holds fires is left open there.
      if (op === "spawn" && semanticsOf(description).unreferenced === "collected") return false;
      if (op === "spawn" && stock.spawned === undefined) return false;
      return isAnything || wanted.has(op);
    });
  }

  /** One operation, or a few that belong together. */
  operation(at: ListPlace): readonly Op[] {
    const [first, ...others] = this.#choicesAt(at);
    return first === undefined ? [] : this.#draws.weighted([first, ...others]).make(this, at);
  }

  #choicesAt({ kind, masks }: ListPlace): readonly Weighted<Maker>[] {
    const key = `${kind} ${masks}`;
    const known = this.#choicesOf.get(key);
    if (known !== undefined) return known;
    const isThread = kind === "main" || kind === "body";
    const choices = this.#choices.flatMap(([op, maker]): readonly Weighted<Maker>[] => {
      const weight = isThread ? maker.main : maker.nested;
      const isFit = fits(op, kind) && !(op === "mask" && masks >= 2) && weight > 0;
      return isFit ? [[maker, weight]] : [];
    });
    this.#choicesOf.set(key, choices);
    return choices;
  }

  /** A timer: in half of all cases the list's own. */
  timer({ own }: ListPlace): number {
    if (own !== undefined && this.#draws.chance(0.5)) return own;
    return this.#draws.below(this.#stock.periods.length);
  }

  /** A start or two from a time captured just before, now and then for longer than is taken. */
  startAt(at: ListPlace): readonly Op[] {
    const draws = this.#draws;
    const timer = this.timer(at);
    const kind = draws.below(5);
    const { longestTicks } = this.#times;
    const drawn = draws.chance(0.02)
      ? longestTicks + 1
      : this.#times.delay(this.#stock.isPeriodic[timer] === true);
    const delta = kind === 0 && at.kind === "main" ? draws.below(3) : drawn;
    const drawnBack = draws.weighted([
      [0, 5],
      [Math.min(delta, 8_000), 1],
      [draws.below(this.#times.unitTicks * 8), at.kind === "main" ? 2 : 0],
    ]);
    // An older reference is not promised to be understood.
    const back = Math.min(drawnBack, Math.floor(this.#maxReferenceAgeTicks / 2));
    const timers = draws.chance(0.25) ? [timer, this.timer(at)] : [timer];
    const { register } = at;
    return [
      { op: "capture", register },
      ...timers.map((each): Op => ({ op: "startAt", timer: each, register, back, delta })),
    ];
  }

  /** A new period, now and then one that is refused. */
  setPeriod(at: ListPlace): readonly Op[] {
    const timer = this.timer(at);
    const isPeriodic = this.#stock.isPeriodic[timer] === true;
    const period = this.#draws.chance(0.04)
      ? this.#draws.pick([0, this.#times.longestTicks + 1])
      : this.#times.delay(isPeriodic);
    return [{ op: "setPeriod", timer, period }];
  }

  stopSync(at: ListPlace): readonly Op[] {
    const timeout = this.#draws.below(this.#times.unitTicks * 4);
    return [{ op: "stopSync", timer: this.timer(at), timeout }];
  }

  spawn(): readonly Op[] {
    const { spawned } = this.#stock;
    return spawned === undefined ? [] : [{ op: "spawn", timer: spawned }];
  }

  readMany(): readonly Op[] {
    return [{ op: "readMany", count: this.#draws.between(2, 9) }];
  }

  mark(): readonly Op[] {
    return [{ op: "mark", id: this.#draws.below(256) }];
  }

  spin({ kind }: ListPlace): readonly Op[] {
    return [{ op: "spin", ticks: this.#times.spin(kind === "main" || kind === "body") }];
  }

  sleep(): readonly Op[] {
    return [{ op: "sleep", ticks: this.#times.sleep() }];
  }

  phase(): readonly Op[] {
    return [{ op: "phase", counter: this.#times.counter(this.#draws.chance(0.5)) }];
  }

  /** A request of the second interrupt; from a handler well ahead, or it would take the processor. */
  interrupt({ kind }: ListPlace): readonly Op[] {
    const draws = this.#draws;
    const { unitTicks: unit, tieTicks } = this.#times;
    const interrupt = draws.below(this.#stock.interrupts);
    if (kind === "handler" || kind === "interrupt") {
      return [{ op: "interrupt", interrupt, delay: unit * draws.between(10, 29) }];
    }
    const period = this.#stock.periods[draws.below(this.#stock.periods.length)] ?? 0;
    const delay = draws.weighted([
      [draws.below(unit), 4],
      [tieTicks, 2],
      [Math.max(0, (period % (unit * 40)) + draws.below(2 * unit) - draws.below(4)), 4],
      [unit * draws.below(20), 1],
    ]);
    return [{ op: "interrupt", interrupt, delay }];
  }

  /** A masked window; now and then one that its list does not end. */
  masked(at: ListPlace): readonly Op[] {
    const draws = this.#draws;
    const inside = { ...at, masks: at.masks + 1 };
    const ops: Op[] = [{ op: "mask" }];
    for (let left = draws.between(1, 3); left > 0; left -= 1) {
      if (draws.chance(0.4)) ops.push({ op: "spin", ticks: this.#times.masked() });
      else ops.push(...this.operation(inside));
    }
    return draws.chance(0.06) ? ops : [...ops, { op: "restore" }];
  }

  /**
   * The same operations a few times: mostly written out, as what a `repeat` does leaves no record for the
   * judge. A `repeat` where each round leaves a mask, of which a list may have only a few.
   */
  repeat(): readonly Op[] {
    const draws = this.#draws;
    const within = { kind: "body", register: 0, masks: 0 } as const;
    const ops = Array.from({ length: draws.between(1, 3) }, () => this.operation(within));
    const body = ops.flat();
    const rounds = draws.between(2, 4);
    const isBalanced = count(body, "mask") === count(body, "restore");
    if (!isBalanced || draws.chance(0.15)) return [{ op: "repeat", count: rounds, body }];
    return Array.from({ length: rounds }, () => body).flat();
  }

  /** Whether such an operation is drawn, alone or as a part of others. */
  makes(op: OpName): boolean {
    const part = { restore: "mask", capture: "startAt" } as const;
    const whole = (part as Partial<Record<OpName, OpName>>)[op] ?? op;
    return this.#choices.some(([each]) => each === whole);
  }

  /** Operations that say something only together; none where the program is about others. */
  idiom(at: ListPlace): readonly Op[] {
    const can = (...ops: readonly OpName[]) => ops.every((op) => this.makes(op));
    const capacity = this.#capacity;
    const from = { draws: this.#draws, times: this.#times, stock: this.#stock, capacity, can };
    return at.kind === "main" ? mainIdiom(from) : nestedIdiom(from, at);
  }

  /** A start, and the second interrupt aimed at the time when it expires. */
  aimed(): readonly Op[] {
    const draws = this.#draws;
    const { unitTicks: unit } = this.#times;
    const timer = draws.below(this.#stock.periods.length);
    const period = this.#stock.periods[timer] ?? 0;
    if (!this.#choices.some(([op]) => op === "interrupt") || period > unit * 80) return [];
    const off = draws.chance(0.7) ? draws.below(unit) : -draws.below(unit);
    const delay = Math.max(0, period + draws.below(3) + off);
    const start: Op = { op: "start", timer };
    const shot: Op = { op: "interrupt", interrupt: draws.below(this.#stock.interrupts), delay };
    const pair = draws.chance(0.5) ? [start, shot] : [shot, start];
    const wait: Op = draws.chance(0.5)
      ? { op: "sleep", ticks: period + unit * 2 }
      : { op: "spin", ticks: Math.max(0, period - draws.below(2 * unit)) };
    return [...pair, wait, ...this.operation({ kind: "main", own: timer, register: 0, masks: 0 })];
  }
}

/** Whether an operation may stand in such a list. */
function fits(op: OpName, kind: ListKind): boolean {
  const place = schemaOf(op)?.place;
  if (place === "handler") return kind === "handler";
  if (place === "main") return kind === "main";
  return place !== "thread" || kind === "main" || kind === "body";
}
