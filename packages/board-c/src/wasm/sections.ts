import { cErrors } from "../c-errors.js";
import { Reader } from "./reader.js";
import { Writer } from "./writer.js";

/** A section of a module: where its payload is. */
export interface Section {
  /** What sort; 0 is a custom section. */
  readonly id: number;
  /** Of a custom section. */
  readonly name: string;
  /** First byte of the payload, behind the name of a custom section. */
  readonly start: number;
  /** First byte behind it. */
  readonly end: number;
}

/** What calls one function takes and returns, as value types. */
export interface Signature {
  /** Types of the arguments. */
  readonly takes: readonly number[];
  /** Types of the results. */
  readonly returns: readonly number[];
}

/** A function that the module imports. */
interface ImportedFunction {
  /** The module it is from. */
  readonly module: string;
  /** Its name. */
  readonly name: string;
  /** Its type, as an index. */
  readonly type: number;
}

/** The parts of a module that a rewriter needs, in the module's own bytes. */
export interface ModuleLayout {
  /** The whole module. */
  readonly bytes: Uint8Array;
  /** All sections, in order. */
  readonly sections: readonly Section[];
  /** All function types. */
  readonly types: readonly Signature[];
  /** Imported functions; their indices come first. */
  readonly imports: readonly ImportedFunction[];
  /** The type of each function, imported ones included, as an index. */
  readonly typeOf: readonly number[];
  /** Exported functions: their indices by name. */
  readonly exports: ReadonlyMap<string, number>;
  /** Functions that have a pointer, as indices, by the pointer. */
  readonly pointers: ReadonlyMap<number, number>;
  /** Names of functions, as far as the module has them. */
  readonly names: ReadonlyMap<number, string>;
  /** How many globals there are. */
  readonly globalCount: number;
}

/** The name that C++ gave a function outside of classes, without the types that its symbol has; others as they are. */
export function plainName(symbol: string): string {
  const [, length, rest] = /^_Z(\d+)([A-Za-z_].*)$/.exec(symbol) ?? [];
  // Of a function without a name in another one the linker writes `setup()::$_0::__invoke()`.
  const [, outer, number] = /^(\w+)\(.*?\)::(?:\$_|'lambda)(\d*)/.exec(symbol) ?? [];
  if (outer !== undefined) return `${outer} lambda ${Number(number) + 1}`;
  // The linker writes `tick(int)` into the section of names.
  return rest === undefined ? symbol.replace(/\(.*$/, "") : rest.slice(0, Number(length));
}

const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/**
 * Finds the sections of a module.
 *
 * @throws {@link CError} `bad-module` for bytes that are none.
 */
export function findSections(bytes: Uint8Array, file: string): readonly Section[] {
  if (magic.some((byte, at) => bytes[at] !== byte)) {
    const version = bytes[4] !== 1 && magic.slice(0, 4).every((byte, at) => bytes[at] === byte);
    const reason = version ? `its version is ${bytes[4]}, not 1` : "it does not begin as one";
    throw cErrors.noModule({ file, reason });
  }
  const reader = new Reader(bytes, magic.length);
  const sections: Section[] = [];
  try {
    while (reader.at < bytes.length) {
      const id = reader.byte();
      const size = reader.unsigned();
      const end = reader.at + size;
      if (end > bytes.length) throw new RangeError(`a section ends behind the module`);
      const name = id === 0 ? reader.text() : "";
      sections.push({ id, name, start: reader.at, end });
      reader.at = end;
    }
  } catch (cause) {
    throw cErrors.noModule({ file, reason: textOf(cause) }, { cause });
  }
  return sections;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Reads all that a rewriter needs of a module.
 *
 * @throws {@link CError} `bad-module` for bytes that are none.
 */
export function readLayout(bytes: Uint8Array, file: string): ModuleLayout {
  const sections = findSections(bytes, file);
  const payload = (id: number): Reader | undefined => {
    const found = sections.find((section) => section.id === id);
    return found && new Reader(bytes, found.start);
  };
  try {
    const imports = readImports(payload(2));
    const typeOf = imports.functions.map(({ type }) => type);
    const own = payload(3);
    for (let left = own?.unsigned() ?? 0; left > 0; left -= 1) typeOf.push(own?.unsigned() ?? 0);
    return {
      bytes,
      sections,
      types: readTypes(payload(1)),
      imports: imports.functions,
      typeOf,
      exports: readExports(payload(7)),
      pointers: readPointers(payload(9)),
      names: readNames(bytes, sections),
      globalCount: imports.globalCount + (payload(6)?.unsigned() ?? 0),
    };
  } catch (cause) {
    throw cErrors.noModule({ file, reason: textOf(cause) }, { cause });
  }
}

function readTypes(reader: Reader | undefined): Signature[] {
  const types: Signature[] = [];
  for (let left = reader?.unsigned() ?? 0; reader && left > 0; left -= 1) {
    reader.byte();
    const list = () => Array.from({ length: reader.unsigned() }, () => reader.byte());
    types.push({ takes: list(), returns: list() });
  }
  return types;
}

function readImports(reader: Reader | undefined): {
  readonly functions: readonly ImportedFunction[];
  readonly globalCount: number;
} {
  const functions: ImportedFunction[] = [];
  let globalCount = 0;
  for (let left = reader?.unsigned() ?? 0; reader && left > 0; left -= 1) {
    const module = reader.text();
    const name = reader.text();
    const kind = reader.byte();
    if (kind === 0) functions.push({ module, name, type: reader.unsigned() });
    else if (kind === 3) {
      reader.skip(2);
      globalCount += 1;
    } else {
      // A table has the type of its elements before its limits, a memory has not.
      if (kind === 1) reader.byte();
      const hasMost = (reader.byte() & 1) !== 0;
      reader.unsigned();
      if (hasMost) reader.unsigned();
    }
  }
  return { functions, globalCount };
}

function readExports(reader: Reader | undefined): Map<string, number> {
  const exports = new Map<string, number>();
  for (let left = reader?.unsigned() ?? 0; reader && left > 0; left -= 1) {
    const name = reader.text();
    const kind = reader.byte();
    const index = reader.unsigned();
    if (kind === 0) exports.set(name, index);
  }
  return exports;
}

/** Segments of the one table that clang makes: a constant where they begin, then functions. */
function readPointers(reader: Reader | undefined): Map<number, number> {
  const pointers = new Map<number, number>();
  for (let left = reader?.unsigned() ?? 0; reader && left > 0; left -= 1) {
    if (reader.unsigned() !== 0) return pointers;
    reader.skip(1);
    let pointer = reader.signed();
    reader.skip(1);
    for (let more = reader.unsigned(); more > 0; more -= 1) {
      pointers.set(pointer, reader.unsigned());
      pointer += 1;
    }
  }
  return pointers;
}

function readNames(bytes: Uint8Array, sections: readonly Section[]): Map<number, string> {
  const names = new Map<number, string>();
  const section = sections.find(({ id, name }) => id === 0 && name === "name");
  if (section === undefined) return names;
  const reader = new Reader(bytes, section.start);
  while (reader.at < section.end) {
    const kind = reader.byte();
    const size = reader.unsigned();
    const end = reader.at + size;
    if (kind === 1) {
      for (let left = reader.unsigned(); left > 0; left -= 1) {
        names.set(reader.unsigned(), reader.text());
      }
    }
    reader.at = end;
  }
  return names;
}

/** A custom section, ready to be put at the end of a module. */
export function customSection(name: string, payload: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(name);
  const inner = new Writer().unsigned(text.length).copy(text).copy(payload).bytes();
  return new Writer().byte(0).unsigned(inner.length).copy(inner).bytes();
}
