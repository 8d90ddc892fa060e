import type { TimerHal, TimerPort } from "@escapement/core";
import type { Machine } from "../src/index.js";

/** A 16-bit counter with overflow and compare flags in virtual time, one tick to each access. */
export class FakeChip {
  time = 60_000;
  #level = 0;
  #masked = 0;
  #overflow = false;
  #compare = 0;
  #compareOn = false;
  #matched = false;
  #hal: TimerHal | undefined;

  readonly port: TimerPort = {
    counterBits: 16,
    frequencyHz: 1_000_000,
    minDeltaTicks: 2,
    readCounter: () => {
      this.pass(1);
      return this.time % 65_536;
    },
    overflowPending: () => this.#overflow,
    acknowledgeOverflow: () => {
      this.#overflow = false;
    },
    setCompare: (ticks) => {
      this.#compare = ticks;
    },
    enableCompare: (on) => {
      this.#compareOn = on;
    },
    comparePending: () => this.#matched,
    acknowledgeCompare: () => {
      this.#matched = false;
    },
    saveAndMask: () => {
      const was = this.#masked;
      this.#masked = 1;
      return was;
    },
    restore: (state) => {
      this.#masked = state;
      this.#serve();
    },
    inInterrupt: () => this.#level > 0,
  };

  readonly machine: Machine = {
    stamp: () => this.time,
    contextLevel: () => this.#level,
    spin: (ticks) => this.pass(ticks),
    sleep: (ticks) => this.pass(ticks),
    saveAndMask: () => this.port.saveAndMask(),
    restore: (state) => this.port.restore(state),
    interruptsEnabled: () => this.#masked === 0,
  };

  connect(hal: TimerHal): TimerHal {
    this.#hal = hal;
    return hal;
  }

  /** Counts ticks one by one, as the hardware does. */
  pass(ticks: number): void {
    for (let tick = 0; tick < ticks; tick++) {
      this.time += 1;
      const count = this.time % 65_536;
      if (count === 0) this.#overflow = true;
      if (count === this.#compare) this.#matched = true;
      this.#serve();
    }
  }

  #serve(): void {
    while (this.#masked === 0 && this.#level === 0) {
      if (this.#overflow) this.#interrupt(() => this.#hal?.onOverflow());
      else if (this.#matched && this.#compareOn) this.#interrupt(() => this.#hal?.onCompare());
      else return;
    }
  }

  #interrupt(handler: () => void): void {
    this.#level = 1;
    handler();
    this.#level = 0;
  }
}
