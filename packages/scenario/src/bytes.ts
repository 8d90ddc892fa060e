import { type BoardError, boardErrors } from "./board-errors.js";
import { limits } from "./limits.js";

/** Builds a run of bytes. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  /** One byte. */
  u8(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xff) throw notWritable(value, "u8");
    this.#bytes.push(value);
  }

  /** An integer from 0 to 2^53 − 1, seven bits a byte. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw notWritable(value, "varint");
    let rest = value;
    // Division, because shifts stop at 32 bits.
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes.push((rest % 0x80) + 0x80);
    this.#bytes.push(rest);
  }

  /** A signed integer from −2^52 to 2^52 − 1. */
  zigzag(value: number): void {
    if (!Number.isInteger(value)) throw notWritable(value, "zigzag");
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Bytes after their number. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
  }

  /** What was written. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** The error for a number that the format has no room for. */
export function notWritable(value: number, form: string): BoardError {
  return boardErrors.notWritable({ value, form });
}

/** Reads a run of bytes; never past its end, and every complaint names the byte. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  /** `what` is what the bytes should be, for messages. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** Offset of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** Whether all bytes were read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** One byte. */
  u8(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.wrong("the bytes end too early");
    this.#at += 1;
    return byte;
  }

  /** The shortest form of an integer from 0 to 2^53 − 1. */
  varint(): number {
    const start = this.#at;
    let value = 0;
    let scale = 1;
    for (let length = 1; ; length++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (byte === 0 && length > 1) throw this.wrong("a number is longer than it need be", start);
        if (value > limits.operand) throw this.wrong("a number is above 2^53 - 1", start);
        return value;
      }
      if (length === limits.varintBytes) throw this.wrong("a number is too long", start);
      scale *= 0x80;
    }
  }

  /** A signed integer. */
  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Length of the block that starts here, and the offset at which it ends. */
  blockEnd(): number {
    const start = this.#at;
    const length = this.varint();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw this.wrong(`a list of ${length} bytes does not fit`, start);
    return end;
  }

  /** The error for bytes that make no sense; the offset is that of the next byte if not given. */
  wrong(problem: string, offset = this.#at): BoardError {
    return boardErrors.damagedBytes({ what: this.#what, problem, offset });
  }
}
