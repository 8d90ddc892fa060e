import type { Section } from "../wasm/sections.js";
import { attribute, type DebugEntry, type DebugInfo, readDebugInfo, tag } from "./debug-entries.js";

/** A variable that keeps its place: a global one, or a static one of a function. */
export interface Variable {
  /** Its name in C. */
  readonly name: string;
  /** Its first byte. */
  readonly address: number;
  /** How many bytes it has; at least 1. */
  readonly size: number;
}

/** A variable with its type. */
interface TypedVariable extends Variable {
  readonly type: DebugEntry | undefined;
}

/** The most parts of variables that are listed. */
const SCALARS_MAX = 200_000;

/** A part of a variable that one access reaches as a whole. */
export interface Scalar {
  /** Its first byte. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
}

/** The variables of a program by their addresses. */
export class Variables {
  readonly #info: DebugInfo;
  readonly #list: readonly TypedVariable[];

  /** Reads them from a module's debug information. */
  constructor(bytes: Uint8Array, sections: readonly Section[]) {
    this.#info = readDebugInfo(bytes, sections);
    const list: TypedVariable[] = [];
    const classOf = classesOfMembers(this.#info.units);
    const visit = (entry: DebugEntry): void => {
      const location = entry.attributes.get(attribute.location);
      // A static member of C++ has its name and type in its class.
      const place = entry.attributes.get(attribute.specification);
      const declared = typeof place === "number" ? this.#info.byPlace.get(place) : undefined;
      const own = (declared ?? entry).attributes.get(attribute.name);
      const inClass = declared && classOf.get(declared);
      const name = inClass === undefined ? own : `${inClass}::${own}`;
      // An expression of one operation: this address.
      const isFixed = location instanceof Uint8Array && location.length === 5 && location[0] === 3;
      if (entry.tag === tag.variable && typeof name === "string" && isFixed) {
        const address = new DataView(location.buffer, location.byteOffset + 1).getUint32(0, true);
        const type = this.#typeOf(declared ?? entry);
        list.push({ name, address, size: Math.max(1, this.#sizeOf(type)), type });
      }
      for (const child of entry.children) visit(child);
    };
    for (const unit of this.#info.units) visit(unit);
    this.#list = list.sort((one, other) => one.address - other.address);
  }

  /** All of them, by address. */
  list(): readonly Variable[] {
    return this.#list;
  }

  /** The variables of that name; static ones of several functions may share one. */
  named(name: string): readonly Variable[] {
    return this.#list.filter((variable) => variable.name === name);
  }

  /** What is at an address, as C writes it: `queue.items[3]`. */
  nameAt(address: number): string {
    let found: TypedVariable | undefined;
    for (const variable of this.#list) {
      if (variable.address > address) break;
      found = variable;
    }
    if (found === undefined || address >= found.address + found.size) {
      return `0x${address.toString(16)}`;
    }
    return found.name + this.#within(found.type, address - found.address);
  }

  /**
   * The parts of all variables that no access of C goes beyond, by address: numbers, pointers, and unions as a
   * whole. Of an array that is longer than that, the first items.
   */
  scalars(): readonly Scalar[] {
    const found: { address: number; size: number }[] = [];
    for (const { address, type, size } of this.#list) this.#addScalars(type, address, size, found);
    return found;
  }

  #addScalars(
    type: DebugEntry | undefined,
    address: number,
    size: number,
    found: { address: number; size: number }[],
  ): void {
    if (found.length >= SCALARS_MAX) return;
    if (type?.tag === tag.arrayType) {
      const item = Math.max(1, this.#itemSize(type));
      const inner = this.#typeOf(type);
      for (let at = 0; at + item <= size; at += item) {
        this.#addScalars(inner, address + at, item, found);
      }
    } else if (type?.tag === tag.structureType) {
      for (const member of type.children) {
        const start = member.attributes.get(attribute.memberLocation) ?? 0;
        if (member.tag !== tag.member || typeof start !== "number") continue;
        const inner = this.#typeOf(member);
        this.#addScalars(inner, address + start, Math.max(1, this.#sizeOf(inner)), found);
      }
    } else found.push({ address, size });
  }

  #typeOf(entry: DebugEntry): DebugEntry | undefined {
    let at: DebugEntry | undefined = entry;
    // Names of types, const and volatile lead to what they name.
    const structural: readonly number[] = [
      ...[tag.arrayType, tag.structureType, tag.unionType, tag.baseType, tag.pointerType],
    ];
    for (let steps = 0; steps < 32 && at !== undefined; steps += 1) {
      const place: number | string | Uint8Array | undefined = at.attributes.get(attribute.type);
      at = typeof place === "number" ? this.#info.byPlace.get(place) : undefined;
      if (at === undefined || structural.includes(at.tag)) return at;
      if (at.attributes.has(attribute.byteSize)) return at;
    }
    return undefined;
  }

  #sizeOf(type: DebugEntry | undefined): number {
    if (type === undefined) return 1;
    const size = type.attributes.get(attribute.byteSize);
    if (typeof size === "number") return size;
    if (type.tag === tag.pointerType) return 4;
    if (type.tag !== tag.arrayType) return 1;
    return lengthsOf(type).reduce((product, length) => product * length, 1) * this.#itemSize(type);
  }

  #itemSize(array: DebugEntry): number {
    return this.#sizeOf(this.#typeOf(array));
  }

  #within(type: DebugEntry | undefined, offset: number): string {
    if (type?.tag === tag.arrayType) return this.#item(type, offset);
    if (type?.tag !== tag.structureType && type?.tag !== tag.unionType) return "";
    let text = "";
    for (const member of type.children) {
      const start = member.attributes.get(attribute.memberLocation) ?? 0;
      if (member.tag !== tag.member || typeof start !== "number" || start > offset) continue;
      const inner = this.#typeOf(member);
      if (offset >= start + Math.max(1, this.#sizeOf(inner))) continue;
      const name = member.attributes.get(attribute.name);
      // Of a union, the first member that has the byte.
      if (text === "") {
        text = (typeof name === "string" ? `.${name}` : "") + this.#within(inner, offset - start);
      }
    }
    return text;
  }

  #item(type: DebugEntry, offset: number): string {
    const inner = this.#typeOf(type);
    const itemSize = Math.max(1, this.#sizeOf(inner));
    let rest = offset;
    let span = lengthsOf(type).reduce((product, length) => product * length, itemSize);
    let text = "";
    for (const length of lengthsOf(type)) {
      span /= Math.max(1, length);
      text += `[${Math.floor(rest / span)}]`;
      rest %= span;
    }
    return text + this.#within(inner, rest);
  }
}

/** The names of the classes that entries are members of. */
function classesOfMembers(units: readonly DebugEntry[]): ReadonlyMap<DebugEntry, string> {
  const found = new Map<DebugEntry, string>();
  const visit = (entry: DebugEntry): void => {
    const isClass = entry.tag === tag.structureType || entry.tag === tag.classType;
    const name = entry.attributes.get(attribute.name);
    for (const child of entry.children) {
      if (isClass && typeof name === "string") found.set(child, name);
      visit(child);
    }
  };
  for (const unit of units) visit(unit);
  return found;
}

function lengthsOf(array: DebugEntry): readonly number[] {
  return array.children
    .filter((child) => child.tag === tag.subrangeType)
    .map(({ attributes }) => {
      const count = attributes.get(attribute.count);
      const last = attributes.get(attribute.upperBound);
      if (typeof count === "number") return count;
      return typeof last === "number" ? last + 1 : 1;
    });
}
