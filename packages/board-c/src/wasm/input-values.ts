import { type Instruction, isComparison, op } from "./instruction.js";

/** Instructions between the first value of a switch and its table. */
const NEAR = 16;
/** The most items of a row that an index is taken of. */
const ROW_MAX = 16;

const [remainderSigned, remainder, and] = [0x6f, 0x70, 0x71];

/** Numbers of a program that an input may have to be, so that all of its code is reached: found in its instructions. */
export class InputValues {
  /** Numbers that something is compared with; its neighbours matter, too. */
  readonly compared = new Set<number>();
  /** Numbers that matter by themselves: bits that are tested, indices, cases of a switch. */
  readonly single = new Set<number>();
  #constant: number | undefined;
  #first = 0;
  #sinceFirst = NEAR;

  /** A function begins. */
  restart(): void {
    this.#constant = undefined;
    this.#sinceFirst = NEAR;
  }

  /** Looks at the next instruction. */
  step({ opcode, constant, targets }: Instruction): void {
    const before = this.#constant;
    this.#sinceFirst += 1;
    if (before !== undefined) this.#with(opcode, before);
    if (opcode === op.brTable) this.#cases(targets.length - 1);
    this.#constant = opcode === op.i32Const || opcode === op.i64Const ? constant : undefined;
  }

  #with(opcode: number, constant: number): void {
    if (isComparison(opcode)) this.compared.add(constant);
    else if (opcode === op.i32Sub || opcode === op.i32Add) {
      this.#first = opcode === op.i32Sub ? constant : -constant;
      this.#sinceFirst = 0;
    } else if (opcode === remainder || opcode === remainderSigned) this.#row(constant);
    else if (opcode === and) {
      // Bits from the lowest on are an index, any others are bits.
      if ((constant & (constant + 1)) === 0) this.#row(constant + 1);
      else if (constant > 0) this.single.add(constant);
    }
  }

  #row(count: number): void {
    if (count > ROW_MAX) return;
    for (let place = 0; place < count; place += 1) this.single.add(place);
  }

  /** A switch takes its first value away, and looks the rest up in a table. */
  #cases(count: number): void {
    const first = this.#sinceFirst <= NEAR ? this.#first : 0;
    for (let place = 0; place < Math.min(count, ROW_MAX); place += 1)
      this.single.add(first + place);
  }
}
