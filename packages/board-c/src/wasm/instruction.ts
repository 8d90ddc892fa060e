import type { Reader } from "./reader.js";

/** One instruction, as far as rewriting needs it. Reused for the next one. */
export interface Instruction {
  /** Its first byte. */
  opcode: number;
  /** The number behind the prefix 0xfc or 0xfe; -1 without a prefix. */
  sub: number;
  /** Where it begins. */
  start: number;
  /** An index (of a local, a global, a function, a type, a branch) or the offset of an access. */
  index: number;
  /** The value of a constant of whole numbers. */
  constant: number;
  /** Branches of a table, the default last; empty for everything else. */
  targets: readonly number[];
}

/** Opcodes that the rewriter names. */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  select: 0x1b,
  selectTyped: 0x1c,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  firstLoad: 0x28,
  lastLoad: 0x35,
  firstStore: 0x36,
  lastStore: 0x3e,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i32Or: 0x72,
  i64ExtendI32: 0xad,
  atomic: 0xfe,
} as const;

const none: readonly number[] = [];

/** An instruction to read into. */
export function blankInstruction(): Instruction {
  return { opcode: 0, sub: -1, start: 0, index: 0, constant: 0, targets: none };
}

/** Reads the next instruction, and returns whether it is one that can be rewritten. */
export function readInstruction(reader: Reader, into: Instruction): boolean {
  into.start = reader.at;
  into.sub = -1;
  const opcode = reader.byte();
  into.opcode = opcode;
  if (opcode <= op.return) return readControl(reader, into);
  if (opcode >= op.localGet && opcode <= op.globalSet) into.index = reader.unsigned();
  else if (opcode >= op.firstLoad && opcode <= op.lastStore) {
    reader.unsigned();
    into.index = reader.unsigned();
  } else if (opcode === op.call) into.index = reader.unsigned();
  else if (opcode === op.callIndirect) {
    into.index = reader.unsigned();
    reader.unsigned();
  } else if (opcode === op.selectTyped) {
    for (let left = reader.unsigned(); left > 0; left -= 1) reader.byte();
  } else if (opcode === op.memorySize || opcode === op.memoryGrow) reader.byte();
  else if (opcode === op.i32Const || opcode === op.i64Const) into.constant = reader.signed();
  else if (opcode === op.f32Const) reader.skip(4);
  else if (opcode === op.f64Const) reader.skip(8);
  else if (opcode === 0xfc) {
    into.sub = reader.unsigned();
    return into.sub < 8;
  } else if (opcode === op.atomic) return readAtomic(reader, into);
  else return opcode === op.drop || opcode === op.select || (opcode >= 0x45 && opcode <= 0xc4);
  return true;
}

/** What an instruction of atomic accesses does. */
export type AtomicKind = "load" | "store" | "update" | "exchange if equal" | "fence" | "other";

/** What it does, by the number behind the prefix. Waiting for other threads is not for us. */
export function atomicKind(sub: number): AtomicKind {
  if (sub === 0x03) return "fence";
  if (sub < 0x10 || sub > 0x4e) return "other";
  if (sub < 0x17) return "load";
  if (sub < 0x1e) return "store";
  return sub < 0x48 ? "update" : "exchange if equal";
}

/** Each family of atomic accesses has seven widths: bytes, and whether the values are of 64 bits. */
const atomicWidths = [
  [4, false],
  [8, true],
  [1, false],
  [2, false],
  [1, true],
  [2, true],
  [4, true],
] as const;

/** How many bytes an atomic access touches, and whether its values are of 64 bits. */
export function atomicWidth(sub: number): { readonly size: number; readonly isLong: boolean } {
  const [size, isLong] = atomicWidths[(sub - 0x10) % 7] ?? [4, false];
  return { size, isLong };
}

function readAtomic(reader: Reader, into: Instruction): boolean {
  into.sub = reader.unsigned();
  const kind = atomicKind(into.sub);
  if (kind === "fence") reader.byte();
  else {
    reader.unsigned();
    into.index = reader.unsigned();
  }
  return kind !== "other";
}

function readControl(reader: Reader, into: Instruction): boolean {
  switch (into.opcode) {
    case op.block:
    case op.loop:
    case op.if:
      // A type of a block is one byte, or the index of a function type.
      reader.signed();
      return true;
    case op.br:
    case op.brIf:
      into.index = reader.unsigned();
      return true;
    case op.brTable: {
      const count = reader.unsigned() + 1;
      into.targets = Array.from({ length: count }, () => reader.unsigned());
      return true;
    }
    default:
      return [op.unreachable, 0x01, op.else, op.end, op.return].some(
        (code) => code === into.opcode,
      );
  }
}

/** How many bytes each load and store touches. */
const accessBytes = [...[4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4], ...[4, 8, 4, 8, 1, 2, 1, 2, 4]];

/** The number of bytes of a load or store. */
export function bytesOf(opcode: number): number {
  return accessBytes[opcode - op.firstLoad] ?? 0;
}

/** The value that each store takes: 0 i32, 1 i64, 2 f32, 3 f64. */
const storedTypes = [0, 1, 2, 3, 0, 0, 1, 1, 1];

/** Which of the four number types a store takes: 0 i32, 1 i64, 2 f32, 3 f64. */
export function storedType(opcode: number): number {
  return storedTypes[opcode - op.firstStore] ?? 0;
}

/** Whether an instruction compares two whole numbers. */
export function isComparison(opcode: number): boolean {
  return (opcode >= 0x46 && opcode <= 0x4f) || (opcode >= 0x51 && opcode <= 0x5a);
}

/** How many operands a plain instruction of numbers takes; each leaves one. */
export function operandCount({ opcode, sub }: Instruction): 1 | 2 {
  if (sub >= 0) return 1;
  const binary =
    (opcode >= 0x46 && opcode <= 0x66 && opcode !== 0x50) ||
    (opcode >= 0x6a && opcode <= 0x78) ||
    (opcode >= 0x7c && opcode <= 0x8a) ||
    (opcode >= 0x92 && opcode <= 0x98) ||
    (opcode >= 0xa0 && opcode <= 0xa6);
  return binary ? 2 : 1;
}
