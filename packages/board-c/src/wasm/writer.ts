/** Collects the bytes of a module; grows as needed. */
export class Writer {
  #bytes: Uint8Array;
  #length = 0;

  /** With room for that many bytes at first. */
  constructor(room = 1024) {
    this.#bytes = new Uint8Array(room);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** One byte, or several. */
  byte(...values: readonly number[]): this {
    this.#room(values.length);
    for (const value of values) {
      this.#bytes[this.#length] = value;
      this.#length += 1;
    }
    return this;
  }

  /** Bytes as they are. */
  copy(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** An unsigned number of variable length. */
  unsigned(value: number): this {
    let rest = value;
    do {
      const low = rest % 128;
      rest = Math.floor(rest / 128);
      this.byte(rest > 0 ? low | 128 : low);
    } while (rest > 0);
    return this;
  }

  /** A signed number of 32 bits, of variable length. */
  signed(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 127;
      rest >>= 7;
      if ((rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)) {
        return this.byte(low);
      }
      this.byte(low | 128);
    }
  }

  /** What was collected. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
