import { linkErrors, type RunSignal, replyBit, requestTypes } from "@escapement/scenario";
import type { Clock } from "./clock.js";
import { encodeFrame, type Frame, FrameDecoder } from "./frame.js";
import type { Transport } from "./transport.js";

/** What a line has seen since it was last opened; for hints and reports. */
export interface LinkCounters {
  /** Bytes received. */
  readonly bytes: number;
  /** Frames received whole. */
  readonly framesGood: number;
  /** Frames received damaged, or bytes between two zeros that are no frame. */
  readonly framesBad: number;
  /** Whole frames that nobody waited for: late, repeated, or of another session. */
  readonly framesStale: number;
  /** Requests sent again because no answer came. */
  readonly retries: number;
  /** The first bytes received, at most 16. */
  readonly firstBytes: Uint8Array;
}

/** One request and how long to wait for it. All times in milliseconds. */
export interface Exchange {
  /** Type of the request. */
  readonly type: number;
  /** Session that the request carries. */
  readonly session: number;
  /** Session that its reply carries: another one only for `hello`. */
  readonly replySession: number;
  /** Its number; the same in every repetition. */
  readonly sequence: number;
  /** What it says. */
  readonly payload: Uint8Array;
  /** Sent again when nothing was heard for so long. */
  readonly attemptMs: number;
  /** Given up when there was no sign of life for so long. */
  readonly silenceMs: number;
  /** Given up after so long in any case. */
  readonly limitMs: number;
  /** Given up when it fires. */
  readonly signal?: RunSignal | undefined;
}

/** How an exchange ended. */
export type Outcome =
  | { readonly kind: "reply"; readonly payload: Uint8Array }
  /** The agent answered with an error frame. */
  | { readonly kind: "refused"; readonly code: number; readonly detail: number }
  /** Nothing that answers came in time; `heard` is what came since the last sign of life. */
  | { readonly kind: "silent"; readonly heard: Heard }
  /** Signs of life, but no end within `limitMs`. */
  | { readonly kind: "overdue" }
  /** The line went away. */
  | { readonly kind: "lost"; readonly reason: string; readonly cause?: unknown }
  /** This side closed the line. */
  | { readonly kind: "closed" }
  /** The signal fired. */
  | { readonly kind: "aborted" };

/** What was received while nothing useful came. */
export interface Heard {
  /** Bytes of any kind. */
  readonly bytes: number;
  /** Whole frames, none of them the answer. */
  readonly framesGood: number;
  /** Damaged frames. */
  readonly framesBad: number;
  /** How often the request was sent. */
  readonly attempts: number;
}

const firstBytesKept = 16;

/**
 * Requests and replies over a transport: one request at a time, repeated with the same sequence
 * number until its reply comes, so that the agent can tell a repetition and runs nothing twice.
 * Replies to anything else are dropped.
 */
export class Link {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #decoder: FrameDecoder;
  #counters = emptyCounters();
  #pending: Pending | undefined;

  /** Takes the transport's two hooks for itself. `onLost` is called when the line goes away by itself. */
  constructor(transport: Transport, clock: Clock, onLost: (reason: string) => void) {
    this.#transport = transport;
    this.#clock = clock;
    this.#decoder = new FrameDecoder(
      (frame) => this.#takeFrame(frame),
      () => {
        this.#counters.framesBad += 1;
      },
    );
    transport.onData = (bytes) => this.#takeBytes(bytes);
    transport.onClose = (reason) => {
      this.#pending?.end({ kind: "lost", reason });
      onLost(reason);
    };
  }

  /** What was seen since {@link Link.clear}; a copy. */
  get counters(): LinkCounters {
    const { firstBytes, ...counts } = this.#counters;
    return { ...counts, firstBytes: Uint8Array.from(firstBytes) };
  }

  /** Whether an exchange is under way. */
  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  /** Starts counting anew and forgets half a frame, before the line is opened. */
  clear(): void {
    this.#counters = emptyCounters();
    this.#decoder.reset();
  }

  /** Ends a running exchange as closed by this side. */
  stop(): void {
    this.#pending?.end({ kind: "closed" });
  }

  /** Asks and waits. Never rejects, and always ends: at the latest after `limitMs`. */
  exchange(exchange: Exchange): Promise<Outcome> {
    if (exchange.signal?.aborted) return Promise.resolve({ kind: "aborted" });
    return new Promise((resolve) => {
      const pending = new Pending(exchange, this.#transport, this.#clock, this.#counters);
      this.#pending = pending;
      pending.start((outcome) => {
        if (this.#pending === pending) this.#pending = undefined;
        resolve(outcome);
      });
    });
  }

  #takeBytes(bytes: Uint8Array): void {
    const counters = this.#counters;
    counters.bytes += bytes.length;
    const room = firstBytesKept - counters.firstBytes.length;
    if (room > 0) counters.firstBytes.push(...bytes.subarray(0, room));
    this.#decoder.push(bytes);
  }

  #takeFrame(frame: Frame): void {
    this.#counters.framesGood += 1;
    if (!this.#pending?.take(frame)) this.#counters.framesStale += 1;
  }
}

type Counts = { -readonly [Name in keyof Omit<LinkCounters, "firstBytes">]: number } & {
  firstBytes: number[];
};

function emptyCounters(): Counts {
  return { bytes: 0, framesGood: 0, framesBad: 0, framesStale: 0, retries: 0, firstBytes: [] };
}

/** One exchange under way. */
class Pending {
  readonly #exchange: Exchange;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #counters: Counts;
  #cancelAttempt = () => {};
  #cancelSilence = () => {};
  #cancelLimit = () => {};
  #attempts = 0;
  #before: Counts;
  #settle: ((outcome: Outcome) => void) | undefined;

  constructor(exchange: Exchange, transport: Transport, clock: Clock, counters: Counts) {
    this.#exchange = exchange;
    this.#transport = transport;
    this.#clock = clock;
    this.#counters = counters;
    this.#before = { ...counters };
  }

  start(settle: (outcome: Outcome) => void): void {
    this.#settle = settle;
    const { limitMs, signal } = this.#exchange;
    this.#cancelLimit = this.#clock.setTimer(() => this.end({ kind: "overdue" }), limitMs);
    signal?.addEventListener("abort", this.#onAbort);
    this.#awaitLife();
    this.#send();
  }

  end(outcome: Outcome): void {
    const settle = this.#settle;
    if (settle === undefined) return;
    this.#settle = undefined;
    this.#cancelAttempt();
    this.#cancelSilence();
    this.#cancelLimit();
    this.#exchange.signal?.removeEventListener("abort", this.#onAbort);
    settle(outcome);
  }

  /** Whether the frame was for this exchange. */
  take(frame: Frame): boolean {
    const { type, session, replySession, sequence } = this.#exchange;
    const isHello = type === requestTypes.hello;
    if (frame.type === requestTypes.alive) {
      // While shaking hands, an agent that still runs what an earlier host started is alive too.
      if (!isHello && (frame.session !== session || frame.sequence !== sequence)) return false;
      this.#awaitLife();
      this.#awaitAnswer();
      return true;
    }
    if (frame.sequence !== sequence) return false;
    if (frame.type === requestTypes.error && frame.session === session) {
      if (frame.payload.length < 3) return false;
      const view = new DataView(frame.payload.buffer, frame.payload.byteOffset);
      this.end({ kind: "refused", code: view.getUint8(0), detail: view.getUint16(1, true) });
      return true;
    }
    if (frame.type !== (type | replyBit) || frame.session !== replySession) return false;
    this.end({ kind: "reply", payload: frame.payload });
    return true;
  }

  readonly #onAbort = () => this.end({ kind: "aborted" });

  #send(): void {
    const { type, session, sequence, payload } = this.#exchange;
    this.#attempts += 1;
    if (this.#attempts > 1) this.#counters.retries += 1;
    // A zero first where the agent may hold half a frame: at the beginning, and when something was lost.
    const flush = this.#attempts > 1 || type === requestTypes.hello;
    this.#awaitAnswer();
    void this.#write(encodeFrame({ type, session, sequence, payload }, flush));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#transport.write(bytes);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.end({ kind: "lost", reason, cause });
    }
  }

  #awaitAnswer(): void {
    this.#cancelAttempt();
    this.#cancelAttempt = this.#clock.setTimer(() => this.#send(), this.#exchange.attemptMs);
  }

  #awaitLife(): void {
    this.#cancelSilence();
    this.#before = { ...this.#counters };
    this.#cancelSilence = this.#clock.setTimer(() => {
      this.end({
        kind: "silent",
        heard: {
          bytes: this.#counters.bytes - this.#before.bytes,
          framesGood: this.#counters.framesGood - this.#before.framesGood,
          framesBad: this.#counters.framesBad - this.#before.framesBad,
          attempts: this.#attempts,
        },
      });
    }, this.#exchange.silenceMs);
  }
}

/** Name of an agent's error code, such as `no-session`; undefined for one that is not in the list. */
export function linkErrorName(code: number): keyof typeof linkErrors | undefined {
  const names = Object.keys(linkErrors) as (keyof typeof linkErrors)[];
  return names.find((name) => linkErrors[name] === code);
}
