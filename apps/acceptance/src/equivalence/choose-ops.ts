import type { Op } from "@escapement/scenario";
import type { Random } from "./random.js";

/** What kind of list an operation is for. */
export type Place = "main" | "hard" | "soft" | "interrupt";

/** Rough kinds of programs, each with another stress. */
export type PlanKind = "plain" | "overload" | "crowd" | "soft" | "registry";

/** What holds for a whole plan. */
export interface PlanSetting {
  /** Its stress. */
  readonly kind: PlanKind;
  /** Its timers. */
  readonly timers: number;
  /** Its lists for the second interrupt. */
  readonly interrupts: number;
  /** The thread may mask interrupts for whole units. */
  readonly windows: boolean;
  /** Longest handlers, in quarters. */
  readonly longSpins: readonly number[];
}

/** Far beyond the end of any plan, and within 32 bits on every board. */
const FAR = 60_000;

/** Kinds of blocks, by name. */
type BlockName =
  | Exclude<
      Op["op"],
      "capture" | "mask" | "restore" | "when" | "phase" | "spin" | "repeat" | "throw"
    >
  | "window"
  | "overdue"
  | "crowd"
  | "unbalanced";

const always: Readonly<Partial<Record<BlockName, number>>> = {
  start: 14,
  startAt: 12,
  stop: 12,
  stopSync: 3,
  setPeriod: 7,
  init: 4,
  deinit: 4,
  shutdown: 2,
  overruns: 4,
  remaining: 5,
  pending: 4,
  count: 2,
  read: 1,
};

/** Chooses operations, one block of them at a time; a block keeps its own operations in order. */
export class OpChooser {
  /** Where the choices come from. */
  readonly random: Random;
  /** What holds for the plan. */
  readonly setting: PlanSetting;

  /** Begins a plan. */
  constructor(random: Random, setting: PlanSetting) {
    this.random = random;
    this.setting = setting;
  }

  /** A delay of whole units, or of half a unit more or less. */
  delay(): number {
    if (this.random.percent(3)) return FAR;
    return 4 * this.random.between(1, 5) + (this.random.percent(50) ? 2 : 0);
  }

  /** A period of whole units, so that a timer stays where it began on the grid. */
  wholePeriod(): number {
    return this.random.percent(10) ? this.delay() : 4 * this.random.between(1, 4);
  }

  /** A handler longer than many a period. */
  longSpin(): number {
    return this.random.pick(this.setting.longSpins);
  }

  /** Starts a timer at the plan's begin. */
  firstStart(timer: number): Op[] {
    if (this.random.percent(70)) return [{ op: "start", timer }];
    const delta = 4 * this.random.between(1, 4);
    return [
      { op: "capture", register: 0 },
      { op: "startAt", timer, register: 0, back: 0, delta },
    ];
  }

  /** One block; `own` is the handler's timer, `guarded` says that it runs once only. */
  block(place: Place, own: number, guarded: boolean): Op[] {
    const name = this.random.weighted(this.#weights(place));
    const timer =
      own >= 0 && this.random.percent(55) ? own : this.random.below(this.setting.timers);
    switch (name) {
      case "startAt":
        return this.#startAt(timer, place, guarded);
      case "window":
        return this.#window(place, own);
      case "overdue":
        return this.#overdue(timer);
      case "crowd":
        return this.#crowd(timer);
      default:
        return [this.#single(name, timer, place)];
    }
  }

  #weights(place: Place): Record<BlockName, number> {
    const { kind, interrupts, windows } = this.setting;
    const main = place === "main";
    const weights: Partial<Record<BlockName, number>> = {
      ...always,
      stats: place === "interrupt" ? 0 : 4,
      service: main ? (kind === "soft" ? 16 : 5) : 1,
      collect: main ? 4 : 1,
      deinitAll: main && kind === "registry" ? 3 : 1,
      spawn: kind === "registry" ? 14 : main ? 2 : 1,
      mark: 1,
      enabled: main ? 1 : 0,
      readMany: main ? 1 : 0,
      interrupt: interrupts === 0 ? 0 : main ? 10 : 2,
      sleep: main ? 30 : 0,
      window: windows && main ? (kind === "overload" ? 10 : 4) : place === "hard" ? 1 : 0,
      overdue: windows && main ? 4 : 0,
      crowd: main && kind === "registry" ? 5 : 0,
      unbalanced: 1,
    };
    return weights as Record<BlockName, number>;
  }

  #single(
    name: Exclude<BlockName, "startAt" | "window" | "overdue" | "crowd">,
    timer: number,
    place: Place,
  ): Op {
    const { random, setting } = this;
    switch (name) {
      case "stopSync":
        return { op: name, timer, timeout: 4 };
      case "setPeriod":
        return { op: name, timer, period: random.percent(6) ? 0 : this.wholePeriod() };
      case "readMany":
        return { op: name, count: random.between(2, 5) };
      case "sleep":
        return { op: name, ticks: 4 * random.between(1, 4) + (random.percent(8) ? 2 : 0) };
      case "interrupt": {
        const delay = 4 * random.between(place === "main" ? 0 : 1, 3) + (place === "main" ? 3 : 1);
        return { op: name, interrupt: random.below(setting.interrupts), delay };
      }
      case "mark":
        return { op: name, id: random.below(256) };
      case "unbalanced":
        return { op: "restore" };
      case "read":
      case "stats":
      case "enabled":
      case "service":
      case "collect":
      case "deinitAll":
        return { op: name };
      default:
        return { op: name, timer };
    }
  }

  /** Starts one timer, or two with one deadline, from a reference just captured. */
  #startAt(timer: number, place: Place, guarded: boolean): Op[] {
    const { random, setting } = this;
    const register = { main: 0, soft: 1, hard: 2, interrupt: 3 }[place];
    const late = place === "main" || guarded;
    const back = late && random.percent(30) ? 2 * random.between(1, 4) : 0;
    const least = late ? 0 : 2;
    const delta = random.percent(3) ? FAR : 2 * random.between(least, 8) + (late ? 0 : back);
    const timers = random.percent(25) ? [timer, random.below(setting.timers)] : [timer];
    const starts = timers.map(
      (each): Op => ({ op: "startAt", timer: each, register, back, delta }),
    );
    // One that is late runs its handler at once, in the call or right after it.
    const settled: Op[] = place === "main" && delta <= back ? [{ op: "sleep", ticks: 4 }] : [];
    return [{ op: "capture", register }, ...starts, ...settled];
  }

  /** Masks, passes time or not, does something, and restores. */
  #window(place: Place, own: number): Op[] {
    const { random, setting } = this;
    const ops: Op[] = [{ op: "mask" }];
    if (place === "main" && random.percent(70)) ops.push({ op: "spin", ticks: this.#whole() });
    const timer = own >= 0 ? own : random.below(setting.timers);
    const names = ["start", "stop", "setPeriod", "init", "deinit", "remaining", "read"] as const;
    for (let left = random.between(0, 2); left > 0; left--) {
      ops.push(this.#single(random.pick(names), random.percent(60) ? timer : this.#any(), place));
    }
    if (place === "main" && random.percent(25)) ops.push({ op: "spin", ticks: 4 });
    if (place === "main" && random.percent(15)) ops.push({ op: "service" });
    if (!random.percent(place === "main" ? 2 : 30)) ops.push({ op: "restore" });
    return ops;
  }

  /** Arms timers under a mask for deadlines that have passed or will have passed when it is lifted. */
  #overdue(timer: number): Op[] {
    const { random } = this;
    const ops: Op[] = [{ op: "capture", register: 0 }, { op: "mask" }];
    if (random.percent(60)) ops.push({ op: "start", timer: this.#any() });
    ops.push({ op: "spin", ticks: this.#whole() });
    for (const each of [timer, this.#any()].slice(0, random.between(1, 2))) {
      const delta = 2 * random.between(0, 5);
      ops.push({ op: "startAt", timer: each, register: 0, back: 0, delta });
    }
    if (random.percent(40)) ops.push({ op: "start", timer: this.#any() });
    return [...ops, { op: "restore" }];
  }

  /** More timers than there is room for. */
  #crowd(timer: number): Op[] {
    const { random } = this;
    const body: Op[] = [{ op: "spawn", timer }];
    if (random.percent(50)) body.push({ op: "sleep", ticks: 4 });
    if (random.percent(50)) body.push({ op: random.pick(["service", "collect"]) });
    return [{ op: "repeat", count: random.between(2, 9), body }, { op: "stats" }];
  }

  #whole(): number {
    return 4 * this.random.between(1, 2);
  }

  #any(): number {
    return this.random.below(this.setting.timers);
  }
}
