/**
 * Registers with a model behind them, in C or in JavaScript, over a simulated chip that powers up with each run.
 *
 * The search knows nothing of what a model keeps. But a model is what its accesses made of it, in their order: after the
 * same ones it is in the same state. So a hash of them represents that state, and as a load may change what the next
 * one gives, each access counts as a write of all of them.
 */
import { type Device, Registers } from "@escapement/board-c";
import { SimChip, type SimProfile } from "@escapement/board-sim";
import { CodedError } from "@escapement/core";
import { thrownText } from "@escapement/scenario";
import { mix } from "./hash.js";
import { raceErrors } from "./race-errors.js";

const noPages: ReadonlySet<number> = new Set();

/** The models of one program. */
export class Peripherals {
  readonly #devices: readonly Device[];
  readonly #chip: SimProfile["chip"];
  #registers: Registers | undefined;
  /** One half of the hash of all accesses of the run. */
  high = 0;
  /** The other half. */
  low = 0;

  /** Behind those addresses, over a chip of that kind. */
  constructor(devices: readonly Device[], { chip }: SimProfile) {
    this.#devices = devices;
    this.#chip = chip;
  }

  /** A run begins: power goes on. */
  restart(): void {
    this.high = 0;
    this.low = 0;
    this.#registers = this.#asked(() => {
      const chip = new SimChip(this.#chip);
      return new Registers(chip, this.#devices, noPages);
    });
  }

  /** Whether a register has a model. */
  has(address: number): boolean {
    return this.#registers?.hasModel(address) === true;
  }

  /** A load of 1 to 8 bytes. */
  read(address: number, size: number): number {
    this.#remember(address, size, -1);
    return this.#asked(() => this.#registers?.read(address, size) ?? 0);
  }

  /** A store. */
  write(address: number, value: number, size: number): void {
    this.#remember(address, 16 + size, value);
    this.#asked(() => this.#registers?.write(address, value, size));
  }

  #remember(address: number, what: number, value: number): void {
    this.high = mix(mix(this.high, address), Math.imul(what, 31) + value);
    this.low = mix(mix(this.low ^ 0x2545f491, what), Math.imul(address, 131) + value);
  }

  /** What a model throws is no fault of the program. */
  #asked<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      if (cause instanceof CodedError) throw cause;
      throw raceErrors.peripheralFailed({ reason: thrownText(cause) }, { cause });
    }
  }
}
