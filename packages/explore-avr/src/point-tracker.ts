import type { CPU } from "avr8js";
import { CallChain, type ChainState, isCall } from "./call-chain.js";
import { type CodeMap, scope, VECTORS_END, waitNames } from "./code-map.js";

const DEPTH_MAX = 16;
const RET = 0x9508;
const RETI = 0x9518;
/** The overflow's vector, as a flash word. */
const OVERFLOW_VECTOR = 0x1a;

/** What was entered. */
const entered = { interrupt: 0, wait: 1, overflow: 2 } as const;
type Entered = (typeof entered)[keyof typeof entered];

/** A tracker as it was at one instruction. */
export interface TrackerState {
  count: number;
  depth: number;
  function: number;
  previous: number;
  readonly stackPointers: Uint16Array;
  readonly kinds: Uint8Array;
  readonly functions: Int16Array;
  readonly chain: ChainState;
}

/**
 * Finds which instructions of a run are points, and numbers them.
 *
 * A point is an instruction of the HAL, of the port or of an interrupt's entry, and of what they
 * call; of the agent around them, the first one after it was called or returned to. What runs in
 * the agent's wait loops is none: there the interrupts come by themselves, and wait loops may be
 * passed over.
 */
export class PointTracker {
  /** Points so far. */
  count = 0;
  /** The calls that lead to the instruction last looked at. */
  readonly chain = new CallChain();
  readonly #scopes: Uint8Array;
  readonly #functions: Uint16Array;
  readonly #waits = new Uint8Array(0x4000);
  // Interrupts and waits that have been entered and not left, by their stack pointers.
  readonly #stackPointers = new Uint16Array(DEPTH_MAX);
  readonly #kinds = new Uint8Array(DEPTH_MAX);
  // The function that each of them was entered from.
  readonly #from = new Int16Array(DEPTH_MAX);
  #depth = 0;
  #function = -1;
  // The opcode last looked at.
  #previous = 0;

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
    this.#previous = 0;
    this.chain.begin();
  }

  /** Whether the instruction that is next is a point; asked at each instruction, once. Does not count it. */
  look(cpu: CPU): boolean {
    const { pc, SP: sp } = cpu;
    const sps = this.#stackPointers;
    // Only a return leaves: a stack frame that is given back moves SP by halves, and far too high meanwhile.
    const previous = this.#previous;
    if (previous === RET || previous === RETI) this.#leave(sp);
    this.#previous = cpu.progMem[pc] as number;
    const isEntry = pc < VECTORS_END;
    if (isEntry) this.chain.interrupt(sp, pc);
    else if (isCall(previous)) this.chain.call(sp);
    this.chain.site = pc;
    const inWait = this.#depth > 0 && this.#kinds[this.#depth - 1] === entered.wait;
    if (isEntry) {
      if (inWait || this.#depth === 0 || sps[this.#depth - 1] !== sp) {
        this.#enter(sp, pc === OVERFLOW_VECTOR ? entered.overflow : entered.interrupt);
      }
    } else if (inWait) {
      return false;
    } else if (this.#waits[pc] === 1) {
      this.#enter(sp, entered.wait);
      return false;
    }
    const before = this.#function;
    const now = this.#functions[pc] as number;
    this.#function = now;
    return this.#scopes[pc] === scope.hal || now !== before;
  }

  /** The interrupt level of the instruction last looked at; 0 in the thread. */
  get level(): number {
    let level = 0;
    for (let index = 0; index < this.#depth; index += 1) {
      if (this.#kinds[index] !== entered.wait) level += 1;
    }
    return level;
  }

  /** Whether the instruction last looked at is in the overflow's interrupt: the counter has just wrapped. */
  get isAfterWrap(): boolean {
    for (let index = 0; index < this.#depth; index += 1) {
      if (this.#kinds[index] === entered.overflow) return true;
    }
    return false;
  }

  /** A place for {@link PointTracker.save}. */
  newState(): TrackerState {
    return {
      count: 0,
      depth: 0,
      function: -1,
      previous: 0,
      stackPointers: new Uint16Array(DEPTH_MAX),
      kinds: new Uint8Array(DEPTH_MAX),
      functions: new Int16Array(DEPTH_MAX),
      chain: this.chain.newState(),
    };
  }

  /** Copies what decides what comes next. */
  save(state: TrackerState): void {
    state.count = this.count;
    state.depth = this.#depth;
    state.function = this.#function;
    state.previous = this.#previous;
    state.stackPointers.set(this.#stackPointers);
    state.kinds.set(this.#kinds);
    state.functions.set(this.#from);
    this.chain.save(state.chain);
  }

  /** Goes back to what was saved. */
  restore(state: TrackerState): void {
    this.count = state.count;
    this.#depth = state.depth;
    this.#function = state.function;
    this.#previous = state.previous;
    this.#stackPointers.set(state.stackPointers);
    this.#kinds.set(state.kinds);
    this.#from.set(state.functions);
    this.chain.restore(state.chain);
  }

  /** What was entered below this stack pointer has been left; after an interrupt it goes on where it was. */
  #leave(sp: number): void {
    this.chain.leave(sp);
    while (this.#depth > 0 && sp > (this.#stackPointers[this.#depth - 1] as number)) {
      this.#depth -= 1;
      this.#function = this.#from[this.#depth] as number;
    }
  }

  #enter(sp: number, kind: Entered): void {
    // A stack as deep as that belongs to a firmware gone wild; its points are counted all the same.
    if (this.#depth === DEPTH_MAX) return;
    this.#stackPointers[this.#depth] = sp;
    this.#kinds[this.#depth] = kind;
    this.#from[this.#depth] = this.#function;
    this.#depth += 1;
  }
}
