import type { Op, Operand, Program } from "@escapement/scenario";
import type { LawEnv } from "./law.js";

/**
 * The longest time for which a program keeps the counter's own interrupt out, in ticks, over the whole of its
 * sweep: masked, or in one hard handler or interrupt. Only what the program waits there counts, not its calls. A
 * repeat is followed until it comes to a lap, after which nothing is promised (READ-16).
 *
 * @param most - an operand at its largest
 */
export function longestHold(
  { main, timers, interrupts }: Program,
  env: LawEnv,
  most: (operand: Operand) => number,
): number {
  const inThread = [main];
  const inInterrupt = [...interrupts];
  for (const { handler, dispatch } of timers) {
    (dispatch === "soft" ? inThread : inInterrupt).push(handler);
  }
  const longest = (ops: readonly Op[], isInterrupt: boolean): number =>
    new Holds(env, most, isInterrupt).longestOf(ops);
  return Math.max(
    ...inThread.map((ops) => longest(ops, false)),
    ...inInterrupt.map((ops) => longest(ops, true)),
  );
}

/** Follows one list of operations. */
class Holds {
  readonly #env: LawEnv;
  readonly #most: (operand: Operand) => number;
  readonly #isInterrupt: boolean;
  #masks = 0;
  #heldTicks = 0;
  #longestTicks = 0;

  constructor(env: LawEnv, most: (operand: Operand) => number, isInterrupt: boolean) {
    this.#env = env;
    this.#most = most;
    this.#isInterrupt = isInterrupt;
  }

  longestOf(ops: readonly Op[]): number {
    for (const op of ops) {
      if (op.op === "repeat") this.#repeat(op.body, this.#most(op.count));
      else this.#one(op);
    }
    return this.#longestTicks;
  }

  #repeat(body: readonly Op[], count: number): void {
    for (let round = 0; round < count && this.#longestTicks < this.#env.lap; round += 1) {
      const before = this.#heldTicks;
      this.longestOf(body);
      // No hold goes on from one round to the next.
      if (this.#heldTicks === before) return;
    }
  }

  #one(op: Op): void {
    if (op.op === "mask") this.#masks += 1;
    if (this.#isInterrupt || this.#masks > 0) {
      if (op.op === "sleep" || op.op === "spin") this.#heldTicks += this.#most(op.ticks);
      this.#longestTicks = Math.max(this.#longestTicks, this.#heldTicks);
    }
    if (op.op !== "restore") return;
    this.#masks = Math.max(0, this.#masks - 1);
    if (this.#masks === 0 && !this.#isInterrupt) this.#heldTicks = 0;
  }
}
