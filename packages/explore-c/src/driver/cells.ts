import type { CProgram } from "@escapement/board-c";

/** Cells of a search are numbered below this; what lies beyond is one cell. */
const CELLS_MAX = 2 ** 16;

/**
 * The memory of a program in pieces that one access reaches as a whole: numbers and pointers, cut into words of
 * the processor. Two neighbours in one word are two pieces, as an access to one leaves the other alone; what
 * debug information says nothing of is cut into words.
 */
export class Cells {
  readonly #start: number;
  readonly #firstOf: Int32Array;

  /** Of the bytes from `start` to before `end`. */
  constructor({ variables }: CProgram, start: number, end: number, wordBytes: number) {
    this.#start = start;
    this.#firstOf = new Int32Array(Math.max(0, end - start)).fill(-1);
    const scalars = [...variables.scalars()].sort((one, other) => one.address - other.address);
    for (let place = 0; place < scalars.length; ) {
      const { address } = scalars[place] ?? { address: 0 };
      let last = address;
      // Members that overlap, such as fields of bits, are one piece.
      for (; place < scalars.length; place += 1) {
        const next = scalars[place] ?? { address: 0, size: 0 };
        if (next.address >= last && last > address) break;
        last = Math.max(last, next.address + next.size);
      }
      for (let byte = address; byte < last; byte += 1) {
        this.#set(byte, byte - ((byte - address) % wordBytes));
      }
    }
    for (let byte = start; byte < end; byte += 1) {
      if (this.#firstOf[byte - start] === -1) this.#set(byte, byte - (byte % wordBytes));
    }
  }

  #set(byte: number, first: number): void {
    const at = byte - this.#start;
    if (at >= 0 && at < this.#firstOf.length) this.#firstOf[at] = first;
  }

  /** The first byte of the piece that a byte is in. */
  firstOf(byte: number): number {
    return this.#firstOf[byte - this.#start] ?? byte;
  }

  /** The number of the piece that a byte is in. */
  cellOf(byte: number): number {
    return Math.min(Math.max(0, this.firstOf(byte) - this.#start), CELLS_MAX - 1);
  }

  /** A byte of the piece of that number. */
  byteOf(cell: number): number {
    return this.#start + cell;
  }
}
