/**
 * Follows a poll of C code for all polls to come at once.
 *
 * A driver that is polled does nothing for most of the time: it reads the clock, compares it with a few
 * deadlines, and sets its alarm again. To know how long that goes on, one such poll is followed here,
 * instruction by instruction, with numbers that cover every poll (`stepped.ts`). What comes out is until
 * which poll every branch goes the same way, and by how much each cell of memory changes from one to the
 * next. Nothing is guessed: where something cannot be followed, nothing is passed over.
 *
 * The base of the induction are two polls that really ran; the step is that the poll, followed from the
 * memory before the first with the steps between the two, leaves the memory before the second with the same
 * steps. The hardware's side of it is `SimStance`: both polls met the same chip, moved in time.
 */
import { op } from "../wasm/instruction.js";
import type { FunctionCode, ModuleCode, Step } from "./function-code.js";
import type { LoggedCall, LoggedEntry } from "./poll-log.js";
import { constant, Holds, type Stepped, stepped, Unsteady } from "./stepped.js";
import type { SteppedMemory } from "./stepped-memory.js";

/** Instructions that are followed at most: a poll is short. */
const STEPS_MAX = 100_000;

/** How deep functions may call each other in a poll. */
const DEEPEST = 100;

/** What changes from one poll to the next in what the chip says and is given. */
export interface ChipSteps {
  /** A reading of the counter: by so many ticks. */
  readonly counterTicks: number;
  /** Bits of the compare register. */
  readonly compareBits: number;
  /** Ticks by which a written compare has to change. */
  readonly compareTicks: number;
  /** Where the stack of C is between two handlers. */
  readonly stackPointer: number;
}

/** Follows the handlers of one poll. */
export class PollFollower {
  /** Until which poll it goes the same way. */
  readonly holds = new Holds();
  readonly #code: ModuleCode;
  readonly #memory: SteppedMemory;
  readonly #chip: ChipSteps;
  #stackPointer: Stepped;
  #calls: readonly LoggedCall[] = [];
  #nextCall = 0;
  #steps = 0;
  #depth = 0;

  /** Follows in that code and memory. */
  constructor(code: ModuleCode, memory: SteppedMemory, chip: ChipSteps) {
    this.#code = code;
    this.#memory = memory;
    this.#chip = chip;
    this.#stackPointer = constant(BigInt(chip.stackPointer >>> 0));
  }

  /**
   * Follows one handler with the calls of the chip that it made when it ran.
   *
   * @throws {@link Unsteady} where it cannot be followed.
   */
  enter({ handler, calls }: LoggedEntry): void {
    const index = this.#code.layout.exports.get(handler);
    if (index === undefined) throw new Unsteady("a handler of no name");
    const before = this.#stackPointer;
    this.#calls = calls;
    this.#nextCall = 0;
    this.#call(index, []);
    const isBack = this.#stackPointer.first === before.first;
    if (this.#nextCall !== calls.length || !isBack) throw new Unsteady("another way than it went");
  }

  #call(index: number, values: Stepped[]): readonly Stepped[] {
    const { imports, typeOf, types } = this.#code.layout;
    const { takes = [], returns = [] } = types[typeOf[index] ?? -1] ?? {};
    const args = takes.length === 0 ? [] : values.splice(-takes.length);
    const imported = imports[index];
    if (imported !== undefined) return this.#callHost(imported.name, args, returns.length);
    const code = this.#code.of(index);
    if (code === undefined || this.#depth >= DEEPEST) throw new Unsteady("a call too deep");
    this.#depth += 1;
    const results = this.#run(code, args, returns.length);
    this.#depth -= 1;
    return results;
  }

  #callHost(name: string, args: readonly Stepped[], returns: number): readonly Stepped[] {
    const logged = this.#calls[this.#nextCall];
    this.#nextCall += 1;
    if (logged?.name !== name) throw new Unsteady("another call than it made");
    for (const { first, step } of args) {
      if (first !== BigInt.asUintN(32, BigInt(logged.argument ?? 0))) {
        throw new Unsteady("another argument than it gave");
      }
      if (name === "esc_chip_set_compare") this.#mustMove(step);
      else if (step !== 0n) throw new Unsteady("an argument that changes");
    }
    if (returns === 0) return [];
    const step = name === "read_counter" ? BigInt(this.#chip.counterTicks) : 0n;
    return [stepped(32, BigInt(logged.result ?? 0), step)];
  }

  /** The compare register has to be as far ahead in each poll. */
  #mustMove(step: bigint): void {
    const { compareBits, compareTicks } = this.#chip;
    const off = BigInt.asUintN(compareBits, step - BigInt(compareTicks));
    if (off !== 0n) throw new Unsteady("a compare that is not as far ahead");
  }

  #run(code: FunctionCode, args: readonly Stepped[], returns: number): readonly Stepped[] {
    const { steps, localCount } = code;
    if (steps === undefined) throw new Unsteady("an instruction of another kind");
    const zero = constant(0n);
    const locals = [...args, ...Array.from({ length: localCount }, () => zero)];
    return new Frame(this, steps, locals, returns).run();
  }

  /** @internal For a frame: counts an instruction. */
  count(): void {
    this.#steps += 1;
    if (this.#steps > STEPS_MAX) throw new Unsteady("a poll too long");
  }

  /** @internal For a frame: an instruction that is no jump. */
  plain(step: Step, stack: Stepped[], locals: Stepped[]): void {
    const { opcode, index, operation } = step;
    if (operation !== undefined) {
      const other = operation.takes === 2 ? pop(stack) : constant(0n);
      stack.push(operation.run(this.holds, operation.bits, pop(stack), other));
    } else if (opcode === op.localGet) stack.push(locals[index] ?? constant(0n));
    else if (opcode === op.localSet) locals[index] = pop(stack);
    else if (opcode === op.localTee) locals[index] = stack.at(-1) ?? constant(0n);
    else if (opcode === op.i32Const || opcode === op.i64Const) stack.push(literal(step));
    else if (step.size > 0) this.#access(step, stack);
    else if (opcode === op.call) stack.push(...this.#call(index, stack));
    else if (opcode === op.callIndirect) stack.push(...this.#callPointer(index, stack));
    else if (opcode === op.globalGet && index === 0) stack.push(this.#stackPointer);
    else if (opcode === op.globalSet && index === 0) this.#stackPointer = fixed(pop(stack));
    else if (opcode === op.drop) pop(stack);
    else if (opcode === op.select) this.#select(stack);
    else throw new Unsteady("an instruction that is not followed");
  }

  /** @internal For a frame: whether a condition is true. */
  isTrue(condition: Stepped): boolean {
    return !this.holds.equal(condition, constant(0n), 32);
  }

  #select(stack: Stepped[]): void {
    const condition = pop(stack);
    const [other, one] = [pop(stack), pop(stack)];
    stack.push(this.isTrue(condition) ? one : other);
  }

  #callPointer(type: number, stack: Stepped[]): readonly Stepped[] {
    const pointer = Number(fixed(pop(stack)).first);
    const { pointers, typeOf, types } = this.#code.layout;
    const index = pointers.get(pointer);
    const found = index === undefined ? undefined : types[typeOf[index] ?? -1];
    if (index === undefined || JSON.stringify(found) !== JSON.stringify(types[type])) {
      throw new Unsteady("a pointer that is no such function's");
    }
    return this.#call(index, stack);
  }

  #access({ opcode, index, size }: Step, stack: Stepped[]): void {
    if (opcode >= op.firstStore) {
      if (opcode === op.firstStore + 2 || opcode === op.firstStore + 3)
        throw new Unsteady("a fraction");
      const value = pop(stack);
      this.#memory.store(Number(fixed(pop(stack)).first) + index, size, value);
      return;
    }
    const how = loads[opcode - op.firstLoad];
    if (how === undefined) throw new Unsteady("a fraction");
    const value = this.#memory.load(Number(fixed(pop(stack)).first) + index, size);
    if (how.isSigned) {
      stack.push(stepped(how.bits, this.holds.signed(value, 8 * size), value.step));
    } else if (8 * size < how.bits) {
      stack.push(stepped(how.bits, this.holds.unsigned(value, 8 * size), value.step));
    } else stack.push(value);
  }
}

/** How each load widens what it reads; of fractions nothing is known. */
const loads = [
  { bits: 32, isSigned: false },
  { bits: 64, isSigned: false },
  undefined,
  undefined,
  ...[true, false, true, false].map((isSigned) => ({ bits: 32, isSigned })),
  ...[true, false, true, false, true, false].map((isSigned) => ({ bits: 64, isSigned })),
];

function literal({ opcode, constant: value }: Step): Stepped {
  if (!Number.isSafeInteger(value)) throw new Unsteady("a constant of more than 53 bits");
  return stepped(opcode === op.i32Const ? 32 : 64, BigInt(value), 0n);
}

function pop(stack: Stepped[]): Stepped {
  const value = stack.pop();
  if (value === undefined) throw new Unsteady("an empty stack");
  return value;
}

/** An address, a pointer: the same in every poll. */
function fixed(value: Stepped): Stepped {
  if (value.step !== 0n) throw new Unsteady("an address that changes");
  return value;
}

/** A block that is open. */
interface Label {
  /** Where a branch to it goes. */
  readonly target: number;
  readonly isLoop: boolean;
  readonly height: number;
  readonly leaves: number;
}

/** One call of a function. */
class Frame {
  readonly #follower: PollFollower;
  readonly #steps: readonly Step[];
  readonly #locals: Stepped[];
  readonly #returns: number;
  readonly #stack: Stepped[] = [];
  readonly #labels: Label[] = [];
  #at = 0;

  constructor(follower: PollFollower, steps: readonly Step[], locals: Stepped[], returns: number) {
    this.#follower = follower;
    this.#steps = steps;
    this.#locals = locals;
    this.#returns = returns;
  }

  run(): readonly Stepped[] {
    while (this.#at < this.#steps.length) {
      const step = this.#steps[this.#at];
      if (step === undefined) break;
      this.#follower.count();
      this.#at += 1;
      if (step.opcode > op.return) this.#follower.plain(step, this.#stack, this.#locals);
      else this.#control(step);
    }
    return this.#returns === 0 ? [] : this.#stack.slice(-this.#returns);
  }

  #control(step: Step): void {
    const { opcode, index, targets } = step;
    if (opcode === op.block || opcode === op.loop) this.#open(step);
    else if (opcode === op.if) {
      const isTrue = this.#follower.isTrue(pop(this.#stack));
      this.#open(step);
      // Behind the else; where there is none, its end closes the block.
      if (!isTrue) this.#at = step.elseAt === step.endAt ? step.endAt : step.elseAt + 1;
    } else if (opcode === op.else) this.#at = step.endAt;
    else if (opcode === op.end) this.#labels.pop();
    else if (opcode === op.br) this.#branch(index);
    else if (opcode === op.brIf) {
      if (this.#follower.isTrue(pop(this.#stack))) this.#branch(index);
    } else if (opcode === op.brTable) {
      const chosen = Number(fixed(pop(this.#stack)).first);
      this.#branch(targets[Math.min(chosen, targets.length - 1)] ?? 0);
    } else if (opcode === op.return) this.#at = this.#steps.length;
    else if (opcode === op.unreachable) throw new Unsteady("a trap");
  }

  #open({ opcode, leaves, endAt }: Step): void {
    if (leaves < 0) throw new Unsteady("a block of another type");
    const isLoop = opcode === op.loop;
    const target = isLoop ? this.#at : endAt + 1;
    this.#labels.push({ target, isLoop, height: this.#stack.length, leaves });
  }

  #branch(depth: number): void {
    const place = this.#labels.length - 1 - depth;
    const label = this.#labels[place];
    if (label === undefined) {
      this.#at = this.#steps.length;
      return;
    }
    const kept = label.isLoop || label.leaves === 0 ? [] : this.#stack.slice(-label.leaves);
    this.#stack.length = label.height;
    this.#stack.push(...kept);
    this.#labels.length = label.isLoop ? place + 1 : place;
    this.#at = label.target;
  }
}
