import { CPU_FREQUENCY_HZ } from "./chip.js";
import type { UnoEmulator } from "./emulator.js";

/** How fast the board's time runs: as fast as the host can, or as fast as on the bench. */
export type Pace = "free" | "real-time";

/** Cycles in one go while bytes are coming and going; more makes a conversation slower. */
const SLICE_CYCLES = 4_000;
/** Cycles in one go while a program runs on its own; the host's other work waits this long, 2 ms or so. */
const LONG_SLICE_CYCLES = 64_000;
/** A frame that was never returned was damaged: after so long the firmware is not going to. */
const GIVE_UP_CYCLES = CPU_FREQUENCY_HZ;
/** Held bytes go out after this long even if the firmware never looked idle. */
const HOLD_CYCLES = CPU_FREQUENCY_HZ / 8;
const ALIVE = 0xfe;
/** The first two bytes of an encoded frame are the code byte and the frame's type, unless that is zero. */
const TYPE_INDEX = 1;

/** What a runner does beside running. */
export interface RunnerOptions {
  /** How fast; `free` when absent. */
  readonly pace?: Pace;
  /**
   * Stops the board's time while the firmware waits for the host and owes it nothing, so that an
   * idle board costs nothing. Only for a firmware that keeps the frame rules of docs/wire.md.
   */
  readonly sleepWhenIdle?: boolean;
  /** Called when the emulator raised an error; the runner has stopped. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * Runs an emulator beside the event loop: slices of cycles, with room for other work in between.
 *
 * At free pace a byte from the host is held until the firmware waits for it. The conversation then
 * takes the same cycles in every run, however busy the host is; a firmware that is busy with
 * something else gets the byte after an eighth of a second of its own time.
 */
export class Runner {
  /** Called with the bytes that the firmware sent, some at a time. */
  onBytes: ((bytes: Uint8Array) => void) | undefined;
  readonly #emulator: UnoEmulator;
  readonly #options: RunnerOptions;
  readonly #held: number[] = [];
  #sent: number[] = [];
  #frame: number[] = [];
  #running = false;
  #scheduled: { cancel: () => void } | undefined;
  // A frame went in and its reply has not come out yet.
  #replyDue = false;
  #lastTrafficCycle = 0;
  #heldSinceCycle = 0;
  #paceStart = { timeMs: 0, cycle: 0 };

  /** Takes over an emulator's transmit hook; it stands still until `start`. */
  constructor(emulator: UnoEmulator, options: RunnerOptions = {}) {
    this.#emulator = emulator;
    this.#options = options;
    emulator.onTransmit = (byte) => this.#transmitted(byte);
  }

  /** Whether the board's time passes at present: started, and not asleep. */
  get awake(): boolean {
    return this.#scheduled !== undefined;
  }

  /** Begins, or goes on. */
  start(): void {
    this.#running = true;
    this.#wake();
  }

  /** Stops the board's time. */
  stop(): void {
    this.#running = false;
    this.#scheduled?.cancel();
    this.#scheduled = undefined;
  }

  /** Takes bytes from the host. */
  receive(bytes: Uint8Array): void {
    if (this.#held.length === 0) this.#heldSinceCycle = this.#emulator.cycles;
    for (const byte of bytes) this.#held.push(byte);
    if (this.#running) this.#wake();
  }

  #wake(): void {
    if (this.#scheduled !== undefined) return;
    this.#paceStart = { timeMs: performance.now(), cycle: this.#emulator.cycles };
    this.#schedule(0);
  }

  #schedule(delayMs: number): void {
    if (delayMs > 0) {
      const timer = setTimeout(() => this.#turn(), delayMs);
      this.#scheduled = { cancel: () => clearTimeout(timer) };
    } else {
      const immediate = setImmediate(() => this.#turn());
      this.#scheduled = { cancel: () => clearImmediate(immediate) };
    }
  }

  #turn(): void {
    this.#scheduled = undefined;
    try {
      this.#slice();
    } catch (error) {
      this.stop();
      this.#options.onFault?.(error);
      return;
    }
    this.#flush();
    // Whoever got those bytes may have stopped the runner, or woken it already.
    if (!this.#running || this.#scheduled !== undefined) return;
    if (this.#asleep()) return;
    this.#schedule(this.#delayMs());
  }

  #slice(): void {
    const emulator = this.#emulator;
    const quiet = emulator.cycles - this.#lastTrafficCycle > LONG_SLICE_CYCLES;
    let end = emulator.cycles + (quiet ? LONG_SLICE_CYCLES : SLICE_CYCLES);
    if (this.#options.pace === "real-time") {
      const { timeMs, cycle } = this.#paceStart;
      const target = cycle + ((performance.now() - timeMs) * CPU_FREQUENCY_HZ) / 1000;
      end = Math.min(end, target);
    }
    while (emulator.cycles < end) {
      if (this.#held.length > 0 && this.#mayReceive()) this.#release();
      else if (this.#asleep()) return;
      if (emulator.idle) emulator.step();
      else emulator.runUntilIdle(end - emulator.cycles);
    }
  }

  #mayReceive(): boolean {
    if (this.#options.pace === "real-time") return true;
    return this.#emulator.idle || this.#emulator.cycles - this.#heldSinceCycle >= HOLD_CYCLES;
  }

  #release(): void {
    if (this.#held.includes(0)) this.#replyDue = true;
    this.#emulator.send(this.#held.splice(0));
    this.#lastTrafficCycle = this.#emulator.cycles;
  }

  #transmitted(byte: number): void {
    this.#lastTrafficCycle = this.#emulator.cycles;
    this.#sent.push(byte);
    if (byte !== 0) {
      if (this.#frame.length <= TYPE_INDEX) this.#frame.push(byte);
      return;
    }
    if (this.#frame.length > TYPE_INDEX && this.#frame[TYPE_INDEX] !== ALIVE) {
      this.#replyDue = false;
    }
    this.#frame = [];
  }

  #asleep(): boolean {
    if (this.#options.sleepWhenIdle !== true || this.#held.length > 0) return false;
    if (!this.#emulator.idle) return false;
    return !this.#replyDue || this.#emulator.cycles - this.#lastTrafficCycle > GIVE_UP_CYCLES;
  }

  #delayMs(): number {
    if (this.#options.pace !== "real-time") return 0;
    const { timeMs, cycle } = this.#paceStart;
    const ahead = ((this.#emulator.cycles - cycle) * 1000) / CPU_FREQUENCY_HZ;
    return ahead > performance.now() - timeMs ? 1 : 0;
  }

  #flush(): void {
    if (this.#sent.length === 0) return;
    const bytes = Uint8Array.from(this.#sent);
    this.#sent = [];
    this.onBytes?.(bytes);
  }
}
