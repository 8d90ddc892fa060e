import {
  blankInstruction,
  bytesOf,
  type Instruction,
  op,
  readInstruction,
} from "../wasm/instruction.js";
import { Reader } from "../wasm/reader.js";
import type { ModuleLayout } from "../wasm/sections.js";
import { type NumberOperation, operationOf } from "./stepped-ops.js";

/** One instruction, ready to be followed. */
export interface Step extends Readonly<Instruction> {
  /** Of a block, a loop, an if: how many numbers its end leaves; -1 where that is not simple. */
  readonly leaves: number;
  /** Of a block, a loop, an if, an else: the place of its end. Of an if with an else: see `elseAt`. */
  endAt: number;
  /** Of an if: the place of its else; that of its end where it has none. */
  elseAt: number;
  /** What it does with whole numbers, if that is all it does. */
  readonly operation: NumberOperation | undefined;
  /** How many bytes a load or a store touches. */
  readonly size: number;
}

/** A function's code. */
export interface FunctionCode {
  /** Locals besides the arguments. */
  readonly localCount: number;
  /** Its instructions; undefined where one is of another kind. */
  readonly steps: readonly Step[] | undefined;
}

/** The functions of a module as the compiler left it, read when they are called. */
export class ModuleCode {
  /** The module. */
  readonly layout: ModuleLayout;
  readonly #bodies: readonly (readonly [start: number, end: number])[];
  readonly #read = new Map<number, FunctionCode>();

  /** Finds the functions. */
  constructor(layout: ModuleLayout) {
    this.layout = layout;
    const section = layout.sections.find(({ id }) => id === 10);
    const reader = new Reader(layout.bytes, section?.start ?? 0);
    const count = section === undefined ? 0 : reader.unsigned();
    this.#bodies = Array.from({ length: count }, () => {
      const size = reader.unsigned();
      const start = reader.at;
      reader.skip(size);
      return [start, start + size] as const;
    });
  }

  /** The code of a function, by its index; undefined for one that is imported. */
  of(index: number): FunctionCode | undefined {
    const body = this.#bodies[index - this.layout.imports.length];
    if (body === undefined) return undefined;
    const known = this.#read.get(index) ?? readFunction(this.layout.bytes, ...body);
    this.#read.set(index, known);
    return known;
  }
}

function readFunction(bytes: Uint8Array, start: number, end: number): FunctionCode {
  const reader = new Reader(bytes, start);
  let localCount = 0;
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    localCount += reader.unsigned();
    reader.byte();
  }
  return { localCount, steps: readSteps(reader, end) };
}

function readSteps(reader: Reader, end: number): readonly Step[] | undefined {
  const steps: Step[] = [];
  const open: Step[] = [];
  while (reader.at < end) {
    const instruction = blankInstruction();
    if (!readInstruction(reader, instruction)) return undefined;
    const { opcode, start } = instruction;
    const isAccess = opcode >= op.firstLoad && opcode <= op.lastStore;
    const step: Step = {
      ...instruction,
      leaves: leavesOf(reader.bytes[start + 1]),
      endAt: steps.length,
      elseAt: 0,
      operation: operationOf(opcode),
      size: isAccess ? bytesOf(opcode) : 0,
    };
    if (opcode >= op.block && opcode <= op.if) open.push(step);
    else if (opcode === op.else) {
      const opened = open.at(-1);
      if (opened !== undefined) opened.elseAt = steps.length;
    } else if (opcode === op.end) close(open.pop(), steps);
    steps.push(step);
  }
  return steps;
}

function close(opened: Step | undefined, steps: readonly Step[]): void {
  if (opened === undefined) return;
  opened.endAt = steps.length;
  if (opened.elseAt === 0) opened.elseAt = steps.length;
  else {
    const otherwise = steps[opened.elseAt];
    if (otherwise !== undefined) otherwise.endAt = steps.length;
  }
}

/** The type of a block in one byte: nothing, a number; else the index of a type. */
function leavesOf(type = 0): number {
  if (type === 0x40) return 0;
  return type >= 0x7c && type <= 0x7f ? 1 : -1;
}
