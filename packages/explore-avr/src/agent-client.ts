import { encodeFrame, type Frame, FrameDecoder } from "@escapement/board-serial";
import type { UnoEmulator } from "@escapement/board-uno";
import { crc16, limits, replyBit, requestTypes } from "@escapement/scenario";
import { avrErrors } from "./avr-errors.js";

const SESSION = 1;
/** Long enough for any request but a step. */
const REPLY_CYCLES = 16_000_000;

/**
 * The host's side of docs/wire.md, without waiting: the emulator runs inside each call, so that the
 * same requests give the same cycles. Nothing is ever lost on this line, so nothing is repeated.
 */
export class AgentClient {
  /** True while the firmware runs on trial: what it sends then was not sent. */
  isDeaf = false;
  readonly #emulator: UnoEmulator;
  readonly #decoder = new FrameDecoder(
    (frame) => this.#take(frame),
    () => {},
  );
  #reply: Frame | undefined;
  #sequence = 0;
  #opened = 0;

  /** Takes over the emulator's transmit hook. */
  constructor(emulator: UnoEmulator) {
    this.#emulator = emulator;
    emulator.onTransmit = (byte) => {
      if (!this.isDeaf) this.#decoder.push(Uint8Array.of(byte));
    };
  }

  /** The reply to the last request, once it is there. */
  get reply(): Frame | undefined {
    return this.#reply;
  }

  /** Begins a session with a board that was just powered up. */
  open(): void {
    this.#emulator.runUntil(() => this.#emulator.idle, REPLY_CYCLES);
    this.begin();
    this.request(requestTypes.hello, Uint8Array.of(limits.protocol, limits.protocol, SESSION), 0);
    this.#opened = this.#sequence;
  }

  /** Goes on where the session had just begun; the chip was brought back there. */
  begin(): void {
    this.#decoder.reset();
    this.#reply = undefined;
    this.#sequence = this.#opened;
  }

  /** Loads an encoded program; iteration 0 is next. */
  load(program: Uint8Array): void {
    for (let offset = 0; offset < program.length; offset += limits.loadBytes) {
      const piece = program.subarray(offset, offset + limits.loadBytes);
      this.request(requestTypes.load, Uint8Array.of(offset & 0xff, offset >> 8, ...piece));
    }
    const { length } = program;
    const crc = crc16(program);
    const payload = Uint8Array.of(length & 0xff, length >> 8, crc & 0xff, crc >> 8);
    this.request(requestTypes.begin, payload);
  }

  /**
   * Sends a request, and runs the emulator until the reply is there.
   *
   * @throws ExploreError `cannot-run` when the agent refuses or does not reply.
   */
  request(type: number, payload: Uint8Array, session = SESSION): Frame {
    this.send(type, payload, session);
    this.#emulator.runUntil(() => this.#reply !== undefined, REPLY_CYCLES);
    return this.take(type);
  }

  /** Sends a request, and leaves it to the caller to run the emulator. */
  send(type: number, payload: Uint8Array, session = SESSION): void {
    this.#sequence = (this.#sequence + 1) & 0xff;
    this.#reply = undefined;
    this.#emulator.send(encodeFrame({ type, session, sequence: this.#sequence, payload }));
  }

  /** The reply that came, if it is the one to this request. */
  take(type: number): Frame {
    const reply = this.#reply;
    if (reply?.type === (type | replyBit)) return reply;
    if (reply === undefined) throw avrErrors.noReply({ type });
    throw avrErrors.refused({ payload: [...reply.payload].join(" "), type });
  }

  #take(frame: Frame): void {
    if (frame.type !== requestTypes.alive) this.#reply = frame;
  }
}
