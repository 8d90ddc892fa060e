import { Reader } from "../wasm/reader.js";
import { findSections } from "../wasm/sections.js";

const isUndefined = 0x10;
const hasOwnName = 0x40;

/** The variables that an object file declares and nobody in it defines, and those that it defines. */
export function dataSymbols(object: Uint8Array): {
  readonly wanted: readonly string[];
  readonly defined: readonly string[];
} {
  const wanted: string[] = [];
  const defined: string[] = [];
  const linking = findSections(object, "an object file").find(({ name }) => name === "linking");
  if (linking === undefined) return { wanted, defined };
  const reader = new Reader(object, linking.start);
  reader.unsigned();
  while (reader.at < linking.end) {
    const kind = reader.byte();
    const size = reader.unsigned();
    const end = reader.at + size;
    if (kind === 8) {
      for (let left = reader.unsigned(); left > 0; left -= 1) readSymbol(reader, wanted, defined);
    }
    reader.at = end;
  }
  return { wanted, defined };
}

function readSymbol(reader: Reader, wanted: string[], defined: string[]): void {
  const kind = reader.byte();
  const flags = reader.unsigned();
  if (kind === 1) {
    const name = reader.text();
    if ((flags & isUndefined) !== 0) wanted.push(name);
    else {
      defined.push(name);
      for (let left = 3; left > 0; left -= 1) reader.unsigned();
    }
    return;
  }
  reader.unsigned();
  if (kind === 3) return;
  if ((flags & isUndefined) === 0 || (flags & hasOwnName) !== 0) reader.text();
}
