import { Reader } from "../wasm/reader.js";
import type { Section } from "../wasm/sections.js";

/** One entry of the debug information: a variable, a type, a member. */
export interface DebugEntry {
  /** What it describes, as DWARF numbers it. */
  readonly tag: number;
  /** Its attributes by their numbers: numbers, texts, or the bytes of an expression. */
  readonly attributes: ReadonlyMap<number, number | string | Uint8Array>;
  /** What is inside. */
  readonly children: readonly DebugEntry[];
}

/** Tags that are looked at. */
export const tag = {
  classType: 0x02,
  arrayType: 0x01,
  member: 0x0d,
  pointerType: 0x0f,
  structureType: 0x13,
  unionType: 0x17,
  subrangeType: 0x21,
  baseType: 0x24,
  variable: 0x34,
} as const;

/** Attributes that are looked at. */
export const attribute = {
  location: 0x02,
  name: 0x03,
  byteSize: 0x0b,
  upperBound: 0x2f,
  count: 0x37,
  memberLocation: 0x38,
  specification: 0x47,
  type: 0x49,
} as const;

interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly forms: readonly (readonly [attribute: number, form: number])[];
}

/** The entries of a module's debug information, and each by its place in it. */
export interface DebugInfo {
  /** The entries at the top: one for each unit. */
  readonly units: readonly DebugEntry[];
  /** Entries by their place in the section, which `type` attributes name. */
  readonly byPlace: ReadonlyMap<number, DebugEntry>;
}

/** Reads the debug information of a module that was compiled with `-gdwarf-4`; empty without it. */
export function readDebugInfo(bytes: Uint8Array, sections: readonly Section[]): DebugInfo {
  const payload = (wanted: string): Uint8Array => {
    const found = sections.find(({ name }) => name === wanted);
    return found === undefined ? new Uint8Array() : bytes.subarray(found.start, found.end);
  };
  const info = payload(".debug_info");
  const abbreviations = payload(".debug_abbrev");
  const texts = payload(".debug_str");
  const units: DebugEntry[] = [];
  const byPlace = new Map<number, DebugEntry>();
  for (let start = 0; start < info.length; ) {
    const reader = new Reader(info, start);
    const end = reader.fixed(4) + reader.at;
    const version = reader.fixed(2);
    const table = reader.fixed(4);
    if (version === 4) {
      reader.byte();
      const known = readAbbreviations(new Reader(abbreviations, table));
      const read = new EntryReader(reader, known, texts, start, byPlace);
      while (reader.at < end) {
        const entry = read.entry();
        if (entry !== undefined) units.push(entry);
      }
    }
    start = end;
  }
  return { units, byPlace };
}

function readAbbreviations(reader: Reader): Map<number, Abbreviation> {
  const known = new Map<number, Abbreviation>();
  for (let code = reader.unsigned(); code !== 0; code = reader.unsigned()) {
    const kind = reader.unsigned();
    const hasChildren = reader.byte() !== 0;
    const forms: [number, number][] = [];
    for (;;) {
      const pair: [number, number] = [reader.unsigned(), reader.unsigned()];
      if (pair[0] === 0 && pair[1] === 0) break;
      forms.push(pair);
    }
    known.set(code, { tag: kind, hasChildren, forms });
  }
  return known;
}

class EntryReader {
  readonly #reader: Reader;
  readonly #known: ReadonlyMap<number, Abbreviation>;
  readonly #texts: Uint8Array;
  readonly #unitStart: number;
  readonly #byPlace: Map<number, DebugEntry>;

  constructor(
    reader: Reader,
    known: ReadonlyMap<number, Abbreviation>,
    texts: Uint8Array,
    unitStart: number,
    byPlace: Map<number, DebugEntry>,
  ) {
    this.#reader = reader;
    this.#known = known;
    this.#texts = texts;
    this.#unitStart = unitStart;
    this.#byPlace = byPlace;
  }

  /** The next entry with all that is inside; undefined where a list ends. */
  entry(): DebugEntry | undefined {
    const place = this.#reader.at;
    const shape = this.#known.get(this.#reader.unsigned());
    if (shape === undefined) return undefined;
    const attributes = new Map<number, number | string | Uint8Array>();
    for (const [name, form] of shape.forms) attributes.set(name, this.#value(form));
    const children: DebugEntry[] = [];
    const entry = { tag: shape.tag, attributes, children };
    this.#byPlace.set(place, entry);
    if (shape.hasChildren) {
      for (let child = this.entry(); child !== undefined; child = this.entry())
        children.push(child);
    }
    return entry;
  }

  #value(form: number): number | string | Uint8Array {
    const reader = this.#reader;
    switch (form) {
      case 0x01: // address
      case 0x06: // four bytes
      case 0x17: // place in another section
        return reader.fixed(4);
      case 0x0b: // one byte
      case 0x0c: // flag
        return reader.byte();
      case 0x05:
        return reader.fixed(2);
      case 0x07: // eight bytes: constants and signatures of types
      case 0x20: {
        const low = reader.fixed(4);
        return low + reader.fixed(4) * 2 ** 32;
      }
      case 0x08:
        return reader.zeroEnded();
      case 0x0d:
        return reader.signed();
      case 0x0e:
        return new Reader(this.#texts, reader.fixed(4)).zeroEnded();
      case 0x0f:
        return reader.unsigned();
      case 0x10: // place in the section
        return reader.fixed(4);
      case 0x11:
        return reader.byte() + this.#unitStart;
      case 0x12:
        return reader.fixed(2) + this.#unitStart;
      case 0x13:
        return reader.fixed(4) + this.#unitStart;
      case 0x15:
        return reader.unsigned() + this.#unitStart;
      case 0x18: // expression
      case 0x09:
        return this.#bytes(reader.unsigned());
      case 0x0a:
        return this.#bytes(reader.byte());
      case 0x03:
        return this.#bytes(reader.fixed(2));
      case 0x04:
        return this.#bytes(reader.fixed(4));
      case 0x19: // a flag that is there
        return 1;
      default:
        throw new RangeError(`form ${form} of DWARF 4`);
    }
  }

  #bytes(count: number): Uint8Array {
    this.#reader.skip(count);
    return this.#reader.bytes.subarray(this.#reader.at - count, this.#reader.at);
  }
}
