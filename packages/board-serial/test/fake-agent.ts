import { crc16, linkErrors, replyBit, requestTypes, statesBit } from "@escapement/scenario";
import { encodeFrame, type Frame, FrameDecoder } from "../src/frame.js";
import type { Clock } from "../src/index.js";
import { toyIterations } from "./toy-board.js";

/** Where an agent sends and gets its bytes: a memory line's device end, or a pty's master. */
export interface AgentLine {
  onData: ((bytes: Uint8Array) => void) | undefined;
  write(bytes: Uint8Array): void;
}

/** Options of a {@link FakeAgent}. */
export interface FakeAgentOptions {
  readonly name?: string;
  readonly lowestProtocol?: number;
  readonly highestProtocol?: number;
  /** As in earlier firmware: a step's reply without the CRC of its trace. */
  readonly isOlder?: boolean;
  /** Keeps no reply, so that a repeated request is carried out again: what no agent may do. */
  readonly isForgetful?: boolean;
  readonly programBytes?: number;
  readonly traceBytes?: number;
  readonly timers?: number;
  /** Each step takes this long by the clock, with signs of life on the way. */
  readonly stepMs?: number;
  readonly aliveMs?: number;
  readonly clock?: Clock;
  /** In place of the toy board. */
  readonly iterations?: (program: Uint8Array) => Uint8Array[];
  /** Each reply waits this long on the computer's own clock. */
  readonly realDelayMs?: number;
  /** Its statements, in place of none that can be asked for. */
  readonly statements?: readonly Uint8Array[];
}

interface Kept {
  readonly sequence: number;
  readonly reply: Uint8Array;
}

/** The agent's side of docs/wire.md, with counts of what it really ran. */
export class FakeAgent {
  /** How often a program was begun. */
  begins = 0;
  /** How many iterations ran, over all programs. */
  iterationsRun = 0;
  /** How many handshakes. */
  hellos = 0;
  /** Requests of each type that were carried out, repetitions not counted. */
  readonly carriedOut: number[] = [];
  /** While true it hears nothing and says nothing, as a board that hangs. */
  isDead = false;

  readonly #line: AgentLine;
  readonly #options: FakeAgentOptions;
  readonly #decoder: FrameDecoder;
  #session = 0;
  #kept: Kept | undefined;
  /** Of the newest request of all, fetches among them. */
  #newest = 0;
  #program = new Uint8Array(0);
  #programCrc = 0;
  #left: Uint8Array[] | undefined;
  #trace = new Uint8Array(0);
  #isRunning = false;
  #queue: Frame[] = [];

  constructor(line: AgentLine, options: FakeAgentOptions = {}) {
    this.#line = line;
    this.#options = options;
    this.#decoder = new FrameDecoder(
      (frame) => this.#take(frame),
      () => {},
    );
    line.onData = (bytes) => {
      if (!this.isDead) this.#decoder.push(bytes);
    };
  }

  /** Forgets everything, as a board does that restarts. */
  restart(): void {
    this.#session = 0;
    this.#kept = undefined;
    this.#program = new Uint8Array(0);
    this.#left = undefined;
    this.#trace = new Uint8Array(0);
    this.#isRunning = false;
    this.#queue = [];
    this.#decoder.reset();
  }

  #take(frame: Frame): void {
    if (this.#isRunning) this.#queue.push(frame);
    else this.#reply(frame);
  }

  #reply(frame: Frame): void {
    if (frame.type === requestTypes.hello && frame.session === 0) {
      this.#hello(frame);
      return;
    }
    if (frame.session !== this.#session || this.#session === 0) {
      this.#send(errorFrame(frame, linkErrors["no-session"], 0));
      return;
    }
    const kept = this.#kept;
    const ahead = kept === undefined ? 1 : (frame.sequence - this.#newest) & 0xff;
    const isNewer = (ahead >= 1 && ahead <= 127) || this.#options.isForgetful === true;
    if (frame.type === requestTypes.fetch || frame.type === requestTypes.state) {
      if (isNewer) this.#newest = frame.sequence;
      this.#count(frame);
      this.#send(this.#carryOut(frame));
    } else if (kept?.sequence === frame.sequence && this.#options.isForgetful !== true) {
      this.#send(kept.reply);
    } else if (isNewer) {
      this.#newest = frame.sequence;
      this.#count(frame);
      if (frame.type === requestTypes.step) this.#step(frame);
      else this.#keep(frame, this.#carryOut(frame));
    }
  }

  #count({ type }: Frame): void {
    this.carriedOut[type] = (this.carriedOut[type] ?? 0) + 1;
  }

  #hello(frame: Frame): void {
    const [lowest = 0, highest = 0, nonce = 0] = frame.payload;
    const { lowestProtocol = 1, highestProtocol = 1 } = this.#options;
    this.hellos += 1;
    if (highest < lowestProtocol || lowest > highestProtocol) {
      const detail = lowestProtocol | (highestProtocol << 8);
      this.#send(errorFrame(frame, linkErrors["version-mismatch"], detail));
      return;
    }
    this.restart();
    this.#session = nonce;
    this.#send(replyFrame({ ...frame, session: nonce }, this.description()));
  }

  /** The reply to a hello, laid out as docs/wire.md has it. */
  description(): Uint8Array {
    const {
      highestProtocol = 1,
      timers = 8,
      programBytes = 512,
      traceBytes = 256,
      name = "fake",
      statements,
    } = this.#options;
    const bytes = new Uint8Array(40 + name.length);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, highestProtocol);
    view.setUint8(1, 16);
    view.setUint32(2, 2_000_000, true);
    view.setUint8(6, timers);
    view.setUint16(7, programBytes, true);
    view.setUint16(9, traceBytes, true);
    const states = statements === undefined ? 0 : 1 << statesBit;
    view.setUint32(11, (0b1000_0000_0000_0000_0000_0000_0000_0101 | states) >>> 0, true);
    view.setUint32(15, 40, true);
    view.setUint16(19, 3, true);
    view.setUint32(21, 200, true);
    view.setUint32(25, 0x7fff_ffff, true);
    view.setUint32(29, 1_000_000, true);
    view.setUint32(33, 0, true);
    bytes.set([1, 2, 3], 37);
    bytes.set(new TextEncoder().encode(name), 40);
    return bytes;
  }

  #carryOut(frame: Frame): Uint8Array {
    const { programBytes = 512 } = this.#options;
    const view = new DataView(frame.payload.buffer, frame.payload.byteOffset, frame.payload.length);
    switch (frame.type) {
      case requestTypes.load: {
        const offset = view.getUint16(0, true);
        const piece = frame.payload.subarray(2);
        if (offset + piece.length > programBytes) {
          return errorFrame(frame, linkErrors["program-too-large"], programBytes);
        }
        const grown = new Uint8Array(Math.max(this.#program.length, offset + piece.length));
        grown.set(this.#program);
        grown.set(piece, offset);
        this.#program = grown;
        return replyFrame(frame, u16(offset + piece.length));
      }
      case requestTypes.begin: {
        const program = this.#program.slice(0, view.getUint16(0, true));
        if (crc16(program) !== view.getUint16(2, true)) {
          return errorFrame(frame, linkErrors["program-crc"], 0);
        }
        this.begins += 1;
        this.#programCrc = view.getUint16(2, true);
        this.#left = (this.#options.iterations ?? toyIterations)(program);
        return replyFrame(frame, new Uint8Array(0));
      }
      case requestTypes.state:
        return replyFrame(
          frame,
          this.#options.statements?.[frame.payload[0] ?? 0] ?? new Uint8Array(0),
        );
      case requestTypes.fetch: {
        const isWhole = frame.payload.length === 3;
        const offset = isWhole ? view.getUint16(0, true) : 0;
        const end = isWhole ? offset + view.getUint8(2) : 0;
        if (!isWhole || view.getUint8(2) > 200 || end > this.#trace.length) {
          return errorFrame(frame, linkErrors["bad-payload"], 0);
        }
        return replyFrame(frame, this.#trace.slice(offset, end));
      }
      case requestTypes.reset:
        this.#program = new Uint8Array(0);
        this.#left = undefined;
        return replyFrame(frame, new Uint8Array(0));
      default:
        return errorFrame(frame, linkErrors["unknown-request"], frame.type);
    }
  }

  #step(frame: Frame): void {
    const left = this.#left;
    if (left === undefined) {
      this.#keep(frame, errorFrame(frame, linkErrors["no-program"], 0));
      return;
    }
    const { traceBytes = 256 } = this.#options;
    const taken: number[] = [];
    while (
      left[0] !== undefined &&
      (taken.length === 0 || taken.length + left[0].length <= traceBytes)
    ) {
      taken.push(...left[0]);
      left.shift();
      this.iterationsRun += 1;
    }
    const isTooLarge = taken.length > traceBytes;
    this.#trace = Uint8Array.from(taken);
    this.#whileRunning(frame, () => {
      const state = left.length === 0 ? 1 : 0;
      const sum = this.#options.isOlder ? [] : u16(crc16(this.#trace, this.#programCrc));
      const reply = replyFrame(frame, Uint8Array.of(state, ...u16(taken.length), ...sum));
      this.#keep(
        frame,
        isTooLarge ? errorFrame(frame, linkErrors["trace-too-large"], traceBytes) : reply,
      );
    });
  }

  /** Lets the step's time pass, with signs of life, and replies to what came meanwhile. */
  #whileRunning(frame: Frame, end: () => void): void {
    const { clock, stepMs = 0, aliveMs = 200 } = this.#options;
    if (clock === undefined || stepMs === 0) {
      end();
      return;
    }
    this.#isRunning = true;
    const endsAt = clock.now() + stepMs;
    const beat = () => {
      if (!this.#isRunning || this.isDead) return;
      if (clock.now() < endsAt) {
        this.#send(encodeFrame({ ...frame, type: requestTypes.alive, payload: new Uint8Array(0) }));
        clock.setTimer(beat, Math.min(aliveMs, endsAt - clock.now()));
        return;
      }
      this.#isRunning = false;
      end();
      for (const waiting of this.#queue.splice(0)) this.#take(waiting);
    };
    clock.setTimer(beat, Math.min(aliveMs, stepMs));
  }

  #keep(frame: Frame, reply: Uint8Array): void {
    this.#kept = { sequence: frame.sequence, reply };
    this.#send(reply);
  }

  #send(bytes: Uint8Array): void {
    if (this.isDead) return;
    const { realDelayMs } = this.#options;
    if (realDelayMs === undefined) this.#line.write(bytes);
    else setTimeout(() => this.#line.write(bytes), realDelayMs);
  }
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

function replyFrame(request: Frame, payload: Uint8Array): Uint8Array {
  return encodeFrame({ ...request, type: request.type | replyBit, payload }, true);
}

function errorFrame(request: Frame, code: number, detail: number): Uint8Array {
  const payload = Uint8Array.of(code, ...u16(detail));
  return encodeFrame({ ...request, type: requestTypes.error, payload }, true);
}
