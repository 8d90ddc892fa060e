import type { SimClock } from "./clock.js";
import { chipErrors } from "./sim-errors.js";

/** Handlers that run back to back at one place before the interrupted code takes another step. */
const BACK_TO_BACK = 8;

/** Handlers that ran back to back without a step of the thread, after which it will never have one. */
const STARVED_ENTRIES = 100_000;

/** Handlers that came in eights, with a step of the thread after each, after which it will never have more. */
const CROWDED_ENTRIES = 1_000_000;

/** Nested this deep, a real stack is long gone. */
const DEEPEST = 32;

/** Entries for the same flag, never cleared in between, after which it is taken as never to be cleared. */
const STORM_ENTRIES = 1000;

/** How a source asks for its handler. */
export interface InterruptSource {
  /** Its name in error messages. */
  readonly name: string;
  /** Higher interrupts lower, where the controller nests; and is served first. */
  readonly priority: number;
  /**
   * True: the request is the controller's own latch, cleared when the handler is entered. False:
   * the request follows a device's flag, which the handler or the device has to clear.
   */
  readonly latched: boolean;
  /**
   * Called when the handler is about to be entered: a device that clears its flag there does so.
   */
  readonly entered?: () => void;
  /**
   * Present where a latched request represents a device's flag: whether that is still up. The request
   * is latched again where it is when the handler ends.
   */
  readonly isAsking?: () => boolean;
}

/** How a controller behaves and what it costs. */
export interface ControllerOptions {
  /** Cycles from acceptance to the handler's first instruction. */
  readonly entryCycles: number;
  /** Cycles from the handler's end to the interrupted code. */
  readonly exitCycles: number;
  /** Higher priorities interrupt running handlers; or else a running handler masks everything. */
  readonly nesting: boolean;
  /** Extra entry cycles, asked at each entry: a latency model. */
  readonly jitterCycles?: () => number;
  /** No step of the interrupted code between two handlers that follow each other. Default false. */
  readonly tailChain?: boolean;
  /** Called at each change of level and mask: a waveform recorder. */
  readonly changed?: () => void;
  /** Called when a source is given up: its flag was never cleared by its own handler. */
  readonly stormed?: (source: string) => void;
}

/**
 * Decides when a handler runs: request, enable, priority, nesting, and one global mask.
 *
 * A handler is a plain nested call, made from {@link InterruptController.serve}: at a register
 * access, while the processor spins or sleeps, and nowhere else. A handler is only ever entered
 * when its source requests it, it is enabled, the mask is open and nothing of the same or a higher
 * priority runs. A request made while one of these fails waits; it is not lost.
 *
 * After eight handlers back to back the interrupted code takes one step, so that a storm slows a
 * program down but does not stop it; a controller that tail-chains gives it none, and ends the program
 * with `never-ends` when 100 000 followed each other; as does any after a million without an instant at which
 * none waited. A source whose handler was entered a thousand times without
 * its flag being cleared is held back until it is, as Linux does with an interrupt that nobody
 * handles; so a wrong port leaves a trace to be judged. Endless nesting ends in a `board-fault`.
 */
export class InterruptController {
  /** Whether the global mask is closed. Change it with `saveAndMask` and `restore`. */
  masked = false;
  /** How many handlers are running inside one another: 0 in thread context. */
  depth = 0;
  /** Handler entries since the controller was made. */
  entries = 0;
  readonly #clock: SimClock;
  readonly #options: ControllerOptions;
  readonly #sources: InterruptSource[] = [];
  readonly #handlers: (() => void)[] = [];
  readonly #unclearedEntries: number[] = [];
  #requested = 0;
  #enabled = 0;
  #givenUp = 0;
  #running = Number.NEGATIVE_INFINITY;
  /** Handlers since there last was an instant at which none waited, in eights. */
  #crowded = 0;

  /** Makes a controller without sources, unmasked. */
  constructor(clock: SimClock, options: ControllerOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  /** Adds a source, not enabled, and returns its number. At most 31. */
  addSource(source: InterruptSource): number {
    this.#handlers.push(() => {});
    this.#unclearedEntries.push(0);
    return this.#sources.push(source) - 1;
  }

  /** Sets what a source's interrupt runs. */
  connect(source: number, handler: () => void): void {
    this.#handlers[source] = handler;
  }

  /** Raises or drops a source's request. */
  setRequest(source: number, requested: boolean): void {
    if (requested) {
      this.#requested |= 1 << source;
    } else {
      this.#requested &= ~(1 << source);
      this.#givenUp &= ~(1 << source);
      this.#unclearedEntries[source] = 0;
    }
  }

  /** The flag behind a latched request came down: a source that is cleared is no storm. The request stays. */
  settle(source: number): void {
    this.#givenUp &= ~(1 << source);
    this.#unclearedEntries[source] = 0;
  }

  /** Lets a source's request through, or holds it back. */
  setEnabled(source: number, enabled: boolean): void {
    if (enabled) this.#enabled |= 1 << source;
    else this.#enabled &= ~(1 << source);
  }

  /** Closes the mask and returns whether it was closed (1) or open (0). */
  saveAndMask(): number {
    const was = this.masked ? 1 : 0;
    this.masked = true;
    if (was === 0) this.#options.changed?.();
    return was;
  }

  /**
   * Puts the mask to what `saveAndMask` returned. What is waiting is served at the next `serve`.
   */
  restore(state: number): void {
    const masked = state !== 0;
    if (masked === this.masked) return;
    this.masked = masked;
    this.#options.changed?.();
  }

  /**
   * Runs the handlers that may run now. Called after each step of the processor.
   *
   * @returns Whether the interrupted code has to take its next step, however short, because there
   * may be more to run right after it.
   * @throws BoardError `never-ends` where a controller that tail-chains does not let the thread go on;
   * no handler is entered from then on.
   */
  serve(): boolean {
    const most = this.#options.tailChain === true ? STARVED_ENTRIES : BACK_TO_BACK;
    for (let count = 0; count < most; count += 1) {
      const source = this.masked || this.#ready() === 0 ? -1 : this.#mostUrgent();
      if (source < 0) {
        if (this.depth === 0) this.#crowded = 0;
        return false;
      }
      this.#enter(source);
    }
    this.#crowded += most;
    if (this.#options.tailChain === true || this.#crowded >= CROWDED_ENTRIES)
      this.#starved(this.#crowded);
    return true;
  }

  /** What decides which handler runs next. */
  stance(): readonly number[] {
    const own = [this.#requested, this.#enabled, this.#givenUp, this.#running, this.depth];
    return [...own, this.masked ? 1 : 0, ...this.#unclearedEntries];
  }

  #starved(entries: number): never {
    this.#enabled = 0;
    const chains = this.#options.tailChain === true;
    throw chains ? chipErrors.starvedThread({ entries }) : chipErrors.crowdedThread({ entries });
  }

  #ready(): number {
    return this.#requested & this.#enabled & ~this.#givenUp;
  }

  #mostUrgent(): number {
    const ready = this.#ready();
    let found = -1;
    let highest = this.#running;
    for (let source = 0; source < this.#sources.length; source += 1) {
      const priority = this.#sources[source]?.priority ?? 0;
      if ((ready & (1 << source)) !== 0 && priority > highest) {
        found = source;
        highest = priority;
      }
    }
    return found;
  }

  #enter(number: number): void {
    const source = this.#sources[number];
    const handler = this.#handlers[number];
    if (source === undefined || handler === undefined) return;
    if (!this.#allowed(number, source)) return;
    const { nesting, entryCycles, exitCycles, jitterCycles, changed } = this.#options;
    const running = this.#running;
    this.entries += 1;
    this.depth += 1;
    if (nesting) this.#running = source.priority;
    else this.masked = true;
    changed?.();
    try {
      this.#clock.advance(entryCycles + (jitterCycles?.() ?? 0));
      if (source.isAsking !== undefined) this.#requested &= ~(1 << number);
      else if (source.latched) this.setRequest(number, false);
      source.entered?.();
      handler();
      this.#clock.advance(exitCycles);
      if (source.isAsking?.() === true) this.setRequest(number, true);
    } finally {
      this.depth -= 1;
      this.#running = running;
      // The return instruction of such a core opens the mask, whatever the handler did with it.
      if (!nesting) this.masked = false;
      changed?.();
    }
  }

  #allowed(number: number, source: InterruptSource): boolean {
    if (this.depth >= DEEPEST) {
      throw chipErrors.nestedTooDeep({ source: source.name, depth: DEEPEST });
    }
    const uncleared = (this.#unclearedEntries[number] ?? 0) + 1;
    this.#unclearedEntries[number] = uncleared;
    if (uncleared <= STORM_ENTRIES) return true;
    this.#givenUp |= 1 << number;
    this.#options.stormed?.(source.name);
    return false;
  }
}
