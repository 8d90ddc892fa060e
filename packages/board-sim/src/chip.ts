import { type SimAccess, type SimWatcher, simAccess } from "./access.js";
import {
  chipShape,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  type SimChipOptions,
  type SimChipShape,
} from "./chip-options.js";
import { SimClock } from "./clock.js";
import { InterruptController } from "./controller.js";
import { SimCounter } from "./counter.js";
import { InterruptLines, type SimVectors } from "./interrupt-lines.js";
import { checkModels, driftSequence, type SimModels, stallOf } from "./models.js";
import { Patience } from "./patience.js";
import type { SimProbe, SimState } from "./probe.js";
import { SimRandom } from "./random.js";
import { SimStance } from "./stance.js";

/** What a chip may be made with besides its shape. */
export interface SimChipExtras {
  /** Seeds the models and the places inside a tick where things fall. Default 1. */
  readonly seed?: number;
  /** What is less than ideal. */
  readonly models?: SimModels;
  /** Listens to all that the hardware does. */
  readonly probe?: SimProbe;
  /** Called before each access; may let time pass. */
  readonly watcher?: SimWatcher;
  /** Called with the name of an interrupt that the controller gave up because its flag is never cleared. */
  readonly stormed?: (source: string) => void;
  /**
   * Accesses that one call of a driver, or one entry of its interrupt, may make in a program before it
   * is ended as one that never returns; default 1 000 000.
   */
  readonly accessesMax?: number;
}

/** Some hundred times what a driver makes in its longest call. */
const ACCESSES_MAX = 1_000_000;

/**
 * The registers of a simulated chip: what a `TimerPort` is written against.
 *
 * Each access to a register or to the interrupt mask costs CPU cycles, so time moves on between any
 * two of them; and after each one, an interrupt that is due runs, as a nested call.
 *
 * @example
 * ```ts
 * import { FLAG_OVERFLOW, SimChip } from "@escapement/board-sim";
 *
 * const chip = new SimChip({ counterBits: 8, cpuHz: 1e6, cyclesPerTick: 1, startCounter: 250 });
 * chip.connect({ overflow: () => chip.clearFlags(FLAG_OVERFLOW), compare: () => {} });
 * chip.enable(FLAG_OVERFLOW);
 * while (chip.counter >= 250); // the interrupt comes in here
 * ```
 */
export class SimChip {
  /** What it is like, every default filled in. */
  readonly shape: SimChipShape;
  /** Virtual time. For instruments; a port has no business with it. */
  readonly clock = new SimClock();
  /** Seeded numbers for whatever belongs to this chip. */
  readonly random: SimRandom;
  /** The interrupt controller. For instruments; a port uses the members of the chip. */
  readonly controller: InterruptController;
  /** The counter without access costs. For instruments. */
  readonly hardware: SimCounter;
  /** Longest time a CPU stall may take, in cycles; 0 without that model. */
  readonly stallCycles: number;
  /** Ends code that never comes back. For instruments. */
  readonly patience: Patience;
  /**
   * Called where the program waits, before time goes on: may pass over time with {@link SimStance.passOver},
   * up to that cycle. Never where something looks at each access, or the hardware is less than ideal. For instruments.
   */
  whenIdle: ((untilCycle: number) => void) | undefined;
  readonly #before: number;
  readonly #after: number;
  readonly #lines: InterruptLines;
  readonly #stall: (() => void) | undefined;
  readonly #probe: SimProbe | undefined;
  readonly #watcher: SimWatcher | undefined;
  readonly #mayPassOver: boolean;
  readonly #state: SimState = {
    counter: 0,
    compare: 0,
    flags: 0,
    enabled: 0,
    masked: false,
    depth: 0,
  };

  /**
   * Powers a chip up: the counter counts, no interrupt is enabled, the mask is open.
   *
   * @throws TimerError `invalid-argument` when the shape or a model is out of range.
   */
  constructor(options: SimChipOptions, extras: SimChipExtras = {}) {
    const models = extras.models ?? {};
    checkModels(models);
    const shape = chipShape(options);
    const seed = extras.seed ?? 1;
    this.shape = shape;
    this.random = new SimRandom(seed);
    this.#probe = extras.probe;
    this.#watcher = extras.watcher;
    this.patience = new Patience(extras.accessesMax ?? ACCESSES_MAX);
    this.#after = Math.floor(shape.accessCycles / 2);
    this.#before = shape.accessCycles - this.#after;
    const { latency, drift } = models;
    const isIdeal = latency === undefined && drift === undefined && models.stall === undefined;
    this.#mayPassOver = isIdeal && extras.probe === undefined && extras.watcher === undefined;
    const jitter = new SimRandom(seed, 1);
    const changed = (): void => this.#changed();
    this.controller = new InterruptController(this.clock, {
      entryCycles: shape.entryCycles,
      exitCycles: shape.exitCycles,
      nesting: shape.nesting,
      tailChain: shape.tailChain,
      ...(latency && { jitterCycles: () => jitter.below(latency.maxCycles + 1) }),
      ...(extras.probe && { changed }),
      ...(extras.stormed && { stormed: extras.stormed }),
    });
    this.hardware = new SimCounter(this.clock, shape, () => this.#route());
    this.#lines = new InterruptLines(this.clock, this.controller, this.hardware, shape);
    if (drift) {
      const wander = new SimRandom(seed, 2);
      const { nextPpm, everyCycles } = driftSequence(drift, (limit) => wander.below(limit));
      this.hardware.drift(nextPpm, everyCycles);
    }
    this.stallCycles = models.stall?.maxCycles ?? 0;
    this.#stall = stallOf(models, this.clock, new SimRandom(seed, 3));
    this.#probe?.attached?.(this.hardware);
    if (this.#probe !== undefined) this.#changed();
  }

  /** The counter register: counts up, or down on a down-counter. */
  get counter(): number {
    this.#begin(simAccess.readCounter);
    const value = this.hardware.raw();
    this.#end();
    return value;
  }

  /** Presets the counter, raw; the prescaler starts again. No flag is set and no match comes of it. */
  set counter(value: number) {
    this.#begin(simAccess.writeCounter);
    // A probe sees the counter up to here, and from here on.
    if (this.#probe !== undefined) this.#changed();
    this.hardware.preset(value);
    if (this.#probe !== undefined) this.#changed();
    this.#end();
  }

  /**
   * The low 32 bits of a wide counter, alone: its high bits may have moved on when they are read.
   */
  get counterLow(): number {
    this.#begin(simAccess.readCounter);
    const value = this.hardware.low();
    this.#end();
    return value;
  }

  /** The high bits of a wide counter, alone. */
  get counterHigh(): number {
    this.#begin(simAccess.readCounter);
    const value = this.hardware.high();
    this.#end();
    return value;
  }

  /**
   * Reads the low 32 bits and latches the high ones of the same instant. One latch for all
   * contexts.
   */
  latchLow(): number {
    this.#begin(simAccess.readCounter);
    const value = this.hardware.latchLow();
    this.#end();
    return value;
  }

  /** The high bits as the last {@link SimChip.latchLow}, in whatever context, latched them. */
  latchedHigh(): number {
    this.#begin(simAccess.readCounter);
    const value = this.hardware.latchedHigh();
    this.#end();
    return value;
  }

  /** The compare register, raw: on a down-counter the raw count at which it matches. */
  get compare(): number {
    this.#begin(simAccess.readCompare);
    const value = this.hardware.compare;
    this.#end();
    return value;
  }

  /** Writes the compare register, raw; bits beyond its width are lost. */
  set compare(value: number) {
    this.#begin(simAccess.writeCompare, value);
    this.hardware.writeCompare(value);
    this.#end();
  }

  /** The latched flags, FLAG_OVERFLOW and FLAG_COMPARE, masked or not, enabled or not. */
  get flags(): number {
    this.#begin(simAccess.readFlags);
    const value = this.hardware.flags;
    this.#end();
    return value;
  }

  /** Clears the flags that have a one in `mask`: a write-one-to-clear register. */
  clearFlags(mask: number): void {
    this.#begin(simAccess.clearFlags, mask);
    this.hardware.clearFlags(mask);
    this.#end();
  }

  /**
   * Reads the flags and clears all of them, in one access: a status register that clears on reading.
   * What it takes away requests no interrupt any more; see {@link SimChip.pend}.
   */
  takeFlags(): number {
    this.#begin(simAccess.takeFlags);
    const value = this.hardware.flags;
    this.hardware.clearFlags(value);
    this.#end();
    return value;
  }

  /**
   * Sets the interrupts of these flags pending in the interrupt controller, as NVIC_SetPendingIRQ does:
   * the handler is entered once, whatever the flags are by then and whether or not the timer lets its
   * interrupt through.
   */
  pend(mask: number): void {
    this.#begin(simAccess.pend, mask);
    this.#lines.pend(mask);
    this.#end();
  }

  /** Enables the interrupts of these flags, and leaves the others as they are. */
  enable(mask: number): void {
    this.#begin(simAccess.enable, mask);
    this.#lines.enabled |= mask & (FLAG_OVERFLOW | FLAG_COMPARE);
    this.#route();
    this.#end();
  }

  /** Disables the interrupts of these flags. A latched flag stays as it is. */
  disable(mask: number): void {
    this.#begin(simAccess.disable, mask);
    this.#lines.enabled &= ~mask;
    this.#route();
    this.#end();
  }

  /** Masks all interrupts and returns the state as it was, in one access. */
  saveAndMask(): number {
    this.#begin(simAccess.mask);
    const state = this.controller.saveAndMask();
    this.#end();
    return state;
  }

  /** Puts the interrupt state back as {@link SimChip.saveAndMask} found it. */
  restore(state: number): void {
    this.#begin(simAccess.restore, state);
    this.controller.restore(state);
    this.#end();
  }

  /** Whether the caller runs in an interrupt handler. Costs no time. */
  inInterrupt(): boolean {
    return this.controller.depth > 0;
  }

  /** Sets what the timer interrupts run. Until then they run nothing. */
  connect(vectors: SimVectors): void {
    this.#lines.connect(vectors);
  }

  /** The enabled interrupts of the timer, as flags. Costs no time; for instruments. */
  get enabledFlags(): number {
    return this.#lines.enabled;
  }

  /** The cycle at which the second interrupt will be requested; Infinity when it is not. For instruments. */
  get secondCycle(): number {
    return this.#lines.secondCycle;
  }

  /** Requests the second interrupt at a cycle; it outranks the timer. For instruments. */
  requestSecond(handler: () => void, cycle: number): void {
    this.#lines.requestSecond(handler, cycle);
  }

  /** Drops a second interrupt that was not yet entered. For instruments. */
  cancelSecond(): void {
    this.#lines.cancelSecond();
  }

  /** The program waits until that cycle, and nothing is to be served before the next event. For instruments. */
  idle(untilCycle: number): void {
    if (this.#mayPassOver) this.whenIdle?.(untilCycle);
  }

  /** Where the chip stands. For instruments. */
  stance(): SimStance {
    return new SimStance(this, this.#lines.stance());
  }

  /** Notifies the probe, if there is one, that the handler of a timer begins or ends. */
  markHandler(timer: number, active: boolean): void {
    this.#probe?.handler(this.clock.now, timer, active);
  }

  /** First half of an access: up to the cycle at which the register is read or written. */
  #begin(access: SimAccess, argument = 0): void {
    this.patience.access(this.controller.depth, this.controller.entries);
    this.#watcher?.(access, argument);
    this.#stall?.();
    if (this.#before > 0) this.clock.advance(this.#before);
  }

  /** Second half: up to the next instruction, where an interrupt may come in. */
  #end(): void {
    if (this.#after > 0) this.clock.advance(this.#after);
    if (this.#probe !== undefined) this.#changed();
    this.controller.serve();
  }

  /** Passes the flags on to the controller. */
  #route(): void {
    this.#lines.route();
    if (this.#probe !== undefined) this.#changed();
  }

  #changed(): void {
    const state = this.#state;
    state.counter = this.hardware.raw();
    state.compare = this.hardware.compare;
    state.flags = this.hardware.flags;
    state.enabled = this.#lines.enabled;
    state.masked = this.controller.masked;
    state.depth = this.controller.depth;
    this.#probe?.changed(this.clock.now, state);
  }
}
