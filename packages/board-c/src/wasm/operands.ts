/**
 * What is known of the operands of one function, without running it: which come from its frame.
 *
 * At -O0 clang keeps every local variable in the function's frame in memory: `p = __stack_pointer - n`,
 * kept in one wasm local. Nobody else can see such a variable unless its address leaves the function,
 * so its accesses need no hook. This follows operands through one function: as soon as `p`, or a sum
 * with it, is used for anything but the address of a load or store, the frame has escaped, and all its
 * accesses get hooks. Too many hooks cost time; too few would cost findings.
 */

import { atomicKind, type Instruction, op, operandCount } from "./instruction.js";
import type { Signature } from "./sections.js";

/** Where an operand comes from. */
export type Origin =
  /** A constant whole number. */
  | "constant"
  /** The stack pointer. */
  | "stack"
  /** The stack pointer less a constant: the address of a new frame. */
  | "new frame"
  /** The address of the frame. */
  | "frame"
  /** An address within the frame. */
  | "in frame"
  /** Anything else. */
  | "other";

/** Types and functions of the module, as calls need them. */
export interface CallTypes {
  /** What a direct call takes and returns. */
  signatureOf(functionIndex: number): Signature;
  /** What an indirect call takes and returns. */
  typeAt(typeIndex: number): Signature;
  /** A function's name, as far as it is known. */
  nameOf(functionIndex: number): string;
}

/** The operands of a function, instruction by instruction. */
export class Operands {
  readonly #types: CallTypes;
  #origins: Origin[] = [];
  /** The value of the constant that was pushed last. */
  #constant = 0;
  #frameLocal = -1;
  #escaped = false;
  /** Where the address of the access at hand comes from. */
  address: Origin = "other";
  /** The address of the access at hand, where it is a constant; without its offset. */
  addressConstant = 0;

  /** Before the first instruction of a function. */
  constructor(types: CallTypes) {
    this.#types = types;
  }

  /** Whether the frame's address left the function, or may have. */
  get escaped(): boolean {
    return this.#escaped;
  }

  /** Follows one instruction. */
  step(instruction: Instruction): void {
    const { opcode, index } = instruction;
    if (opcode <= op.return) this.#control(opcode);
    else if (opcode >= op.firstLoad && opcode <= op.lastLoad) {
      this.#takeAddress();
      this.#push("other");
    } else if (opcode >= op.firstStore && opcode <= op.lastStore) {
      this.#use();
      this.#takeAddress();
    } else if (opcode === op.atomic) this.#atomic(instruction.sub);
    else if (opcode === op.call) this.#call(this.#types.signatureOf(index));
    else if (opcode === op.callIndirect) {
      this.#use();
      this.#call(this.#types.typeAt(index));
    } else if (opcode >= op.localGet && opcode <= op.globalSet) this.#variable(opcode, index);
    else if (opcode === op.drop) this.#pop();
    else if (opcode === op.select || opcode === op.selectTyped) this.#calculate(3);
    else if (opcode === op.memorySize) this.#push("other");
    else if (opcode >= op.i32Const && opcode <= op.f64Const) {
      this.#constant = instruction.constant;
      this.#push(opcode === op.i32Const ? "constant" : "other");
    } else if (opcode === op.i32Add) this.#add();
    else if (opcode === op.i32Sub) this.#subtract();
    else this.#calculate(operandCount(instruction));
  }

  #push(origin: Origin): void {
    this.#origins.push(origin);
  }

  #pop(): Origin {
    return this.#origins.pop() ?? "other";
  }

  /** An operand goes somewhere that is not followed. */
  #use(): void {
    this.#lose(this.#pop());
  }

  #lose(origin: Origin): void {
    if (origin === "frame" || origin === "in frame") this.#escaped = true;
  }

  #calculate(operands: number): void {
    for (let left = operands; left > 0; left -= 1) this.#use();
    this.#push("other");
  }

  /** What crosses the edge of a block is not followed any more. */
  #control(opcode: number): void {
    if (opcode === op.brIf || opcode === op.if) this.#use();
    if (opcode === op.brIf || opcode === 0x01) return;
    for (const origin of this.#origins) this.#lose(origin);
    this.#origins.length = 0;
  }

  #takeAddress(): void {
    this.address = this.#pop();
    this.addressConstant = this.#constant;
    if (this.address === "in frame") this.address = "frame";
  }

  #atomic(sub: number): void {
    const kind = atomicKind(sub);
    if (kind === "fence") return;
    if (kind !== "load") this.#use();
    if (kind === "exchange if equal") this.#use();
    this.#takeAddress();
    if (kind !== "store") this.#push("other");
  }

  #call({ takes, returns }: Signature): void {
    for (let left = takes.length; left > 0; left -= 1) this.#use();
    for (let left = returns.length; left > 0; left -= 1) this.#push("other");
  }

  #variable(opcode: number, index: number): void {
    if (opcode === op.localGet) this.#push(index === this.#frameLocal ? "frame" : "other");
    else if (opcode === op.globalGet) this.#push(index === 0 ? "stack" : "other");
    else if (opcode === op.globalSet) this.#pop();
    else {
      const origin = this.#pop();
      const isFrame = origin === "new frame" || (origin === "frame" && index === this.#frameLocal);
      if (origin === "new frame" && this.#frameLocal < 0) this.#frameLocal = index;
      else if (isFrame ? index !== this.#frameLocal : index === this.#frameLocal) {
        // Two frames in one function, or a local with two meanings: nothing is known any more.
        this.#escaped = true;
      }
      if (!isFrame) this.#lose(origin);
      if (opcode === op.localTee) this.#push(isFrame ? "frame" : "other");
    }
  }

  #add(): void {
    const right = this.#pop();
    const left = this.#pop();
    this.#sum(left, right, left === "frame" ? "in frame" : "other");
  }

  #subtract(): void {
    const right = this.#pop();
    const left = this.#pop();
    this.#sum(left, right, left === "stack" ? "new frame" : "other");
  }

  /** A constant beside it leaves an operand followed; everything else loses both. */
  #sum(left: Origin, right: Origin, result: Origin): void {
    if (right === "constant" && result !== "other") this.#push(result);
    else {
      this.#lose(left);
      this.#lose(right);
      this.#push("other");
    }
  }
}
