import { cobsDecode, cobsEncode, crc16, limits } from "@escapement/scenario";

/** One message of the conversation, as docs/wire.md has it under "Frames". */
export interface Frame {
  /** What it asks or replies. */
  readonly type: number;
  /** Which handshake it belongs to; 0 in a `hello`. */
  readonly session: number;
  /** Pairs a reply with its request. */
  readonly sequence: number;
  /** What the type says. */
  readonly payload: Uint8Array;
}

const headerBytes = 3;
const crcBytes = 2;

/** Longest frame towards the host as COBS, without its zero: one byte more for each 254. */
const maxEncodedBytes = limits.frameToHostBytes + 1;

/**
 * Writes a frame with its CRC, COBS-encoded and closed by a zero.
 *
 * With `flush` a zero goes before it, which ends whatever half a frame the receiver may hold.
 */
export function encodeFrame(frame: Frame, flush = false): Uint8Array {
  const plain = new Uint8Array(headerBytes + frame.payload.length + crcBytes);
  plain.set([frame.type, frame.session, frame.sequence]);
  plain.set(frame.payload, headerBytes);
  const crc = crc16(plain.subarray(0, plain.length - crcBytes));
  plain.set([crc & 0xff, crc >> 8], plain.length - crcBytes);
  const encoded = cobsEncode(plain);
  const lead = flush ? 1 : 0;
  const bytes = new Uint8Array(lead + encoded.length + 1);
  bytes.set(encoded, lead);
  return bytes;
}

/** Reads a frame without its zero; undefined when it is not one. */
export function decodeFrame(encoded: Uint8Array): Frame | undefined {
  const plain = cobsDecode(encoded);
  if (plain === undefined || plain.length < headerBytes + crcBytes) return undefined;
  const end = plain.length - crcBytes;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  if (view.getUint16(end, true) !== crc16(plain.subarray(0, end))) return undefined;
  return {
    type: view.getUint8(0),
    session: view.getUint8(1),
    sequence: view.getUint8(2),
    payload: plain.slice(headerBytes, end),
  };
}

/**
 * Finds frames in a stream of bytes, however it is cut. What is damaged is counted and skipped up
 * to the next zero; the memory used is bounded whatever comes in.
 *
 * @example
 * ```ts
 * import { encodeFrame, FrameDecoder } from "@escapement/board-serial";
 *
 * const decoder = new FrameDecoder(({ type }) => console.log(type), () => console.log("damaged"));
 * decoder.push(encodeFrame({ type: 1, session: 0, sequence: 1, payload: Uint8Array.of(1, 1, 7) }));
 * ```
 */
export class FrameDecoder {
  readonly #buffer = new Uint8Array(maxEncodedBytes);
  readonly #onFrame: (frame: Frame) => void;
  readonly #onBad: (encoded: Uint8Array) => void;
  #length = 0;
  #overlong = false;

  /**
   * `onFrame` gets each good frame; `onBad` is called for each that is not, with what came between
   * the zeros, cut off where it is longer than a frame can be.
   */
  constructor(onFrame: (frame: Frame) => void, onBad: (encoded: Uint8Array) => void) {
    this.#onFrame = onFrame;
    this.#onBad = onBad;
  }

  /** Takes in bytes as they came. */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === 0) {
        this.#endFrame();
      } else if (this.#length < maxEncodedBytes) {
        this.#buffer[this.#length] = byte;
        this.#length += 1;
      } else {
        this.#overlong = true;
      }
    }
  }

  /** Forgets half a frame, as after a reconnection. */
  reset(): void {
    this.#length = 0;
    this.#overlong = false;
  }

  #endFrame(): void {
    // Two zeros in a row are idle line, not damage.
    if (this.#length === 0) return;
    const encoded = this.#buffer.slice(0, this.#length);
    const frame = this.#overlong ? undefined : decodeFrame(encoded);
    // Before the callbacks: one of them may throw or reset.
    this.reset();
    if (frame === undefined) this.#onBad(encoded);
    else this.#onFrame(frame);
  }
}
