import { cErrors } from "../c-errors.js";
import type { InputValues } from "./input-values.js";
import {
  atomicKind,
  atomicWidth,
  blankInstruction,
  bytesOf,
  type Instruction,
  isComparison,
  op,
  readInstruction,
  storedType,
} from "./instruction.js";
import { endlessLoops } from "./loops.js";
import { type CallTypes, Operands } from "./operands.js";
import { Reader } from "./reader.js";
import { access, type Site, type SiteKind } from "./site.js";
import type { Writer } from "./writer.js";

/** The module's own functions that rewritten code calls, and the global that it keeps, as indices. */
export interface HookIndices {
  /** `(address, site, size and kind) -> address to use`, before each access. */
  readonly check: number;
  /** `(site)`, after each store that may be a torn one. */
  readonly stored: number;
  /** At the head of each loop. */
  readonly tick: number;
  /** `(site)`, at the head of a loop that nothing leaves. */
  readonly round: number;
  /** `(function, first argument)`, at the begin of a function that is asked for. */
  readonly begins: number;
  /** A global: a hash of the calls that led here; its lowest bit is set within a loop. */
  readonly path: number;
  /** A global: the site of the last call. */
  readonly caller: number;
  /** A global: what the last access that compares expected, as 64 bits. */
  readonly expected: number;
}

/** What rewriting collects over all functions. */
export interface RewriteState {
  /** Marked instructions. */
  readonly sites: Site[];
  /** Numbers that the program compares something with. */
  readonly values: InputValues;
  /** Constants that may be addresses beyond the program's data. */
  readonly addresses: Set<number>;
  /** Functions that call `begins`. */
  readonly announced: string[];
  /** Accesses that got no hook, as they are of the function's own frame. */
  framed: number;
}

/** A function before it is rewritten. */
export interface FunctionBody {
  /** Its name, for messages. */
  readonly name: string;
  /** Whether its first argument is a number of 32 bits. */
  readonly takesNumber: boolean;
  /** The bytes it is in. */
  readonly bytes: Uint8Array;
  /** Its first instruction. */
  readonly start: number;
  /** The byte behind its last one. */
  readonly end: number;
  /** The first byte of the code section's payload. */
  readonly codeStart: number;
  /** How many locals and arguments it has. */
  readonly localCount: number;
}

/** What a rewriter may be asked for. */
export interface RewriteOptions {
  /** Stores of more bytes than this may be torn. */
  readonly wordBytes: number;
  /** Addresses from here on are no registers: data begins. */
  readonly dataStart: number;
  /** Whether a function calls `begins`. */
  readonly announces: (name: string) => boolean;
}

/** Instructions between a load and the store of the same place, as in `PORT |= 4`. */
const STORED_BACK_WITHIN = 8;

/** Where a site is in rewritten code. */
export interface Mark {
  /** Its place in the bytes that were written. */
  readonly at: number;
  /** The site. */
  readonly site: number;
}

/** How far the loops and blocks of a function are open. */
interface Nesting {
  /** For each open block whether it is a loop. */
  readonly open: boolean[];
  /** How many of them are loops. */
  loops: number;
}

/**
 * The locals that are added behind those of a function: an i32, an i64, an f32 and an f64 for values, an i32 for the
 * path, and an i32 and an i64 for the second value of an atomic access.
 */
export const addedLocals = [0x7f, 0x7e, 0x7d, 0x7c, 0x7f, 0x7f, 0x7e] as const;

/** What the hook gets of an atomic access. */
const effectOf = {
  load: 0,
  store: access.write,
  update: access.write | access.update,
  "exchange if equal": access.write | access.update | access.ifEqual,
  fence: 0,
  other: 0,
} as const;

/** Rewrites one function. */
export class FunctionRewriter {
  readonly #body: FunctionBody;
  readonly #types: CallTypes;
  readonly #hooks: HookIndices;
  readonly #options: RewriteOptions;
  readonly #state: RewriteState;
  readonly #nesting: Nesting = { open: [], loops: 0 };
  readonly #marks: Mark[] = [];
  #escaped = false;
  #hasCalls = false;
  /** It calls a function that is asked for, and need not say anything itself. */
  #callsAnnounced = false;

  /** For one function of a module. */
  constructor(
    body: FunctionBody,
    types: CallTypes,
    hooks: HookIndices,
    options: RewriteOptions,
    state: RewriteState,
  ) {
    this.#body = body;
    this.#types = types;
    this.#hooks = hooks;
    this.#options = options;
    this.#state = state;
  }

  /** Writes the new instructions; returns where in the writer the sites are. */
  write(out: Writer): readonly Mark[] {
    this.#survey();
    const { bytes, start, end } = this.#body;
    const endless = endlessLoops(new Reader(bytes, start), end);
    const reader = new Reader(bytes, start);
    const operands = new Operands(this.#types);
    const instruction = blankInstruction();
    if (this.#hasCalls) {
      out.byte(op.globalGet).unsigned(this.#hooks.path);
      out.byte(op.localSet).unsigned(this.#body.localCount + 4);
    }
    if (this.#options.announces(this.#body.name) && !this.#callsAnnounced) this.#announce(out);
    const { values } = this.#state;
    values.restart();
    while (reader.at < end) {
      readInstruction(reader, instruction);
      operands.step(instruction);
      const { opcode } = instruction;
      values.step(instruction);
      if (opcode === op.i32Const) this.#state.addresses.add(instruction.constant >>> 0);
      this.#nest(opcode);
      if (!this.#emit(out, instruction, operands, reader.at)) {
        out.copy(bytes.subarray(instruction.start, reader.at));
        if (opcode === op.loop) this.#head(out, instruction, endless.has(instruction.start));
      }
    }
    return this.#marks;
  }

  #announce(out: Writer): void {
    const { name, takesNumber } = this.#body;
    const number = this.#state.announced.push(name) - 1;
    out.byte(op.i32Const).signed(number);
    if (takesNumber) out.byte(op.localGet).unsigned(0);
    else out.byte(op.i32Const).signed(-1);
    out.byte(op.call).unsigned(this.#hooks.begins);
  }

  /** A first pass: whether the frame escapes, and whether every instruction is known. */
  #survey(): void {
    const { bytes, start, end, name } = this.#body;
    const reader = new Reader(bytes, start);
    const operands = new Operands(this.#types);
    const instruction = blankInstruction();
    while (reader.at < end) {
      if (!readInstruction(reader, instruction)) {
        const opcode = (bytes[instruction.start] ?? 0).toString(16);
        throw cErrors.unknownInstruction({ place: name, opcode });
      }
      operands.step(instruction);
      if (instruction.opcode === op.call || instruction.opcode === op.callIndirect) {
        this.#hasCalls = true;
      }
      if (instruction.opcode === op.call) {
        this.#callsAnnounced ||= this.#options.announces(this.#types.nameOf(instruction.index));
      }
    }
    this.#escaped = operands.escaped;
  }

  #nest(opcode: number): void {
    const { open } = this.#nesting;
    if (opcode >= op.block && opcode <= op.if) {
      open.push(opcode === op.loop);
      if (opcode === op.loop) this.#nesting.loops += 1;
    } else if (opcode === op.end && open.pop()) this.#nesting.loops -= 1;
  }

  #site(kind: SiteKind, start: number, size = 0): number {
    const inLoop = this.#nesting.loops > 0;
    const at = start - this.#body.codeStart;
    return this.#state.sites.push({ function: this.#body.name, kind, size, at, inLoop }) - 1;
  }

  /** Writes what replaces an instruction, if anything does. */
  #emit(out: Writer, instruction: Instruction, operands: Operands, behind: number): boolean {
    const { opcode } = instruction;
    if (opcode === op.call || opcode === op.callIndirect) {
      this.#call(out, instruction);
      return true;
    }
    const isAtomic = opcode === op.atomic && atomicKind(instruction.sub) !== "fence";
    if (!isAtomic && (opcode < op.firstLoad || opcode > op.lastStore)) return false;
    if (operands.address === "frame" && !this.#escaped) {
      this.#state.framed += 1;
      return false;
    }
    const { address, addressConstant } = operands;
    const fixed = address === "constant" ? (addressConstant + instruction.index) >>> 0 : 0;
    const register = fixed > 0 && fixed < this.#options.dataStart ? access.register : 0;
    if (isAtomic) this.#atomic(out, instruction, register);
    else if (opcode <= op.lastLoad) this.#load(out, instruction, register, behind);
    else this.#store(out, instruction, register);
    return true;
  }

  #load(out: Writer, loaded: Instruction, register: number, behind: number): void {
    const { opcode, start, index } = loaded;
    const size = bytesOf(opcode);
    const modifies = this.#isStoredBack(loaded, behind) ? access.modifies : 0;
    this.#check(out, index, this.#site("load", start, size), size | register | modifies);
    out.byte(opcode, 0, 0);
  }

  /** Whether what is loaded goes back to its place at once, with a constant in it: `PORT |= 4`. */
  #isStoredBack({ index }: Instruction, behind: number): boolean {
    // Without an offset it is any pointer's place.
    if (index === 0) return false;
    const { bytes, end } = this.#body;
    const reader = new Reader(bytes, behind);
    const next = blankInstruction();
    for (let left = STORED_BACK_WITHIN; left > 0 && reader.at < end; left -= 1) {
      readInstruction(reader, next);
      const { opcode } = next;
      if (opcode >= op.firstStore && opcode <= op.lastStore) return next.index === index;
      if (opcode < op.localGet || isComparison(opcode)) return false;
    }
    return false;
  }

  #store(out: Writer, { opcode, start, index }: Instruction, register: number): void {
    const size = bytesOf(opcode);
    const site = this.#site("store", start, size);
    const value = this.#body.localCount + storedType(opcode);
    out.byte(op.localSet).unsigned(value);
    this.#check(out, index, site, size | access.write | register);
    out.byte(op.localGet).unsigned(value).byte(opcode, 0, 0);
    if (size <= this.#options.wordBytes) return;
    out.byte(op.i32Const).signed(site).byte(op.call).unsigned(this.#hooks.stored);
  }

  /** An access that nothing splits: its values are put aside while the hook is called. */
  #atomic(out: Writer, { sub, start, index }: Instruction, register: number): void {
    const kind = atomicKind(sub);
    const { size, isLong } = atomicWidth(sub);
    const first = this.#body.localCount + (isLong ? 1 : 0);
    const second = this.#body.localCount + (isLong ? 6 : 5);
    const isTwo = kind === "exchange if equal";
    if (isTwo) out.byte(op.localSet).unsigned(second);
    if (kind !== "load") out.byte(op.localSet).unsigned(first);
    if (isTwo) {
      out.byte(op.localGet).unsigned(first);
      if (!isLong) out.byte(op.i64ExtendI32);
      out.byte(op.globalSet).unsigned(this.#hooks.expected);
    }
    const writes = effectOf[kind];
    const site = this.#site(kind === "load" ? "load" : "store", start, size);
    this.#check(out, index, site, size | register | access.whole | writes);
    if (kind !== "load") out.byte(op.localGet).unsigned(first);
    if (isTwo) out.byte(op.localGet).unsigned(second);
    out.byte(op.atomic).unsigned(sub).byte(Math.log2(size), 0);
  }

  #check(out: Writer, offset: number, site: number, kind: number): void {
    this.#marks.push({ at: out.length, site });
    if (offset > 0) out.byte(op.i32Const).signed(offset).byte(op.i32Add);
    out.byte(op.i32Const).signed(site).byte(op.i32Const).signed(kind);
    out.byte(op.call).unsigned(this.#hooks.check);
  }

  #head(out: Writer, { start }: Instruction, endless: boolean): void {
    const site = this.#site("loop", start);
    this.#marks.push({ at: out.length, site });
    if (endless) {
      out.byte(op.i32Const).signed(site);
      out.byte(op.call).unsigned(this.#hooks.round);
    } else out.byte(op.call).unsigned(this.#hooks.tick);
  }

  /** The path is what it was at the function's begin, with this call mixed in; then what it was again. */
  #call(out: Writer, { start }: Instruction): void {
    const { path } = this.#hooks;
    const saved = this.#body.localCount + 4;
    const site = this.#site("call", start);
    out.byte(op.localGet).unsigned(saved);
    out.byte(op.i32Const).signed(0x9e3779b1).byte(op.i32Mul);
    out
      .byte(op.i32Const)
      .signed(2 * site + 2)
      .byte(op.i32Add);
    if (this.#nesting.loops > 0) out.byte(op.i32Const, 1, op.i32Or);
    out.byte(op.globalSet).unsigned(path);
    out.byte(op.i32Const).signed(site).byte(op.globalSet).unsigned(this.#hooks.caller);
    this.#marks.push({ at: out.length, site });
    out.copy(this.#body.bytes.subarray(start, this.#callEnd(start)));
    out.byte(op.localGet).unsigned(saved).byte(op.globalSet).unsigned(path);
  }

  #callEnd(start: number): number {
    const reader = new Reader(this.#body.bytes, start);
    readInstruction(reader, blankInstruction());
    return reader.at;
  }
}
