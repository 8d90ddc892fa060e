import { BoardError } from "@escapement/scenario";
import type { Clock, Transport } from "../../src/index.js";
import type { Fault, Way } from "./faults.js";

/** From one end to the other, in milliseconds of the test's clock. */
const latencyMs = 2;

/** What is at the board's end of a line. */
export interface LineEnd {
  /** Powers up again. */
  powerUp(): void;
  /** Bytes arrive; what it sends at once comes back. */
  arrive(bytes: Uint8Array): Uint8Array;
}

/** A line in virtual time between a host and an agent, with a fault in it. */
export class FaultyLine implements Transport {
  readonly description = "the faulty line";
  onData: ((bytes: Uint8Array) => void) | undefined;
  onClose: ((reason: string) => void) | undefined;
  /** Nothing, once the line has healed. */
  fault: Fault | undefined;
  /** What the host sent, as it sent it. */
  readonly sent: Uint8Array[] = [];
  readonly #clock: Clock;
  readonly #agent: LineEnd;
  readonly #freeAt: Record<Way, number> = { toAgent: 0, toHost: 0 };
  #opening = 0;
  #isOpen = false;

  constructor(clock: Clock, agent: LineEnd, fault: Fault) {
    this.#clock = clock;
    this.#agent = agent;
    this.fault = fault;
  }

  async open(): Promise<void> {
    this.#isOpen = true;
    this.#opening += 1;
    this.fault?.onOpen?.(this);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) throw new BoardError("disconnected", "it is not open", "Open it first.");
    this.sent.push(bytes.slice());
    this.#pass("toAgent", bytes);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  /** The line goes away by itself. */
  breakOff(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.onClose?.("the fault closed it");
  }

  /** The board restarts. */
  powerUp(): void {
    this.#agent.powerUp();
  }

  /** The board sends by itself. */
  send(bytes: Uint8Array): void {
    this.#pass("toHost", bytes);
  }

  /** The board's firmware writes what is no frame. */
  print(bytes: Uint8Array): void {
    this.#arriveLater("toHost", bytes, 0, false);
  }

  #pass(way: Way, bytes: Uint8Array): void {
    const changed = this.fault?.change(way, bytes, this) ?? [{ bytes }];
    for (const { bytes: some, afterMs = 0, overtaken = false } of changed) {
      this.#arriveLater(way, some, afterMs, overtaken);
    }
  }

  /** In order, but for what is delayed so that others overtake it. */
  #arriveLater(way: Way, bytes: Uint8Array, afterMs: number, overtaken: boolean): void {
    if (bytes.length === 0) return;
    const now = this.#clock.now();
    let at = now + latencyMs + afterMs;
    if (!overtaken) {
      at = Math.max(at, this.#freeAt[way]);
      this.#freeAt[way] = at;
    }
    const opening = this.#opening;
    this.#clock.setTimer(() => {
      if (way === "toAgent") {
        // The wire does not know that the host has closed and opened its port meanwhile.
        const reply = this.#agent.arrive(bytes);
        if (reply.length > 0) this.#pass("toHost", reply);
      } else if (this.#isOpen && opening === this.#opening) {
        this.onData?.(bytes);
      }
    }, at - now);
  }
}
