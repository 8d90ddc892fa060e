import { Reader } from "../wasm/reader.js";
import type { Section } from "../wasm/sections.js";

/** A place in a source file. */
export interface SourcePlace {
  /** The file, as the compiler names it. */
  readonly file: string;
  /** Its line, from 1. */
  readonly line: number;
  /** Its column, from 1; 0 where the compiler does not say. */
  readonly column: number;
}

interface Row extends SourcePlace {
  readonly address: number;
  /** Code ends here: no line. */
  readonly isEnd: boolean;
}

/** Which line each instruction comes from; addresses count from the payload of the code section. */
export class LineTable {
  readonly #rows: readonly Row[];

  /** Reads the lines of a module that was compiled with `-gdwarf-4`; empty without them. */
  constructor(bytes: Uint8Array, sections: readonly Section[]) {
    const rows: Row[] = [];
    const section = sections.find(({ name }) => name === ".debug_line");
    if (section !== undefined) {
      const own = bytes.subarray(section.start, section.end);
      for (let at = 0; at < own.length; ) at = readUnit(own, at, rows);
    }
    // Where one function ends the next begins: its line wins.
    this.#rows = rows.sort(
      (one, other) => one.address - other.address || Number(other.isEnd) - Number(one.isEnd),
    );
  }

  /** The place that an instruction comes from. */
  placeOf(address: number): SourcePlace | undefined {
    return placeIn(this.#rows[this.#rowOf(address)]);
  }

  /** The same, or that of the next instruction that has one: the head of a loop may come from no line. */
  placeFrom(address: number): SourcePlace | undefined {
    let at = this.#rowOf(address);
    while (this.#rows[at]?.line === 0 && this.#rows[at]?.isEnd === false) at += 1;
    return placeIn(this.#rows[at]);
  }

  #rowOf(address: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle]?.address ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function placeIn(row: Row | undefined): SourcePlace | undefined {
  if (row === undefined || row.isEnd || row.line === 0) return undefined;
  return { file: row.file, line: row.line, column: row.column };
}

/** What the header of a unit's line program says. */
interface LineHeader {
  readonly step: number;
  readonly lineBase: number;
  readonly lineRange: number;
  /** How many arguments each standard opcode has, from 1. */
  readonly lengths: readonly number[];
  readonly files: readonly string[];
}

function readUnit(bytes: Uint8Array, start: number, rows: Row[]): number {
  const reader = new Reader(bytes, start);
  const end = reader.fixed(4) + reader.at;
  const version = reader.fixed(2);
  if (version > 4 || version < 2) return end;
  const programStart = reader.fixed(4) + reader.at;
  const header = readHeader(reader, version);
  reader.at = programStart;
  runProgram(reader, end, header, rows);
  return end;
}

function readHeader(reader: Reader, version: number): LineHeader {
  const step = reader.byte();
  if (version >= 4) reader.byte();
  reader.byte();
  const lineBase = (reader.byte() << 24) >> 24;
  const lineRange = reader.byte();
  const opcodeBase = reader.byte();
  const lengths = [0, ...Array.from({ length: opcodeBase - 1 }, () => reader.byte())];
  const folders = [""];
  for (let name = reader.zeroEnded(); name !== ""; name = reader.zeroEnded()) folders.push(name);
  const files = [""];
  for (let name = reader.zeroEnded(); name !== ""; name = reader.zeroEnded()) {
    const folder = folders[reader.unsigned()] ?? "";
    reader.unsigned();
    reader.unsigned();
    files.push(folder === "" || name.startsWith("/") ? name : `${folder}/${name}`);
  }
  return { step, lineBase, lineRange, lengths, files };
}

/** The registers of the line machine of DWARF. */
interface LineState {
  address: number;
  file: number;
  line: number;
  column: number;
}

function runProgram(reader: Reader, end: number, header: LineHeader, rows: Row[]): void {
  const { step, lineBase, lineRange, lengths, files } = header;
  const first = (): LineState => ({ address: 0, file: 1, line: 1, column: 0 });
  let state = first();
  const push = (isEnd: boolean): void => {
    const { address, line, column } = state;
    rows.push({ address, file: files[state.file] ?? "", line, column, isEnd });
  };
  while (reader.at < end) {
    const opcode = reader.byte();
    if (opcode >= lengths.length) {
      const special = opcode - lengths.length;
      state.address += step * Math.floor(special / lineRange);
      state.line += lineBase + (special % lineRange);
      push(false);
    } else if (opcode === 0) {
      const next = reader.unsigned() + reader.at;
      const kind = reader.byte();
      if (kind === 1) {
        push(true);
        state = first();
      } else if (kind === 2) state.address = reader.fixed(4);
      reader.at = next;
    } else if (opcode === 1) push(false);
    else if (opcode === 2) state.address += step * reader.unsigned();
    else if (opcode === 3) state.line += reader.signed();
    else if (opcode === 4) state.file = reader.unsigned();
    else if (opcode === 5) state.column = reader.unsigned();
    else if (opcode === 8) state.address += step * Math.floor((255 - lengths.length) / lineRange);
    else if (opcode === 9) state.address += reader.fixed(2);
    else for (let left = lengths[opcode] ?? 0; left > 0; left -= 1) reader.unsigned();
  }
}
