const CALLS_MAX = 48;

/** A chain as it was at one instruction. */
export interface ChainState {
  hash: number;
  site: number;
  depth: number;
  readonly stackPointers: Uint16Array;
  readonly hashes: Int32Array;
}

/**
 * The calls that have been made and not returned from, as one number: the same calls from the same
 * places give the same. An interrupt begins a chain of its own, wherever it was let in.
 *
 * Different chains may give the same number, once in 2^32.
 */
export class CallChain {
  /** The chain's number, 32 bits without a sign. */
  hash = 0;
  /** The flash word of the instruction before; a call is known by it. */
  site = 0;
  readonly #stackPointers = new Uint16Array(CALLS_MAX);
  readonly #hashes = new Int32Array(CALLS_MAX);
  #depth = 0;

  /** Begins a run. */
  begin(): void {
    this.hash = 0;
    this.site = 0;
    this.#depth = 0;
  }

  /** The first instruction of a function, called from the last {@link CallChain.site}. */
  call(sp: number): void {
    this.#push(sp, mix(this.hash, this.site));
  }

  /** The first instruction of an interrupt. */
  interrupt(sp: number, vector: number): void {
    this.#push(sp, mix(0, vector));
  }

  /** The instruction after a return. */
  leave(sp: number): void {
    while (this.#depth > 0 && sp > (this.#stackPointers[this.#depth - 1] as number)) {
      this.#depth -= 1;
      this.hash = (this.#hashes[this.#depth] as number) >>> 0;
    }
  }

  /** A place for {@link CallChain.save}. */
  newState(): ChainState {
    return {
      hash: 0,
      site: 0,
      depth: 0,
      stackPointers: new Uint16Array(CALLS_MAX),
      hashes: new Int32Array(CALLS_MAX),
    };
  }

  /** Copies what decides what comes next. */
  save(state: ChainState): void {
    state.hash = this.hash;
    state.site = this.site;
    state.depth = this.#depth;
    state.stackPointers.set(this.#stackPointers);
    state.hashes.set(this.#hashes);
  }

  /** Goes back to what was saved. */
  restore(state: ChainState): void {
    this.hash = state.hash;
    this.site = state.site;
    this.#depth = state.depth;
    this.#stackPointers.set(state.stackPointers);
    this.#hashes.set(state.hashes);
  }

  #push(sp: number, hash: number): void {
    // Deeper calls share one number.
    if (this.#depth === CALLS_MAX) return;
    this.#stackPointers[this.#depth] = sp;
    this.#hashes[this.#depth] = this.hash;
    this.#depth += 1;
    this.hash = hash;
  }
}

/** Whether an opcode calls a function: rcall, call, icall. */
export function isCall(opcode: number): boolean {
  return (opcode & 0xf000) === 0xd000 || (opcode & 0xfe0e) === 0x940e || opcode === 0x9509;
}

/** Takes one more number into a hash, by a multiplication that spreads its bits (Knuth, vol. 3, section 6.4). */
function mix(hash: number, value: number): number {
  return Math.imul(hash ^ (value + 1), 0x9e3779b1) >>> 0;
}
