import type { Capability } from "./board.js";
import type { OpName } from "./program.js";

/** What an argument of an operation is, and so how it is written and what range it has. */
export type FieldKind =
  /** Index into `timers`; one byte. */
  | "timer"
  /** Index into `interrupts`; one byte. */
  | "interrupt"
  /** Register 0 to 3; one byte. */
  | "register"
  /** A number from 0 to 255; one byte. */
  | "id"
  /** A constant or the sweep variable plus a constant; a varint and a bit of the opcode byte. */
  | "operand"
  /** A constant of 1 or more; a varint. */
  | "count"
  /** A list of operations, after its length in bytes as a varint. */
  | "body";

/** One argument of an operation. */
export interface OpField {
  /** Its member in the operation. */
  readonly name: string;
  /** What it is. */
  readonly kind: FieldKind;
  /** For an operand: the bit of the opcode byte that says the sweep variable is added. */
  readonly variableBit?: number;
}

/** The lists that an operation may stand in. */
export type OpPlace =
  /** Every list. */
  | "anywhere"
  /** The main list and a repeat's body. */
  | "thread"
  /** The main list itself. */
  | "main"
  /** A timer's handler. */
  | "handler";

/** How one operation is written, where it may stand, and what a board must be able to do for it. */
export interface OpSchema {
  /** Its name. */
  readonly op: OpName;
  /** Its byte, with bits 6 and 7 clear. */
  readonly opcode: number;
  /** Its arguments in the order they are written. */
  readonly fields: readonly OpField[];
  /** Where it may stand. */
  readonly place: OpPlace;
  /** Without this capability it is refused as `not-supported`. */
  readonly needs?: Capability;
}

/** Bit of the opcode byte: the last operand is the sweep variable plus the number given. */
export const lastOperandBit = 0x80;
/** Bit of the opcode byte: `back` of `startAt` is the sweep variable plus the number given. */
export const backOperandBit = 0x40;

const timer: OpField = { name: "timer", kind: "timer" };
const register: OpField = { name: "register", kind: "register" };
const operand = (name: string, variableBit = lastOperandBit): OpField => ({
  name,
  kind: "operand",
  variableBit,
});

type Options = { readonly place?: OpPlace; readonly needs?: Capability };

function schema(op: OpName, opcode: number, fields: OpField[], options: Options = {}): OpSchema {
  return { op, opcode, fields, place: "anywhere", ...options };
}

/**
 * Every operation, by opcode: the one table behind validation, the codec and the C header.
 *
 * The order is the order of `docs/wire.md`; an opcode once given keeps its meaning.
 */
export const opSchemas: readonly OpSchema[] = [
  schema("init", 0x01, [timer]),
  schema("start", 0x02, [timer]),
  schema("startAt", 0x03, [timer, register, operand("back", backOperandBit), operand("delta")], {
    needs: "start-at",
  }),
  schema("stop", 0x04, [timer]),
  schema("stopSync", 0x05, [timer, operand("timeout")], { needs: "stop-sync" }),
  schema("shutdown", 0x06, [timer], { needs: "shutdown" }),
  schema("deinit", 0x07, [timer]),
  schema("setPeriod", 0x08, [timer, operand("period")], { needs: "set-period" }),
  schema("remaining", 0x09, [timer], { needs: "remaining" }),
  schema("pending", 0x0a, [timer]),
  schema("overruns", 0x0b, [timer], { needs: "overrun-policy" }),
  schema("count", 0x0c, [timer]),
  schema("spawn", 0x0d, [timer], { needs: "spawn" }),
  schema("read", 0x10, []),
  schema("capture", 0x11, [register]),
  schema("readMany", 0x12, [operand("count")]),
  schema("mask", 0x13, [], { needs: "mask" }),
  schema("restore", 0x14, [], { needs: "mask" }),
  schema("enabled", 0x15, [], { needs: "mask" }),
  schema("spin", 0x16, [operand("ticks")]),
  schema("sleep", 0x17, [operand("ticks")], { place: "thread" }),
  schema("phase", 0x18, [operand("counter")], { place: "thread", needs: "phase" }),
  schema("interrupt", 0x19, [{ name: "interrupt", kind: "interrupt" }, operand("delay")], {
    needs: "second-interrupt",
  }),
  schema("service", 0x1a, [], { needs: "soft" }),
  schema("collect", 0x1b, [], { needs: "spawn" }),
  schema("deinitAll", 0x1c, []),
  schema("mark", 0x1d, [{ name: "id", kind: "id" }]),
  schema("stats", 0x1e, [], { needs: "stats" }),
  schema("throw", 0x1f, [], { place: "handler", needs: "exceptions" }),
  schema("when", 0x20, [{ name: "count", kind: "count" }], { place: "handler" }),
  schema("repeat", 0x21, [operand("count"), { name: "body", kind: "body" }], { place: "main" }),
];

const byName = new Map<string, OpSchema>(opSchemas.map((each) => [each.op, each]));
const byOpcode = new Map<number, OpSchema>(opSchemas.map((each) => [each.opcode, each]));

/** The schema of an operation's name; absent for a name that is none. */
export function schemaOf(op: string): OpSchema | undefined {
  return byName.get(op);
}

/** The schema of an opcode without its flag bits; absent for a byte that is none. */
export function schemaOfOpcode(opcode: number): OpSchema | undefined {
  return byOpcode.get(opcode);
}
