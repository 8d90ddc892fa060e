/**
 * Rewrites a compiled C program so that every access to memory can be seen and preceded by an interrupt.
 *
 * - Before each load and store `check` gets the address, the site and the size, and returns the address
 *   to use: a hook may send a register's access somewhere else.
 * - At the head of each loop `tick` counts, so that a hang ends even in a loop that touches nothing; a
 *   loop that nothing leaves calls `round`, since the main loop of firmware is no hang.
 * - Around each call a global keeps a hash of the calls that led here, which says where a site was reached
 *   from.
 * - A function that is asked for, such as one that masks interrupts, calls `begins` first.
 *
 * The hooks are functions of the module itself, linked in from `hooks-source.ts`: no index shifts, so that
 * one pass over the code section is enough. Every other section is copied, without the debug sections:
 * lines are looked up by the place that a site had before.
 */
import { cErrors } from "../c-errors.js";
import { InputValues } from "./input-values.js";
import { Reader } from "./reader.js";
import {
  addedLocals,
  FunctionRewriter,
  type HookIndices,
  type Mark,
  type RewriteOptions,
  type RewriteState,
} from "./rewrite-function.js";
import { type ModuleLayout, plainName, readLayout, type Signature } from "./sections.js";
import type { Site } from "./site.js";
import { Writer } from "./writer.js";

/** A rewritten module. */
export interface Rewritten {
  /** The new module. */
  readonly bytes: Uint8Array;
  /** The marked instructions. */
  readonly sites: readonly Site[];
  /** Numbers that the program compares something with, in ascending order. */
  readonly constants: readonly number[];
  /** Numbers that matter to it by themselves: bits that it tests, indices, cases of a switch; in ascending order. */
  readonly singles: readonly number[];
  /** Constants of 32 bits in the code, which may be addresses of registers. */
  readonly addresses: ReadonlySet<number>;
  /** Accesses without a hook, as they are of a function's own frame. */
  readonly framed: number;
  /** The sites by their place in the new module, in ascending order. */
  readonly marks: readonly Mark[];
  /** Which functions are hooks, as indices. */
  readonly hookFunctions: ReadonlySet<number>;
  /** Functions that call `begins`, in the order of their numbers. */
  readonly announced: readonly string[];
}

/** The names of the hooks begin so. */
export const hookPrefix = "__esc_race_";

/** What is linked in and is no code of the user's: hooks, and what stands behind a driver's table. */
const runtimeNames =
  /^(?:__esc_|esc_chip_|esc_expire|esc_spec_of$|esc_start_at_by_delay$|esc_stop_sync_by_stop$)/;

/** The exported globals that the rewriter adds: i32 and i64, mutable, 0 at first. */
const addedGlobals = [
  { name: `${hookPrefix}path`, type: 0x7f, zero: 0x41 },
  { name: `${hookPrefix}caller`, type: 0x7f, zero: 0x41 },
  { name: `${hookPrefix}expected`, type: 0x7e, zero: 0x42 },
] as const;

/**
 * Rewrites a module that was linked with the hooks.
 *
 * @throws {@link CError} `bad-module` for one that cannot be rewritten.
 */
export function rewriteModule(bytes: Uint8Array, options: RewriteOptions): Rewritten {
  const layout = readLayout(bytes, "the compiled program");
  const hooks = findHooks(layout);
  const state: RewriteState = {
    ...{ sites: [], values: new InputValues(), addresses: new Set(), announced: [] },
    framed: 0,
  };
  const code = rewriteCode(layout, hooks, options, state);
  const out = new Writer(bytes.length * 2).copy(bytes.subarray(0, 8));
  const marks: Mark[] = [];
  for (const section of layout.sections) {
    if (section.id === 0) continue;
    const payload = payloadOf(layout, section, code.payload);
    out.byte(section.id).unsigned(payload.length);
    if (section.id === 10) {
      for (const { at, site } of code.marks) marks.push({ at: out.length + at, site });
    }
    out.copy(payload);
  }
  return {
    bytes: out.bytes().slice(),
    sites: state.sites,
    constants: [...state.values.compared].sort((one, other) => one - other),
    singles: [...state.values.single].sort((one, other) => one - other),
    addresses: state.addresses,
    framed: state.framed,
    marks,
    hookFunctions: code.hookFunctions,
    announced: state.announced,
  };
}

function findHooks({ exports, globalCount }: ModuleLayout): HookIndices {
  const index = (name: string): number => {
    const found = exports.get(hookPrefix + name);
    if (found === undefined) throw cErrors.noHooks({ name: hookPrefix + name });
    return found;
  };
  return {
    check: index("check"),
    stored: index("stored"),
    tick: index("tick"),
    round: index("round"),
    begins: index("begins"),
    path: globalCount,
    caller: globalCount + 1,
    expected: globalCount + 2,
  };
}

function payloadOf(
  { bytes, globalCount }: ModuleLayout,
  { id, start, end }: { readonly id: number; readonly start: number; readonly end: number },
  code: Uint8Array,
): Uint8Array {
  if (id === 10) return code;
  const entries = new Writer();
  if (id === 6) {
    for (const { type, zero } of addedGlobals) entries.byte(type, 1, zero, 0, 0x0b);
  } else if (id === 7) {
    for (const [place, added] of addedGlobals.entries()) {
      const name = new TextEncoder().encode(added.name);
      entries.unsigned(name.length).copy(name);
      entries.byte(3).unsigned(globalCount + place);
    }
  } else return bytes.subarray(start, end);
  const reader = new Reader(bytes, start);
  const count = reader.unsigned();
  return new Writer(end - start + entries.length + 8)
    .unsigned(count + addedGlobals.length)
    .copy(bytes.subarray(reader.at, end))
    .copy(entries.bytes())
    .bytes();
}

/** The code section's new payload, and where in it the calls are. */
function rewriteCode(
  layout: ModuleLayout,
  hooks: HookIndices,
  options: RewriteOptions,
  state: RewriteState,
): {
  readonly payload: Uint8Array;
  readonly marks: readonly Mark[];
  readonly hookFunctions: ReadonlySet<number>;
} {
  const { bytes, sections, types, typeOf, imports, names } = layout;
  const section = sections.find(({ id }) => id === 10);
  if (section === undefined) throw cErrors.noHooks({ name: "a code section" });
  const signature = (type = 0) => types[type] ?? { takes: [], returns: [] };
  const callTypes = {
    signatureOf: (index: number) => signature(typeOf[index]),
    typeAt: signature,
    nameOf: (index: number) => plainName(names.get(index) ?? `function ${index}`),
  };
  const reader = new Reader(bytes, section.start);
  const count = reader.unsigned();
  const out = new Writer((section.end - section.start) * 2).unsigned(count);
  const marks: Mark[] = [];
  const hookFunctions = new Set<number>();
  for (let place = 0; place < count; place += 1) {
    const size = reader.unsigned();
    const end = reader.at + size;
    const index = imports.length + place;
    const name = callTypes.nameOf(index);
    if (runtimeNames.test(name)) {
      hookFunctions.add(index);
      out.unsigned(size).copy(bytes.subarray(reader.at, end));
    } else if (name.startsWith(mismatch)) {
      const wanted = [...names].find(([, each]) => each === name.slice(mismatch.length))?.[0];
      const body = adapter(callTypes.signatureOf(index), wanted, callTypes.signatureOf);
      out.unsigned(body.length).copy(body);
    } else {
      const groups = readLocals(reader);
      const own = groups.reduce((sum, group) => sum + group.count, 0);
      const { takes } = callTypes.signatureOf(index);
      const localCount = takes.length + own;
      const body = {
        name,
        takesNumber: takes[0] === 0x7f,
        bytes,
        start: reader.at,
        end,
        codeStart: section.start,
        localCount,
      };
      const code = new Writer(size * 3);
      writeLocals(code, groups);
      const found = new FunctionRewriter(body, callTypes, hooks, options, state).write(code);
      out.unsigned(code.length);
      for (const { at, site } of found) marks.push({ at: out.length + at, site });
      out.copy(code.bytes());
    }
    reader.at = end;
  }
  return { payload: out.bytes(), marks, hookFunctions };
}

/** How the linker begins the name of what it puts in the place of a function that is called with another type than it has. */
const mismatch = "signature_mismatch:";

/** Calls a function of another type, as other processors would: what is missing is 0, what is too much is left out. */
function adapter(
  given: Signature,
  wanted: number | undefined,
  signatureOf: (index: number) => Signature,
): Uint8Array {
  const out = new Writer(32).byte(0);
  if (wanted === undefined) return out.byte(0, 0x0b).bytes();
  const { takes, returns } = signatureOf(wanted);
  for (const [place, type] of takes.entries()) {
    if (given.takes[place] === type) out.byte(0x20).unsigned(place);
    else zero(out, type);
  }
  out.byte(0x10).unsigned(wanted);
  const [result] = given.returns;
  if (result !== returns[0]) {
    if (returns.length > 0) out.byte(0x1a);
    if (result !== undefined) zero(out, result);
  }
  return out.byte(0x0b).bytes();
}

const numberTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d } as const;

/** Writes the constant 0 of a type. */
function zero(out: Writer, type: number): void {
  if (type === numberTypes.i32) out.byte(0x41, 0);
  else if (type === numberTypes.i64) out.byte(0x42, 0);
  else if (type === numberTypes.f32) out.byte(0x43, 0, 0, 0, 0);
  else out.byte(0x44, 0, 0, 0, 0, 0, 0, 0, 0);
}

interface LocalGroup {
  readonly count: number;
  readonly type: number;
}

function readLocals(reader: Reader): readonly LocalGroup[] {
  const count = reader.unsigned();
  return Array.from({ length: count }, () => ({ count: reader.unsigned(), type: reader.byte() }));
}

/** The function's own locals, and those of the rewriter behind them. */
function writeLocals(out: Writer, groups: readonly LocalGroup[]): void {
  out.unsigned(groups.length + addedLocals.length);
  for (const { count, type } of groups) out.unsigned(count).byte(type);
  for (const type of addedLocals) out.byte(1, type);
}
