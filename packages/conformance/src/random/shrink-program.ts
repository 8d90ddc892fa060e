import {
  BoardError,
  type Op,
  type Program,
  type RunSignal,
  validateProgram,
} from "@escapement/scenario";
import {
  atValue,
  type ListName,
  listNames,
  listOf,
  operandNames,
  withList,
  withoutInterrupt,
  withoutTimer,
  withTimer,
} from "./program-edits.js";

/** How long the shrinking may go on. */
export interface ShrinkOptions {
  /** Most programs that are tried; 600 when absent. */
  readonly runs?: number;
  /** Ends it early, with the smallest program so far. */
  readonly signal?: RunSignal;
}

/**
 * Whether a smaller program still shows what is looked for. `timers` has, for each of its timers, the
 * number which that timer had in the program that was given.
 */
export type StillFails = (program: Program, timers: readonly number[]) => Promise<boolean>;

const runsDefault = 600;

/**
 * Makes a program smaller for as long as `stillFails` says that it shows the same: fewer timers,
 * interrupts and operations first, then plain settings and small, round numbers.
 *
 * The result is a program for which `stillFails` was true, or the one that was given. What
 * `stillFails` rejects with ends the shrinking and is passed on.
 *
 * @example
 * ```ts
 * import { judgeTrace, shrinkProgram, type Violation } from "@escapement/conformance";
 * import type { Board, Program } from "@escapement/scenario";
 *
 * export function smallest(program: Program, board: Board, { rule, kind }: Violation) {
 *   return shrinkProgram(program, async (candidate) => {
 *     await board.reset();
 *     const trace = await board.run(candidate);
 *     const found = judgeTrace(candidate, trace, board.describe());
 *     return found.some((each) => each.rule === rule && each.kind === kind);
 *   });
 * }
 * ```
 */
export async function shrinkProgram(
  program: Program,
  stillFails: StillFails,
  options: ShrinkOptions = {},
): Promise<Program> {
  const shrinker = new Shrinker(program, stillFails, options);
  await shrinker.run();
  return shrinker.best;
}

class Shrinker {
  best: Program;
  readonly #stillFails: StillFails;
  readonly #signal: RunSignal | undefined;
  #timers: readonly number[];
  #left: number;

  constructor(
    program: Program,
    stillFails: StillFails,
    { runs = runsDefault, signal }: ShrinkOptions,
  ) {
    this.best = program;
    this.#timers = [...program.timers.keys()];
    this.#stillFails = stillFails;
    this.#signal = signal;
    this.#left = runs;
  }

  async run(): Promise<void> {
    let before: Program | undefined;
    while (before !== this.best && !this.#isOver()) {
      before = this.best;
      await this.#oneIteration();
      await this.#withoutWholeParts();
      for (const name of listNames(this.best)) await this.#shorterList(name);
      await this.#withoutPairs();
      await this.#plainTimers();
      if (this.best === before) await this.#smallerNumbers();
    }
  }

  #isOver(): boolean {
    return this.#left <= 0 || this.#signal?.aborted === true;
  }

  /** Keeps a candidate that still fails. */
  async #keeps(candidate: Program, timers = this.#timers): Promise<boolean> {
    if (this.#isOver() || candidate === this.best || !isValid(candidate)) return false;
    this.#left -= 1;
    if (!(await this.#stillFails(candidate, timers))) return false;
    this.best = candidate;
    this.#timers = timers;
    return true;
  }

  async #oneIteration(): Promise<void> {
    const { sweep } = this.best;
    if (sweep === undefined) return;
    for (let nth = 0; nth < sweep.count; nth += 1) {
      if (await this.#keeps(atValue(this.best, sweep.from + nth * sweep.step))) return;
    }
  }

  async #withoutWholeParts(): Promise<void> {
    for (let timer = this.best.timers.length - 1; timer >= 0; timer -= 1) {
      const others = this.#timers.filter((_, index) => index !== timer);
      if (await this.#keeps(withoutTimer(this.best, timer), others)) continue;
      if ((this.best.timers[timer]?.handler.length ?? 0) === 0) continue;
      await this.#keeps(withTimer(this.best, timer, { handler: [] }));
    }
    for (let nth = this.best.interrupts.length - 1; nth >= 0; nth -= 1) {
      await this.#keeps(withoutInterrupt(this.best, nth));
    }
    for (const [place, op] of this.best.main.entries()) {
      if (op.op !== "repeat") continue;
      const { main } = this.best;
      await this.#keeps({
        ...this.best,
        main: [...main.slice(0, place), ...op.body, ...main.slice(place + 1)],
      });
    }
  }

  /** Takes out half of a list, a quarter, … one operation. */
  async #shorterList(name: ListName): Promise<void> {
    for (let size = halfOf(listOf(this.best, name)); size >= 1; size = Math.floor(size / 2)) {
      let from = Math.max(0, listOf(this.best, name).length - size);
      for (;;) {
        const ops = listOf(this.best, name);
        if (ops.length > 0) {
          await this.#keeps(withList(this.best, name, without(ops, from, size)));
        }
        if (from === 0) break;
        from = Math.max(0, from - size);
      }
    }
  }

  /** Takes out two operations that only make sense together, such as a mask and its restore. */
  async #withoutPairs(): Promise<void> {
    for (const name of listNames(this.best)) {
      for (let one = 0; one < listOf(this.best, name).length; one += 1) {
        for (let two = one + 1; two < listOf(this.best, name).length; two += 1) {
          const ops = listOf(this.best, name);
          const [first, second] = [ops[one], ops[two]];
          if (first === undefined || second === undefined || !belong(first, second)) continue;
          const rest = ops.filter((_, place) => place !== one && place !== two);
          await this.#keeps(withList(this.best, name, rest));
        }
      }
    }
  }

  async #plainTimers(): Promise<void> {
    for (const timer of this.best.timers.keys()) {
      const plain = [
        { mode: "one-shot" },
        { dispatch: "hard" },
        { overrun: "coalesce" },
        { late: "fire" },
        { quiet: false },
      ] as const;
      for (const part of plain) {
        const spec = this.best.timers[timer];
        const [member, value] = Object.entries(part)[0] ?? [];
        if (spec === undefined || spec[member as keyof typeof spec] === value) continue;
        await this.#keeps(withTimer(this.best, timer, part));
      }
    }
  }

  async #smallerNumbers(): Promise<void> {
    for (const timer of this.best.timers.keys()) {
      const { period } = this.best.timers[timer] ?? {};
      if (typeof period !== "number") continue;
      for (const value of smaller(period, 1)) {
        if (await this.#keeps(withTimer(this.best, timer, { period: value }))) break;
      }
    }
    for (const name of listNames(this.best)) {
      for (const place of listOf(this.best, name).keys()) {
        for (const member of operandNames) await this.#smallerNumber(name, place, member);
      }
    }
  }

  async #smallerNumber(name: ListName, place: number, member: string): Promise<void> {
    const op = listOf(this.best, name)[place] as Readonly<Record<string, unknown>> | undefined;
    const number = op?.[member];
    if (typeof number !== "number") return;
    for (const value of smaller(number, 0)) {
      const ops = listOf(this.best, name).map((each, index) =>
        index === place ? ({ ...each, [member]: value } as Op) : each,
      );
      if (await this.#keeps(withList(this.best, name, ops))) return;
    }
  }
}

/** Whether two operations of a list are of no use without each other. */
function belong(first: Op, second: Op): boolean {
  if (first.op === "mask") return second.op === "restore";
  if (first.op === "capture") return second.op === "startAt" && second.register === first.register;
  if (first.op === "init" || first.op === "start") {
    return "timer" in second && second.timer === first.timer;
  }
  if (first.op === "sleep") return second.op === "service" || second.op === "sleep";
  return first.op === "interrupt" && (second.op === "sleep" || second.op === "spin");
}

/** The least, a half, and the number with one significant digit: each only where it is smaller. */
function smaller(value: number, least: number): readonly number[] {
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))));
  const round = Math.floor(value / digit) * digit;
  const all = new Set([least, Math.floor(value / 2), round]);
  return [...all].filter((each) => each < value && each >= least);
}

function without(ops: readonly Op[], from: number, size: number): readonly Op[] {
  return [...ops.slice(0, from), ...ops.slice(from + size)];
}

function halfOf(ops: readonly Op[]): number {
  return Math.max(1, Math.ceil(ops.length / 2));
}

function isValid(program: Program): boolean {
  try {
    validateProgram(program);
    return true;
  } catch (error) {
    if (error instanceof BoardError) return false;
    throw error;
  }
}
