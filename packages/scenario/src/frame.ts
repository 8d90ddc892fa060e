/**
 * CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xffff, not reflected; of "123456789" it is 0x29b1.
 *
 * `start` continues an earlier result over more bytes.
 */
export function crc16(bytes: Uint8Array, start = 0xffff): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc;
}

/**
 * Consistent overhead byte stuffing (Cheshire and Baker, 1997): the bytes without any zero among
 * them. The zero that ends a frame on the wire is not part of the result.
 */
export function cobsEncode(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + Math.floor(bytes.length / 254) + 1);
  let end = 1;
  let codeAt = 0;
  let code = 1;
  for (const [index, byte] of bytes.entries()) {
    if (byte !== 0) {
      out[end++] = byte;
      code += 1;
    }
    // A full block that ends the data needs no empty block after it.
    if (byte === 0 || (code === 0xff && index + 1 < bytes.length)) {
      out[codeAt] = code;
      code = 1;
      codeAt = end++;
    }
  }
  out[codeAt] = code;
  return out.subarray(0, end);
}

/**
 * The bytes that were stuffed, or nothing where the input is no valid encoding (a zero inside, a
 * block longer than the input, an empty block after a full one at the end, or no bytes at all): a
 * receiver drops such a frame in silence.
 */
export function cobsDecode(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 0) return undefined;
  const out = new Uint8Array(bytes.length);
  let end = 0;
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at] ?? 0;
    if (code === 0 || at + code > bytes.length) return undefined;
    for (const byte of bytes.subarray(at + 1, at + code)) {
      if (byte === 0) return undefined;
      out[end++] = byte;
    }
    at += code;
    // What the encoder leaves out says nothing, and would be a second form of the same bytes.
    if (code === 0xff && at + 1 === bytes.length && bytes[at] === 1) return undefined;
    if (code !== 0xff && at < bytes.length) out[end++] = 0;
  }
  return out.subarray(0, end);
}
