import {
  ArrayState,
  type HalOptions,
  type SharedState,
  TimerHal,
  type TimerPort,
} from "../src/index.js";

/** How a fake chip behaves. */
export interface FakeChipOptions {
  /** Counter width; default 16. */
  readonly counterBits?: number;
  /** Compare width; default the counter's. */
  readonly compareBits?: number;
  /** A compare written nearer than this does not match; default 1. */
  readonly minDeltaTicks?: number;
  /** Default 1 MHz. */
  readonly frequencyHz?: number;
  /** Time that passes at each port access; default 0. */
  readonly ticksPerAccess?: number;
  /** The chip clears the overflow flag when it enters the vector; default false. */
  readonly clearsOnEntry?: boolean;
  /** A vector that was requested comes, also when its flag was acknowledged meanwhile; default false. */
  readonly latchesRequest?: boolean;
  /** The way out of an interrupt, at whose end the next one is entered; default 0. */
  readonly exitTicks?: number;
  /** True time at the beginning; default 0. */
  readonly begin?: number;
  /** One vector for both flags; default false. */
  readonly oneVector?: boolean;
}

/**
 * A tiny chip in virtual time: one counter, one compare that matches by equality only, two latched
 * flags, and interrupts that land at any port access where they are requested and not masked.
 */
export class FakeChip {
  /** True time in ticks, not wrapped; its whole part is what the counter shows. */
  time: number;
  /** Port accesses so far. */
  accesses = 0;
  /** Interrupt depth. */
  level = 0;
  /** Whether interrupts are masked. */
  masked = false;
  /** Called before each access with its name. */
  onAccess: ((name: string) => void) | undefined;
  /** Lands as an interrupt of higher priority at that access number, once, as soon as not masked. */
  injection: { readonly at: number; readonly run: () => void } | undefined;
  overflowFlag = false;
  overflowRequested = false;
  compareFlag = false;
  compareEnabled = false;
  compare = 0;
  compareWrites = 0;
  port: TimerPort;
  hal: TimerHal | undefined;
  ticksPerAccess: number;
  #compareFrom = 0;
  readonly #options: FakeChipOptions;
  readonly #lap: number;
  readonly #compareLap: number;

  constructor(options: FakeChipOptions = {}) {
    const counterBits = options.counterBits ?? 16;
    this.#options = options;
    this.time = options.begin ?? 0;
    this.#lap = 2 ** counterBits;
    this.#compareLap = 2 ** (options.compareBits ?? counterBits);
    this.ticksPerAccess = options.ticksPerAccess ?? 0;
    this.port = this.#makePort(counterBits);
  }

  /** The HAL on this chip. */
  connect(options: HalOptions = {}): TimerHal {
    this.hal = new TimerHal(this.port, options);
    return this.hal;
  }

  /** The HAL on this chip, with every access to its shared state a place for an interrupt, too. */
  connectObserved(options: HalOptions = {}): TimerHal {
    return this.connect({ ...options, state: (cells) => this.#observe(new ArrayState(cells)) });
  }

  /** The whole ticks of the true time. */
  get ticks(): number {
    return Math.floor(this.time);
  }

  /** Lets time pass with interrupts landing as they are requested. */
  advance(ticks: number): void {
    this.runUntil(this.time + ticks);
  }

  /** Lets time pass until then; handlers that burn time may bring it further. */
  runUntil(time: number): void {
    this.#deliver();
    while (this.time < time) {
      this.#elapse(Math.min(time, this.#nextEvent()) - this.time);
      this.#deliver();
    }
  }

  /** Burns time without looking at interrupts until its end, as a long instruction would. */
  stall(ticks: number): void {
    const end = this.time + ticks;
    while (this.time < end) {
      this.#elapse(Math.min(end, this.#nextEvent()) - this.time);
    }
  }

  /** Runs a function with interrupts masked. */
  withMask<T>(step: () => T): T {
    const was = this.port.saveAndMask();
    const value = step();
    this.port.restore(was);
    return value;
  }

  /** Runs a function as an interrupt of higher priority, now. */
  interrupt(run: () => void): void {
    this.level += 1;
    run();
    this.level -= 1;
  }

  #nextEvent(): number {
    const wrap = (Math.floor(this.time / this.#lap) + 1) * this.#lap;
    return Math.min(wrap, this.#nextMatch());
  }

  #nextMatch(): number {
    const base = Math.floor(this.time / this.#compareLap) * this.#compareLap;
    let match = base + this.compare;
    while (match <= this.time || match < this.#compareFrom) {
      match += this.#compareLap;
    }
    return match;
  }

  #elapse(ticks: number): void {
    let left = ticks;
    while (left > 0) {
      const event = this.#nextEvent();
      const step = Math.min(left, event - this.time);
      const match = this.#nextMatch();
      this.time += step;
      left -= step;
      if (this.time === event) {
        this.compareFlag ||= event === match;
        if (event % this.#lap === 0) {
          this.overflowFlag = true;
          this.overflowRequested = true;
        }
      }
      if (step <= 0) {
        break;
      }
    }
  }

  #observe(state: SharedState): SharedState {
    return {
      load: (cell) => {
        this.accesses += 1;
        this.#deliver();
        return state.load(cell);
      },
      store: (cell, value) => {
        this.accesses += 1;
        this.#deliver();
        state.store(cell, value);
      },
    };
  }

  #access(name: string): void {
    this.accesses += 1;
    this.onAccess?.(name);
    this.#elapse(this.ticksPerAccess);
    this.#deliver();
  }

  #deliver(): void {
    const { injection, hal } = this;
    if (injection !== undefined && this.accesses >= injection.at && !this.masked) {
      this.injection = undefined;
      this.interrupt(injection.run);
    }
    while (!this.masked && this.level === 0 && hal !== undefined) {
      const compare = this.compareFlag && this.compareEnabled;
      const { latchesRequest, oneVector } = this.#options;
      const overflow = latchesRequest ? this.overflowRequested : this.overflowFlag;
      if (!compare && !(overflow && this.#lap <= 2 ** 32)) {
        return;
      }
      this.level += 1;
      if (oneVector) {
        hal.onInterrupt();
      } else if (compare) {
        // The compare has the lower number, as on an AVR: the overflow waits for it.
        hal.onCompare();
      } else {
        this.#enterOverflow(hal);
      }
      this.#elapse(this.#options.exitTicks ?? 0);
      this.level -= 1;
    }
  }

  #enterOverflow(hal: TimerHal): void {
    this.overflowRequested = false;
    if (!this.#options.clearsOnEntry) {
      hal.onOverflow();
      return;
    }
    this.overflowFlag = false;
    this.masked = true;
    hal.onOverflow();
    this.masked = false;
  }

  #makePort(counterBits: number): TimerPort {
    const options = this.#options;
    const minDeltaTicks = options.minDeltaTicks ?? 1;
    const base = {
      counterBits,
      frequencyHz: options.frequencyHz ?? 1_000_000,
      minDeltaTicks,
      autoClear: options.clearsOnEntry ?? false,
      readCounter: () => {
        this.#access("readCounter");
        return counterBits > 32 ? this.ticks : this.ticks % this.#lap;
      },
      overflowPending: () => {
        this.#access("overflowPending");
        return this.overflowFlag && counterBits <= 32;
      },
      acknowledgeOverflow: () => {
        this.#access("acknowledgeOverflow");
        this.overflowFlag = false;
      },
      setCompare: (ticks: number) => {
        this.#access("setCompare");
        if (!(ticks >= 0 && ticks < this.#compareLap && Number.isInteger(ticks))) {
          throw new Error(`setCompare(${ticks})`);
        }
        this.compare = ticks;
        this.compareWrites += 1;
        this.#compareFrom = this.ticks + minDeltaTicks;
      },
      enableCompare: (on: boolean) => {
        this.#access("enableCompare");
        this.compareEnabled = on;
      },
      comparePending: () => {
        this.#access("comparePending");
        return this.compareFlag;
      },
      acknowledgeCompare: () => {
        this.#access("acknowledgeCompare");
        this.compareFlag = false;
      },
      saveAndMask: () => {
        this.#access("saveAndMask");
        const was = this.masked ? 1 : 0;
        this.masked = true;
        return was;
      },
      restore: (state: number) => {
        this.masked = state !== 0;
        this.#access("restore");
      },
      inInterrupt: () => this.level > 0,
    };
    return options.compareBits === undefined ? base : { ...base, compareBits: options.compareBits };
  }
}
