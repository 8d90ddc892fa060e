import type { BoardError } from "@escapement/scenario";
import { unoErrors } from "./uno-errors.js";

const DATA = 0;
const END = 1;
const SEGMENT = 2;
const LINEAR = 4;

/**
 * Reads a program image in Intel HEX, the form that avr-objcopy and most loaders write.
 *
 * Bytes that no record names are 0xff, as in erased flash. Start-address records are skipped.
 *
 * @param text - The file's text; line ends of any kind.
 * @param sizeBytes - Size of the memory; 32 768 on an ATmega328P.
 * @returns The memory's content.
 * @throws BoardError `malformed`, naming the line, for anything that is not such a file: a wrong
 * checksum or length, an unknown record, data outside the memory, no end record.
 *
 * @example
 * ```ts
 * import { parseIntelHex } from "@escapement/board-uno";
 *
 * const flash = parseIntelHex(":02000000FFCF30\n:00000001FF\n", 4);
 * console.log(flash); // Uint8Array [255, 207, 255, 255]
 * ```
 */
export function parseIntelHex(text: string, sizeBytes = 0x8000): Uint8Array {
  const memory = new Uint8Array(sizeBytes).fill(0xff);
  let base = 0;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === "") continue;
    const record = parseRecord(line, index + 1);
    if (record.type === END) return memory;
    if (record.type === SEGMENT || record.type === LINEAR) {
      const [high = 0, low = 0] = record.data;
      base = ((high << 8) | low) * (record.type === SEGMENT ? 0x10 : 0x10000);
    }
    if (record.type !== DATA) continue;
    const address = base + record.address;
    if (address + record.data.length > sizeBytes) {
      throw malformed(index + 1, `holds data beyond ${sizeBytes} bytes of flash`);
    }
    memory.set(record.data, address);
  }
  throw unoErrors.noEndRecord();
}

function parseRecord(line: string, number: number) {
  if (!/^:([0-9a-f]{2}){5,}$/i.test(line)) throw malformed(number, "is not an Intel HEX record");
  const bytes = Uint8Array.from(line.slice(1).match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  const [length = 0, high = 0, low = 0, type = 0] = bytes;
  if (bytes.length !== length + 5) throw malformed(number, "is not as long as it says");
  if (bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0) !== 0) {
    throw malformed(number, "has a wrong checksum");
  }
  if (type > 5) throw malformed(number, `has the unknown record type ${type}`);
  return { type, address: (high << 8) | low, data: bytes.subarray(4, 4 + length) };
}

function malformed(line: number, what: string): BoardError {
  return unoErrors.badLine({ line, what });
}
