import { FLAG_COMPARE, FLAG_OVERFLOW, type SimChipShape } from "./chip-options.js";
import { type SimClock, SimEvent } from "./clock.js";
import type { InterruptController } from "./controller.js";
import type { SimCounter } from "./counter.js";

/** The handlers of a chip's timer interrupts. */
export interface SimVectors {
  /** Runs while the overflow flag is up and its interrupt enabled. */
  readonly overflow: () => void;
  /** The same for the compare flag. On a chip with a shared vector both should be one function. */
  readonly compare: () => void;
}

/** Numbers of sources in the controller. */
interface Sources {
  readonly overflow: number;
  readonly compare: number;
}

/** What lies between the flags of a chip and its interrupt controller. */
export class InterruptLines {
  /** The enabled interrupts of the timer, as flags. */
  enabled = 0;
  readonly #clock: SimClock;
  readonly #controller: InterruptController;
  readonly #hardware: SimCounter;
  readonly #shape: SimChipShape;
  readonly #overflow: number;
  readonly #compare: number;
  readonly #second: number;
  readonly #secondEvent: SimEvent;
  #vectors: SimVectors | undefined;
  #pended: Sources | undefined;
  #asked = 0;

  /** Adds the sources of that chip: the timer's, and the second interrupt. */
  constructor(
    clock: SimClock,
    controller: InterruptController,
    hardware: SimCounter,
    shape: SimChipShape,
  ) {
    this.#clock = clock;
    this.#controller = controller;
    this.#hardware = hardware;
    this.#shape = shape;
    // The lower number goes first at equal priority; AVR and Cortex-M alike.
    this.#compare = this.#addTimerSource(shape.sharedVector ? "timer" : "compare", FLAG_COMPARE);
    this.#overflow = shape.sharedVector
      ? this.#compare
      : this.#addTimerSource("overflow", FLAG_OVERFLOW);
    this.#second = controller.addSource({ name: "second", priority: 2, latched: true });
    for (const each of [this.#compare, this.#overflow, this.#second]) {
      controller.setEnabled(each, true);
    }
    this.#secondEvent = new SimEvent(() => controller.setRequest(this.#second, true));
  }

  /** Sets what the timer interrupts run. Until then they run nothing. */
  connect(vectors: SimVectors): void {
    this.#vectors = vectors;
    this.#controller.connect(this.#overflow, vectors.overflow);
    this.#controller.connect(this.#compare, vectors.compare);
  }

  /** Sets the interrupts of these flags pending in the controller, whatever the flags are. */
  pend(mask: number): void {
    this.#pended ??= this.#addPended();
    if ((mask & FLAG_COMPARE) !== 0) this.#controller.setRequest(this.#pended.compare, true);
    if ((mask & FLAG_OVERFLOW) !== 0) this.#controller.setRequest(this.#pended.overflow, true);
  }

  /** Passes the flags on to the controller. */
  route(): void {
    const asking = this.#hardware.flags & this.enabled;
    if (this.#overflow === this.#compare) {
      this.#request(this.#compare, asking !== 0);
    } else {
      this.#request(this.#overflow, (asking & FLAG_OVERFLOW) !== 0);
      this.#request(this.#compare, (asking & FLAG_COMPARE) !== 0);
    }
  }

  /** The cycle at which the second interrupt will be requested; Infinity when it is not. */
  get secondCycle(): number {
    return this.#secondEvent.cycle;
  }

  /** Requests the second interrupt at a cycle. */
  requestSecond(handler: () => void, cycle: number): void {
    this.cancelSecond();
    this.#controller.connect(this.#second, handler);
    this.#clock.schedule(this.#secondEvent, cycle);
  }

  /** Drops a second interrupt that was not yet entered. */
  cancelSecond(): void {
    this.#clock.cancel(this.#secondEvent);
    this.#controller.setRequest(this.#second, false);
  }

  /** What decides which requests come next. */
  stance(): readonly number[] {
    return [this.enabled, this.#asked];
  }

  #addTimerSource(name: string, flag: number): number {
    const { clearsFlagAtEntry, latchesRequest } = this.#shape;
    return this.#controller.addSource({
      name,
      priority: 1,
      latched: latchesRequest,
      ...(latchesRequest && { isAsking: () => this.#isAsking(flag) }),
      ...(clearsFlagAtEntry && { entered: () => this.#hardware.clearFlags(flag) }),
    });
  }

  /** Sources of their own, made with the first use: most chips never need them. */
  #addPended(): Sources {
    const source = (name: string, vector: keyof SimVectors): number => {
      const number = this.#controller.addSource({ name, priority: 1, latched: true });
      this.#controller.connect(number, () => this.#vectors?.[vector]());
      this.#controller.setEnabled(number, true);
      return number;
    };
    const { sharedVector } = this.#shape;
    const compare = source(sharedVector ? "timer pend" : "compare pend", "compare");
    const overflow = sharedVector ? compare : source("overflow pend", "overflow");
    return { overflow, compare };
  }

  /** Follows a flag, or latches its rise: then nothing but the handler's entry takes the request back. */
  #request(source: number, asks: boolean): void {
    if (!this.#shape.latchesRequest) {
      this.#controller.setRequest(source, asks);
      return;
    }
    const asked = (this.#asked & (1 << source)) !== 0;
    if (asks && !asked) this.#controller.setRequest(source, true);
    if (!asks && asked) this.#controller.settle(source);
    this.#asked = asks ? this.#asked | (1 << source) : this.#asked & ~(1 << source);
  }

  #isAsking(flag: number): boolean {
    const flags = this.#shape.sharedVector ? FLAG_OVERFLOW | FLAG_COMPARE : flag;
    return (this.#hardware.flags & this.enabled & flags) !== 0;
  }
}
