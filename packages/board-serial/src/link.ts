import { linkErrors } from "@escapement/scenario";
import type { Clock } from "./clock.js";
import type { Damage } from "./diagnose-damage.js";
import { type Exchange, type Outcome, Pending } from "./exchange.js";
import { type Frame, FrameDecoder } from "./frame.js";
import { emptyCounters, type LinkCounters } from "./link-counters.js";
import type { Transport } from "./transport.js";

const firstBytesKept = 16;
/** So many damaged frames are kept, the newest; enough to see a pattern in them. */
const damagedKept = 12;

/**
 * Requests and replies over a transport: one request at a time, repeated with the same sequence
 * number until its reply comes, so that the agent can recognise a repetition and runs nothing twice.
 * Damage that is seen leads to a repetition at once. Replies to anything else are dropped.
 */
export class Link {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #decoder: FrameDecoder;
  #counters = emptyCounters();
  #damaged: Uint8Array[] = [];
  #pending: Pending | undefined;

  /** Takes the transport's two hooks for itself. `onLost` is called when the line goes away by itself. */
  constructor(transport: Transport, clock: Clock, onLost: (reason: string) => void) {
    this.#transport = transport;
    this.#clock = clock;
    this.#decoder = new FrameDecoder(
      (frame) => this.#takeFrame(frame),
      (encoded) => this.#takeDamage(encoded),
    );
    transport.onData = (bytes) => this.#takeBytes(bytes);
    transport.onClose = (reason) => {
      this.#pending?.end({ kind: "lost", reason });
      onLost(reason);
    };
  }

  /** What was seen since {@link Link.clear}; a copy. */
  get counters(): LinkCounters {
    const { firstBytes, bytesHigh: _, ...counts } = this.#counters;
    return { ...counts, firstBytes: Uint8Array.from(firstBytes) };
  }

  /** What was seen of damage since {@link Link.clear}. */
  get damage(): Damage {
    const { bytes, bytesHigh } = this.#counters;
    return { frames: this.#damaged, bytes, bytesHigh };
  }

  /** Whether anything was lost, damaged or late since {@link Link.clear}. */
  get isTroubled(): boolean {
    const { framesBad, framesStale, retries } = this.#counters;
    return framesBad + framesStale + retries > 0;
  }

  /** Whether an exchange is under way. */
  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  /** Starts counting again and forgets half a frame, before the line is opened. */
  clear(): void {
    this.#counters = emptyCounters();
    this.#damaged = [];
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
    for (const byte of bytes) if (byte > 0x7f) counters.bytesHigh += 1;
    const room = firstBytesKept - counters.firstBytes.length;
    if (room > 0) counters.firstBytes.push(...bytes.subarray(0, room));
    this.#decoder.push(bytes);
  }

  #takeDamage(encoded: Uint8Array): void {
    this.#counters.framesBad += 1;
    this.#damaged.push(encoded);
    if (this.#damaged.length > damagedKept) this.#damaged.shift();
    this.#pending?.takeDamage();
  }

  #takeFrame(frame: Frame): void {
    this.#counters.framesGood += 1;
    if (!this.#pending?.take(frame)) this.#counters.framesStale += 1;
  }
}

/** Name of an agent's error code, such as `no-session`; undefined for one that is not in the list. */
export function linkErrorName(code: number): keyof typeof linkErrors | undefined {
  const names = Object.keys(linkErrors) as (keyof typeof linkErrors)[];
  return names.find((name) => linkErrors[name] === code);
}
