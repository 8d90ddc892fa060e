import type { TimerPort } from "@escapement/core";

/** What runs when the chip's timer interrupt comes, and in thread context after it. */
export interface ChipHandlers {
  /** The timer interrupt. */
  onInterrupt(): void;
  /** Soft callbacks; how many ran. */
  service(): number;
}

/** A look at the clock takes this long. */
const lookUs = 5;

/**
 * The chip under a MicroPython without hardware: a clock that moves when Python looks at it or sleeps,
 * one compare interrupt, and a mask.
 */
export class VirtualChip {
  readonly port: TimerPort;
  /** What the interrupt calls; set by whoever has timers on this chip. */
  handlers: ChipHandlers | undefined;
  #nowUs = 0;
  #compare = 0;
  #isPending = false;
  #isEnabled = false;
  #masked = 0;
  #level = 0;
  #isServing = false;

  constructor() {
    this.port = {
      counterBits: 53,
      compareBits: 53,
      frequencyHz: 1_000_000,
      minDeltaTicks: 1,
      readCounter: () => this.#nowUs,
      overflowPending: () => false,
      acknowledgeOverflow: () => {},
      setCompare: (ticks) => {
        this.#compare = ticks;
      },
      enableCompare: (isOn) => {
        this.#isEnabled = isOn;
      },
      comparePending: () => this.#isPending,
      acknowledgeCompare: () => {
        this.#isPending = false;
      },
      saveAndMask: () => this.#saveAndMask(),
      restore: (state) => {
        this.#masked = state;
      },
      inInterrupt: () => this.#level > 0,
    };
  }

  /** Microseconds since the chip began. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** A look at the clock, which takes its time. */
  look(): number {
    this.pass(lookUs);
    return this.#nowUs;
  }

  /** Masks interrupts; returns whether they were enabled. */
  disable(): number {
    return this.#saveAndMask() === 0 ? 1 : 0;
  }

  /** Puts back what {@link disable} returned. */
  enable(state: number): void {
    this.#masked = state === 0 ? 1 : 0;
    this.#serve();
  }

  /** Lets time pass, with the interrupts that come in it. */
  pass(durationUs: number): void {
    const endUs = this.#nowUs + Math.max(0, Math.floor(durationUs));
    for (;;) {
      const ran = this.#serve();
      // Callbacks may have queued others, which do not wait for the end of a sleep.
      if (ran > 0 && this.#nowUs < endUs) continue;
      const isNext = this.#isEnabled && this.#compare > this.#nowUs && this.#compare <= endUs;
      if (!isNext && this.#nowUs >= endUs) break;
      this.#nowUs = isNext ? this.#compare : endUs;
      if (isNext) this.#isPending = true;
    }
    this.#serve();
  }

  #saveAndMask(): number {
    const before = this.#masked;
    this.#masked = 1;
    return before;
  }

  #serve(): number {
    if (this.#isPending && this.#isEnabled && this.#masked === 0 && this.#level === 0) {
      this.#level = 1;
      this.handlers?.onInterrupt();
      this.#level = 0;
    }
    if (this.#level > 0 || this.#isServing) return 0;
    this.#isServing = true;
    const ran = this.handlers?.service() ?? 0;
    this.#isServing = false;
    return ran;
  }
}
