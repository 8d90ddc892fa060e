import type { CProgram } from "@escapement/board-c";

/** Cells of a search are numbered below this; the last of them are for registers. */
const CELLS_MAX = 2 ** 16;

/** Words of registers that are cells of their own; those a multiple of that many words from each other are one cell. */
const REGISTERS = 256;

/** The last cell of memory: what lies beyond is in it. */
const LAST_CELL = CELLS_MAX - REGISTERS - 1;

/**
 * The memory of a program in pieces that one access reaches as a whole: numbers and pointers, cut into words of
 * the processor. Two neighbours in one word are two pieces, as an access to one leaves the other alone; what
 * debug information says nothing of is cut into words.
 */
export class Cells {
  readonly #start: number;
  readonly #firstOf: Int32Array;
  readonly #registers: number[] = [];

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
    return Math.min(Math.max(0, this.firstOf(byte) - this.#start), LAST_CELL);
  }

  /** The number of the word that a register is in: the same for every instance, whatever is met first. */
  cellOfRegister(address: number): number {
    const place = Math.floor(address / 4) % REGISTERS;
    this.#registers[place] ??= address;
    return LAST_CELL + 1 + place;
  }

  /** The register of a cell; undefined of one of memory. */
  registerOf(cell: number): number | undefined {
    return this.#registers[cell - LAST_CELL - 1];
  }

  /** A byte of the piece of that number. */
  byteOf(cell: number): number {
    return this.#start + cell;
  }
}
