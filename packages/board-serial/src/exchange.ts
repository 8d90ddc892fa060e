import { type RunSignal, replyBit, requestTypes, thrownText } from "@escapement/scenario";
import type { Clock } from "./clock.js";
import { encodeFrame, type Frame } from "./frame.js";
import type { Counts } from "./link-counters.js";
import type { Transport } from "./transport.js";

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
  /** Sent again when nothing was heard for so long; twice as long after each time, so that a slow line is not flooded. */
  readonly attemptMs: number;
  /** Longest time between two attempts. */
  readonly attemptMaxMs: number;
  /** Given up when there was no sign of life for so long. */
  readonly silenceMs: number;
  /** Given up after so long in any case. */
  readonly limitMs: number;
  /** Given up when it fires. */
  readonly signal?: RunSignal | undefined;
}

/** How an exchange ended. */
export type Outcome =
  | { readonly kind: "reply"; readonly payload: Uint8Array; readonly attempts: number }
  /** The agent replied with an error frame. */
  | { readonly kind: "refused"; readonly code: number; readonly detail: number }
  /** No reply came in time; `heard` is what came since the last sign of life. */
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
  /** Whole frames, none of them the reply. */
  readonly framesGood: number;
  /** Damaged frames. */
  readonly framesBad: number;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** So often a request is repeated at once after damage; a line that is nothing but damage must not be flooded. */
const promptRepeatsMax = 24;
const errorBytes = 3;

/** One exchange under way. */
export class Pending {
  readonly #exchange: Exchange;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #counters: Counts;
  #cancelAttempt = () => {};
  #cancelSilence = () => {};
  #cancelLimit = () => {};
  #attempts = 0;
  #attemptMs: number;
  #promptRepeats = 0;
  #before: Counts;
  #settle: ((outcome: Outcome) => void) | undefined;

  constructor(exchange: Exchange, transport: Transport, clock: Clock, counters: Counts) {
    this.#exchange = exchange;
    this.#transport = transport;
    this.#clock = clock;
    this.#counters = counters;
    this.#attemptMs = exchange.attemptMs;
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
    if (frame.type === requestTypes.alive) return this.#takeAlive(frame);
    if (frame.sequence !== sequence) return false;
    if (frame.type === requestTypes.error && frame.session === session) {
      if (frame.payload.length !== errorBytes) return false;
      const view = new DataView(frame.payload.buffer, frame.payload.byteOffset);
      this.end({ kind: "refused", code: view.getUint8(0), detail: view.getUint16(1, true) });
      return true;
    }
    if (frame.type !== (type | replyBit) || frame.session !== replySession) return false;
    this.end({ kind: "reply", payload: frame.payload, attempts: this.#attempts });
    return true;
  }

  /** Something came damaged: most likely the reply, so that it is asked for again at once. */
  takeDamage(): void {
    if (this.#settle === undefined || this.#promptRepeats >= promptRepeatsMax) return;
    this.#promptRepeats += 1;
    this.#send();
  }

  /** Signs of life come during a step only; while shaking hands, of one that an earlier host began. */
  #takeAlive(frame: Frame): boolean {
    const { type, session, sequence } = this.#exchange;
    if (frame.session === 0) return false;
    if (type === requestTypes.step) {
      if (frame.session !== session || frame.sequence !== sequence) return false;
    } else if (type !== requestTypes.hello) {
      return false;
    }
    this.#awaitLife();
    this.#awaitReply();
    return true;
  }

  readonly #onAbort = () => this.end({ kind: "aborted" });

  #send(): void {
    const { type, session, sequence, payload } = this.#exchange;
    this.#attempts += 1;
    if (this.#attempts > 1) this.#counters.retries += 1;
    // A zero first where the agent may hold half a frame: at the beginning, and when something was lost.
    const flush = this.#attempts > 1 || type === requestTypes.hello;
    this.#awaitReply();
    void this.#write(encodeFrame({ type, session, sequence, payload }, flush));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#transport.write(bytes);
    } catch (cause) {
      const reason = thrownText(cause);
      this.end({ kind: "lost", reason, cause });
    }
  }

  #awaitReply(): void {
    this.#cancelAttempt();
    this.#cancelAttempt = this.#clock.setTimer(() => {
      this.#attemptMs = Math.min(2 * this.#attemptMs, this.#exchange.attemptMaxMs);
      this.#send();
    }, this.#attemptMs);
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
