import { AccessMemory } from "./detector.js";
import { mix } from "./hash.js";

/** The main program, or a handler that runs or is interrupted. */
export interface Context {
  /** 0 for the main program, else the handler's place and 1. */
  index: number;
  /** What has a higher one interrupts it: its handler's, unless that lets all others in. */
  priority: number;
  /** What it remembers of its accesses. */
  readonly memory: AccessMemory;
}

/** The stack of contexts of a run. Its objects are used again for each run. */
export class Contexts {
  readonly #running: Context[] = [];
  readonly #byDepth: Context[] = [];
  /** For each context two hashes of all that it read, drew and did. */
  readonly history: Int32Array;

  /** For so many handlers. */
  constructor(handlers: number) {
    this.history = new Int32Array(2 * (handlers + 1));
  }

  /** The running context last, and those that it interrupted. */
  get list(): readonly Context[] {
    return this.#running;
  }

  /** How many there are. */
  get depth(): number {
    return this.#running.length;
  }

  /** The running one. */
  get current(): Context {
    const current = this.#running[this.#running.length - 1];
    if (current === undefined) throw new Error("no run has begun");
    return current;
  }

  /** Back to the main program alone, which has done nothing. */
  restart(): void {
    this.#running.length = 0;
    this.history.fill(0);
    this.push(0, 0);
  }

  /** A context comes in. */
  push(index: number, priority: number): void {
    const depth = this.#running.length;
    let context = this.#byDepth[depth];
    if (context === undefined) {
      context = { index, priority, memory: new AccessMemory() };
      this.#byDepth[depth] = context;
    }
    context.index = index;
    context.priority = priority;
    context.memory.begin(index);
    this.#running.push(context);
  }

  /** The running one returns. */
  pop(): void {
    this.#running.pop();
  }

  /** Mixes what the running context did into its history. */
  remember(what: number, value = 0): void {
    const at = 2 * this.current.index;
    const { history } = this;
    history[at] = mix(history[at] ?? 0, Math.imul(what, 31) + value);
    history[at + 1] = mix((history[at + 1] ?? 0) ^ 0x5bd1e995, Math.imul(what, 131) + value);
  }
}
