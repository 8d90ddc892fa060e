/** Reads the encodings of a WebAssembly module, or of DWARF in it, from a place on. */
export class Reader {
  /** What is read. */
  readonly bytes: Uint8Array;
  /** The next byte. */
  at: number;

  /** Begins at that byte. */
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** One byte. */
  byte(): number {
    const found = this.bytes[this.at];
    if (found === undefined) throw new RangeError(`the module ends at byte ${this.at}`);
    this.at += 1;
    return found;
  }

  /** An unsigned number of variable length. */
  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) return value;
      scale *= 128;
    }
  }

  /** A signed number of variable length, of up to 64 bits; exact to 53. */
  signed(): number {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const next = this.byte();
      value |= BigInt(next & 127) << shift;
      shift += 7n;
      if (next < 128) return Number(BigInt.asIntN(Number(shift), value));
    }
  }

  /** A text with its length before it. */
  text(): string {
    const length = this.unsigned();
    this.at += length;
    return decoder.decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** A text that ends with a zero byte. */
  zeroEnded(): string {
    const start = this.at;
    while (this.byte() !== 0);
    return decoder.decode(this.bytes.subarray(start, this.at - 1));
  }

  /** A little-endian number of 1, 2 or 4 bytes. */
  fixed(size: 1 | 2 | 4): number {
    let value = 0;
    for (let byte = 0; byte < size; byte += 1) value += this.byte() * 2 ** (8 * byte);
    return value;
  }

  /** Passes over that many bytes. */
  skip(count: number): void {
    this.at += count;
  }
}

const decoder = new TextDecoder();
