import { access, RegisterScratch } from "@escapement/board-c";
import type { Peripherals } from "./peripherals.js";
import { raceErrors } from "./race-errors.js";
import type { RunHost } from "./run-host.js";

/** An access to a register with a model, as `Accesses` makes the point before it. */
export interface PeripheralAccess {
  /** The memory that keeps what the register gave, or was given, last. */
  readonly memory: number;
  /** The site of the access. */
  readonly site: number;
  /** How many bytes. */
  readonly size: number;
  /** Whether it writes. */
  readonly write: boolean;
}

interface Store {
  readonly address: number;
  readonly site: number;
  readonly size: number;
  readonly scratch: number;
}

/** Has the accesses of a run reach models of registers, with their values. */
export class PeripheralAccesses {
  readonly #host: RunHost;
  readonly #peripherals: Peripherals;
  readonly #values: RegisterScratch;
  readonly #step: (access: PeripheralAccess, reads: () => void) => void;
  /** A store whose value is on its way. */
  #store: Store | undefined;

  /** @param step - makes the point before an access, and notes what the access means for others */
  constructor(
    host: RunHost,
    peripherals: Peripherals,
    step: (access: PeripheralAccess, reads: () => void) => void,
  ) {
    this.#host = host;
    this.#peripherals = peripherals;
    this.#values = new RegisterScratch(host.machine.bytes.buffer as ArrayBuffer);
    this.#step = step;
  }

  /** A run begins. */
  restart(): void {
    this.#store = undefined;
  }

  /** Where the value of an access is, or is to go. */
  access(address: number, site: number, kind: number): number {
    const { machine, contexts, isAsking } = this.#host;
    if (isAsking) throw raceErrors.predicateAsksModel({ address: address.toString(16) });
    const size = kind & access.sizeMask;
    const write = (kind & access.write) !== 0;
    const scratch = machine.scratch(contexts.depth - 1);
    if (!write || (kind & access.update) !== 0) this.#load(address, site, size, scratch);
    if (write) this.#store = { address, site, size, scratch };
    return scratch;
  }

  #load(address: number, site: number, size: number, scratch: number): void {
    const memory = this.#memoryOf(address);
    let value = 0;
    this.#step({ memory, site, size, write: false }, () => {
      value = this.#peripherals.read(address, size);
      this.#keep(memory, size, value);
    });
    this.#values.put(scratch, value);
  }

  /** The value of a store is in scratch memory: it goes to the model. That of an atomic access is noticed a little later. */
  stored(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#store = undefined;
    const { address, site, size, scratch } = store;
    const value = this.#values.take(scratch, size);
    const memory = this.#memoryOf(address);
    this.#step({ memory, site, size, write: true }, () => {});
    this.#peripherals.write(address, value, size);
    this.#keep(memory, size, value);
  }

  #memoryOf(address: number): number {
    return this.#host.registers.memoryOf(address, true) ?? 0;
  }

  #keep(memory: number, size: number, value: number): void {
    const { bytes } = this.#host.machine;
    for (let at = 0; at < size; at += 1) bytes[memory + at] = Math.floor(value / 2 ** (8 * at));
  }
}
