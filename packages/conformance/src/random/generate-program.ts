import type { OverrunPolicy } from "@escapement/core";
import {
  type BoardDescription,
  hasCapability,
  type Op,
  type Program,
  type TimerSpec,
  validateProgram,
} from "@escapement/scenario";
import type { LawGroup } from "../law.js";
import { bounded } from "./bound.js";
import { Draws, type Weighted } from "./draws.js";
import { OperationDraws } from "./operations.js";
import { roomForBursts } from "./room-for-bursts.js";
import { type RandomScale, Times } from "./scale.js";
import type { Stock } from "./stock.js";
import { swept } from "./swept.js";

/**
 * Counts up whenever a seed begins to give another program, so that the line that shows a failure
 * again can be compared with the version that printed it.
 */
export const generatorVersion = 4;

/** What kind of random programs is wanted. */
export interface GenerateOptions {
  /**
   * `small` for a board with little memory; `usual` otherwise. By the description when absent:
   * small where it has a `maxTraceBytes`.
   */
  readonly size?: "small" | "usual";
  /** Only operations that the rules of these groups are about, besides start, sleep and spin; all when absent or empty. */
  readonly groups?: readonly LawGroup[];
  /** The times that the program is about; drawn when absent. */
  readonly scale?: RandomScale;
}

const scaleWeights: readonly [Weighted<RandomScale>, ...Weighted<RandomScale>[]] = [
  ["operations", 5],
  ["laps", 2],
  ["bursts", 2],
  ["many", 1],
];

/**
 * A random program for a board: the same seed, description and options give the same program.
 *
 * It is valid, uses only what the board can do and has room for, and asks for nothing that the
 * board leaves undefined. It may ask for what has to be refused.
 *
 * @param seed Any integer; its low 32 bits count.
 *
 * @example
 * ```ts
 * import { describeProgram, generateProgram } from "@escapement/conformance";
 * import type { BoardDescription } from "@escapement/scenario";
 *
 * export function show(board: BoardDescription): string {
 *   return describeProgram(generateProgram(7, board), board.frequencyHz).join("\n");
 * }
 * ```
 */
export function generateProgram(
  seed: number,
  description: BoardDescription,
  options: GenerateOptions = {},
): Program {
  const draws = new Draws(seed);
  const isSmall = (options.size ?? usualSize(description)) === "small";
  const drawnScale = draws.weighted(scaleWeights);
  const scale = options.scale ?? drawnScale;
  const draft = new Draft(draws, description, scale, isSmall, options.groups ?? []);
  const drawn = roomForBursts(draft.program(), description);
  const program = bounded(swept(drawn, draws, description), description);
  validateProgram(program);
  return program;
}

/** The scale that a seed draws, on every board. */
export function scaleOfSeed(seed: number): RandomScale {
  return new Draws(seed).weighted(scaleWeights);
}

function usualSize({ maxTraceBytes }: BoardDescription): "small" | "usual" {
  return maxTraceBytes === undefined ? "usual" : "small";
}

/** One program under construction. */
class Draft {
  readonly #draws: Draws;
  readonly #description: BoardDescription;
  readonly #times: Times;
  readonly #isSmall: boolean;
  readonly #specs: readonly Omit<TimerSpec, "handler">[];
  readonly #stock: Stock;
  readonly #ops: OperationDraws;

  constructor(
    draws: Draws,
    description: BoardDescription,
    scale: RandomScale,
    isSmall: boolean,
    groups: readonly LawGroup[],
  ) {
    this.#draws = draws;
    this.#description = description;
    this.#isSmall = isSmall;
    this.#times = new Times(draws, description, scale, isSmall);
    const timers = Array.from({ length: this.#timerCount() }, () => this.#spec());
    const spawns = this.#can("spawn") && timers.length < description.timers && draws.chance(0.12);
    const interrupts = this.#can("second-interrupt")
      ? draws.weighted([
          [0, 2],
          [1, 2],
          [2, 1],
        ])
      : 0;
    const anonymous = spawns ? this.#oneShot() : undefined;
    this.#specs = anonymous === undefined ? timers : [...timers, anonymous];
    this.#stock = {
      periods: timers.map(({ period }) => (typeof period === "number" ? period : period.offset)),
      isPeriodic: timers.map(({ mode }) => mode === "periodic"),
      ...(anonymous !== undefined && {
        spawned: timers.length,
        spawnedTicks: Number(anonymous.period),
      }),
      interrupts,
    };
    this.#ops = new OperationDraws(draws, this.#times, this.#stock, description, groups);
  }

  program(): Program {
    const timers = this.#specs.map((spec, timer) => ({ ...spec, handler: this.#handler(timer) }));
    const interrupts = Array.from({ length: this.#stock.interrupts }, () => this.#interrupt());
    const opening = this.#opening(interrupts);
    return { timers, interrupts, main: [...opening, ...this.#middle(), ...this.#ending()] };
  }

  #can(capability: Parameters<typeof hasCapability>[1]): boolean {
    return hasCapability(this.#description, capability);
  }

  #timerCount(): number {
    const draws = this.#draws;
    const most = this.#description.timers;
    if (this.#times.scale !== "many" || this.#isSmall) return Math.min(most, draws.between(1, 4));
    return Math.min(most, draws.between(6, most > 12 ? 12 : 7));
  }

  #spec(): Omit<TimerSpec, "handler"> {
    const draws = this.#draws;
    const share = this.#times.scale === "many" ? 0.25 : 0.45;
    const isPeriodic = draws.chance(share) && this.#can("periodic");
    const policies: readonly [OverrunPolicy, ...OverrunPolicy[]] = ["coalesce", "burst", "skip"];
    return {
      mode: isPeriodic ? "periodic" : "one-shot",
      period: this.#times.delay(isPeriodic),
      dispatch: this.#can("soft") && draws.chance(0.3) ? "soft" : "hard",
      overrun: this.#can("overrun-policy") ? draws.pick(policies) : "coalesce",
      late: draws.chance(0.2) ? "refuse" : "fire",
      quiet: draws.chance(0.03),
    };
  }

  #oneShot(): Omit<TimerSpec, "handler"> {
    return { ...this.#spec(), mode: "one-shot", overrun: "coalesce", late: "fire", quiet: false };
  }

  #handler(timer: number): readonly Op[] {
    const draws = this.#draws;
    if (timer === this.#stock.spawned) {
      const spins = draws.chance(0.3);
      if (this.#ops.makes("throw") && draws.chance(0.2)) return [{ op: "throw" }];
      return spins ? [{ op: "spin", ticks: draws.below(this.#times.unitTicks) }] : [];
    }
    if (!draws.chance(this.#isSmall ? 0.5 : 0.6)) return [];
    const when: readonly Op[] = draws.chance(0.25)
      ? [{ op: "when", count: draws.between(1, 3) }]
      : [];
    const register = this.#specs[timer]?.dispatch === "soft" ? 1 : 2;
    const at = { kind: "handler", own: timer, register, masks: 0 } as const;
    const count = draws.between(1, this.#isSmall ? 2 : 3);
    if (draws.chance(0.12)) return [...when, ...this.#ops.idiom(at)];
    return [...when, ...Array.from({ length: count }, () => this.#ops.operation(at)).flat()];
  }

  #interrupt(): Op[] {
    const draws = this.#draws;
    const own = draws.chance(0.6) ? { own: draws.below(this.#stock.periods.length) } : {};
    const at = { kind: "interrupt", ...own, register: 3, masks: 0 } as const;
    const count = draws.between(1, this.#isSmall ? 2 : 3);
    return Array.from({ length: count }, () => this.#ops.operation(at)).flat();
  }

  /** Where the counter stands, perhaps just before its wrap, and the first starts. */
  #opening(interrupts: Op[][]): readonly Op[] {
    const draws = this.#draws;
    const many = this.#times.scale === "many";
    const ops: Op[] = [];
    if (this.#can("phase") && draws.chance(0.25)) {
      ops.push({ op: "phase", counter: this.#times.counter(true) });
      const [first] = interrupts;
      if (first !== undefined && draws.chance(0.5)) {
        first.unshift({ op: "read" });
        const delay = draws.below(this.#times.unitTicks * 2);
        ops.push({ op: "interrupt", interrupt: 0, delay }, { op: "read" });
      }
    }
    const count = this.#stock.periods.length;
    const starts = Array.from(
      { length: many ? count : draws.between(1, Math.min(count, 4)) },
      (_, timer): Op => ({ op: "start", timer: many ? timer : draws.below(count) }),
    );
    const isMasked = this.#can("mask") && draws.chance(many ? 0.6 : 0.15);
    if (isMasked) return [...ops, { op: "mask" }, ...starts, { op: "restore" }];
    return [...ops, ...starts];
  }

  #middle(): readonly Op[] {
    const draws = this.#draws;
    const at = { kind: "main", register: 0, masks: 0 } as const;
    const count = this.#isSmall ? draws.between(3, 8) : draws.between(4, 17);
    const one = (): readonly Op[] =>
      draws.weighted([
        [() => this.#ops.aimed(), 10],
        [() => this.#ops.idiom(at), 8],
        [() => this.#ops.operation(at), 82],
      ])();
    return Array.from({ length: count }, () => one()).flat();
  }

  /** What happens in the end is to be seen: the soft ones run, and the time is read. */
  #ending(): readonly Op[] {
    const draws = this.#draws;
    const ops: Op[] = [{ op: "sleep", ticks: this.#times.sleep() }];
    if (this.#specs.some(({ dispatch }) => dispatch === "soft")) ops.push({ op: "service" });
    if (draws.chance(0.5)) {
      const timer = draws.below(this.#stock.periods.length);
      ops.push({ op: "sleep", ticks: this.#times.sleep() }, { op: "pending", timer });
    }
    return [...ops, { op: "read" }];
  }
}
