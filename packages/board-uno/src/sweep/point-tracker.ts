import type { CPU } from "avr8js";
import { type CodeMap, scope, VECTORS_END, waitNames } from "./code-map.js";

const SPL = 0x5d;
const DEPTH_MAX = 16;

/** What a tracker was at one moment. */
export interface TrackerState {
  count: number;
  depth: number;
  function: number;
  readonly stackPointers: Uint16Array;
  readonly waits: Uint8Array;
}

/**
 * Tells which instructions of a run are points, and numbers them.
 *
 * A point is an instruction of the HAL, of the port or of an interrupt's entry, and of what they
 * call; of the agent around them, the first one after it was called or returned to. What runs in
 * the agent's wait loops is none: there the interrupts come by themselves, and wait loops may be
 * passed over.
 */
export class PointTracker {
  /** Points so far. */
  count = 0;
  readonly #scopes: Uint8Array;
  readonly #functions: Uint16Array;
  readonly #waits = new Uint8Array(0x4000);
  // Interrupts and waits that have been entered and not left, by their stack pointers.
  readonly #stackPointers = new Uint16Array(DEPTH_MAX);
  readonly #isWait = new Uint8Array(DEPTH_MAX);
  #depth = 0;
  #function = -1;

  /** Knows an image's functions. */
  constructor(map: CodeMap) {
    this.#scopes = map.scopes;
    this.#functions = map.functions;
    for (const name of waitNames) {
      const word = map.wordOf(name);
      if (word >= 0) this.#waits[word] = 1;
    }
  }

  /** Begins a run. */
  begin(): void {
    this.count = 0;
    this.#depth = 0;
    this.#function = -1;
  }

  /** Whether the instruction that is next is a point; asked at each instruction, once. Does not count it. */
  look(cpu: CPU): boolean {
    const { pc } = cpu;
    const sp = cpu.dataView.getUint16(SPL, true);
    const sps = this.#stackPointers;
    while (this.#depth > 0 && sp > (sps[this.#depth - 1] as number)) this.#depth -= 1;
    const inWait = this.#depth > 0 && this.#isWait[this.#depth - 1] === 1;
    if (pc < VECTORS_END) {
      if (inWait || this.#depth === 0 || sps[this.#depth - 1] !== sp) this.#enter(sp, 0);
    } else if (inWait) {
      return false;
    } else if (this.#waits[pc] === 1) {
      this.#enter(sp, 1);
      return false;
    }
    const before = this.#function;
    const now = this.#functions[pc] as number;
    this.#function = now;
    return this.#scopes[pc] === scope.hal || now !== before;
  }

  /** A place for {@link PointTracker.save}. */
  newState(): TrackerState {
    return {
      count: 0,
      depth: 0,
      function: -1,
      stackPointers: new Uint16Array(DEPTH_MAX),
      waits: new Uint8Array(DEPTH_MAX),
    };
  }

  /** Copies what decides what comes next. */
  save(state: TrackerState): void {
    state.count = this.count;
    state.depth = this.#depth;
    state.function = this.#function;
    state.stackPointers.set(this.#stackPointers);
    state.waits.set(this.#isWait);
  }

  /** Goes back to a saved moment. */
  restore(state: TrackerState): void {
    this.count = state.count;
    this.#depth = state.depth;
    this.#function = state.function;
    this.#stackPointers.set(state.stackPointers);
    this.#isWait.set(state.waits);
  }

  #enter(sp: number, wait: 0 | 1): void {
    // A stack as deep as that belongs to a firmware gone wild; its points are counted all the same.
    if (this.#depth === DEPTH_MAX) return;
    this.#stackPointers[this.#depth] = sp;
    this.#isWait[this.#depth] = wait;
    this.#depth += 1;
  }
}
