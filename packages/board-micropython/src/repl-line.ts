import type { Clock, Transport } from "@escapement/board-serial";
import { mpyErrors } from "./mpy-errors.js";

/** Bytes that nobody asked for are kept up to here, for messages. */
const mostKept = 65_536;

interface Waiter {
  readonly look: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * What comes from a board, as one text of a character for each byte, and waiting for something in it,
 * always with a deadline.
 */
export class ReplLine {
  readonly description: string;
  readonly clock: Clock;
  readonly #transport: Transport;
  #text = "";
  #last = "";
  #waiter: Waiter | undefined;
  #lost: Error | undefined;
  /** Bytes that were received and sent. */
  readonly counters = { received: 0, sent: 0 };

  constructor(transport: Transport, clock: Clock) {
    this.description = transport.description;
    this.clock = clock;
    this.#transport = transport;
    transport.onData = (bytes) => this.#receive(bytes);
    transport.onClose = (reason) => this.#fail(reason);
  }

  /** Opens the line, also after it was lost. */
  async open(): Promise<void> {
    await this.#transport.open();
    this.#lost = undefined;
    this.#text = "";
    this.#last = "";
  }

  /** Gives the line back. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Whether the line went away. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** What came last, for a message. */
  get tail(): string {
    return this.#last;
  }

  /** Sends a text of bytes. */
  async write(text: string): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    this.counters.sent += text.length;
    await this.#transport.write(Uint8Array.from(Buffer.from(text, "latin1")));
  }

  /** Takes what has come and was not taken yet. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** Puts a text back before what comes next. */
  putBack(text: string): void {
    this.#text = text + this.#text;
  }

  /**
   * Calls `find` with what has come, at each arrival, until it finds something; nothing at the deadline.
   * What has come stays until it is taken.
   *
   * @throws BoardError `disconnected` when the line goes away.
   */
  waitFor<Found>(
    find: (text: string) => Found | undefined,
    limitMs: number,
  ): Promise<Found | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== undefined) {
        reject(this.#lost);
        return;
      }
      const end = (finish: () => void): void => {
        cancel();
        this.#waiter = undefined;
        finish();
      };
      const cancel = this.clock.setTimer(() => end(() => resolve(undefined)), limitMs);
      const look = (): void => {
        const found = find(this.#text);
        if (found !== undefined) end(() => resolve(found));
      };
      this.#waiter = { look, fail: (error) => end(() => reject(error)) };
      look();
    });
  }

  #receive(bytes: Uint8Array): void {
    this.counters.received += bytes.length;
    const text = Buffer.from(bytes).toString("latin1");
    this.#text = (this.#text + text).slice(-mostKept);
    this.#last = (this.#last + text).slice(-60);
    this.#waiter?.look();
  }

  #fail(reason: string): void {
    this.#lost = mpyErrors.lost({ line: this.description, reason });
    this.#waiter?.fail(this.#lost);
  }
}
