import type { MaskEffect } from "./mask-names.js";
import type { Handler } from "./race-setup.js";

/** The number of a handler that has none. */
const NO_NUMBER = -2;

/** The bit of a status register that lets interrupts in: `GIE` of an MSP430. */
const STATUS_BIT = 8;

/**
 * Which handlers are enabled: a bit for each, and one mask over all, as processors have them. What is
 * enabled at the begin is found out once: a handler that the program's first call about it disables, or
 * that no call is about, is enabled from the begin; the others are not.
 */
export class Masks {
  readonly #handlers: readonly Handler[];
  readonly #all: number;
  /** A bit for each handler that is enabled by itself. */
  #bits = 0;
  #open = true;
  /** How often the mask over all was closed by calls that count. */
  #depth = 0;
  /** A bit for each handler that the program has registered, or need not. */
  #registered = 0;
  readonly #firstRegistered: number;
  /** Handlers that were enabled at any time of the run. */
  ever = 0;
  /** What each run begins with. */
  #firstBits: number;
  #firstOpen = true;
  /** Handlers whose first call is known. */
  #settled = 0;
  #openSettled = false;
  #isLearning = true;

  /** Before anything is known: everything is enabled. */
  constructor(handlers: readonly Handler[]) {
    this.#handlers = handlers;
    this.#all = bitsBelow(handlers.length);
    this.#firstBits = this.#all;
    this.#firstRegistered = handlers.reduce(
      (bits, { isRegistered }, place) => (isRegistered ? bits : bits | (1 << place)),
      0,
    );
  }

  /** The handlers that may come. */
  get enabled(): number {
    return this.#open && this.#depth === 0 ? this.#bits & this.#registered : 0;
  }

  /** Whether the mask over all is open, and how often it was closed by calls that count. */
  get openness(): readonly [open: boolean, depth: number] {
    return [this.#open, this.#depth];
  }

  set openness([open, depth]: readonly [open: boolean, depth: number]) {
    this.#open = open;
    this.#depth = depth;
    this.ever |= this.enabled;
  }

  /** For a hash of the state. */
  get state(): number {
    const bits = (Math.imul(this.#bits, 31) + this.#registered) | 0;
    return (Math.imul(bits, 31) + 2 * this.#depth + (this.#open ? 1 : 0)) | 0;
  }

  /** Back to the begin of a run. */
  restore(): void {
    this.#bits = this.#firstBits;
    this.#open = this.#firstOpen;
    this.#depth = 0;
    this.#registered = this.#firstRegistered;
    this.ever = this.enabled;
  }

  /** What runs begin with is known, and stays. */
  settle(): void {
    this.#isLearning = false;
  }

  /** The handlers that a call with that number is about: where none has it, those without a number. */
  about(number: number): number {
    if (number === -1) return this.#all;
    return this.#withNumber(number) || this.#withNumber(NO_NUMBER);
  }

  #withNumber(number: number): number {
    return this.#handlers.reduce(
      (bits, handler, place) => (handler.number === number ? bits | (1 << place) : bits),
      0,
    );
  }

  /** The program registers a handler, by its place, and may enable it by that. */
  register(handler: number, enables: boolean): void {
    const bit = 1 << handler;
    this.#registered |= bit;
    if (enables) {
      this.#learn(bit, true);
      this.#bits |= bit;
    }
    this.ever |= this.enabled;
  }

  /** Makes a call, and returns what it returns. */
  apply(effect: MaskEffect, argument: number, second = 0): number {
    const wasOpen = this.#open;
    switch (effect) {
      case "enable one":
        this.#learn(this.about(argument), true);
        this.#bits |= this.about(argument);
        break;
      case "disable one":
        this.#learn(this.about(argument), false);
        this.#bits &= ~this.about(argument);
        break;
      case "set status":
      case "clear status":
        if ((argument & STATUS_BIT) === 0) return 0;
        return this.apply(effect === "set status" ? "enable all" : "disable all", argument);
      case "set one":
        return this.apply(second === 0 ? "disable one" : "enable one", argument);
      case "enter":
        this.#learnOpen(false);
        this.#depth += 1;
        break;
      case "leave":
        if (this.#depth > 0) this.#depth -= 1;
        else this.#open = true;
        break;
      case "enable all":
      case "disable all":
      case "save and disable":
        this.#learnOpen(effect === "enable all");
        this.#open = effect === "enable all";
        break;
      case "restore":
        this.#open = argument === 0;
        break;
      case "read mask":
        break;
    }
    this.ever |= this.enabled;
    return effect === "save and disable" || effect === "read mask" ? Number(!wasOpen) : 0;
  }

  #learn(bits: number, enables: boolean): void {
    if (!this.#isLearning) return;
    const fresh = bits & ~this.#settled;
    this.#settled |= bits;
    if (enables) this.#firstBits &= ~fresh;
  }

  #learnOpen(opens: boolean): void {
    if (!this.#isLearning) return;
    if (!this.#openSettled && opens) this.#firstOpen = false;
    this.#openSettled = true;
  }
}

function bitsBelow(count: number): number {
  return count >= 31 ? 0x7fffffff : (1 << count) - 1;
}
