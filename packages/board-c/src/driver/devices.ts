import type { SimChip } from "@escapement/board-sim";
import { guardLayout } from "../c/guard-layout.js";
import { type CProgram, registerPages } from "../c-program.js";
import { access } from "../wasm/site.js";
import { crashErrors, fullStack, placeHere, wildAccess } from "./crash.js";
import { type Device, RegisterScratch, Registers } from "./registers.js";

/** What the bus needs of an instance. */
interface BusMemory {
  readonly buffer: ArrayBuffer;
  readonly state: number;
  readonly devices: readonly Device[];
  /** Whether the stack of C has come to its end. */
  readonly stackIsFull: () => boolean;
}

const LEVELS = 64;

/** The addresses that are no memory, of a driver that only runs: its registers, and none at all. */
export class DeviceBus {
  readonly #program: CProgram;
  readonly #view: DataView;
  readonly #values: RegisterScratch;
  readonly #stackIsFull: () => boolean;
  readonly #scratch: number;
  readonly #storedAt: number;
  readonly #chip: SimChip;
  readonly #registers: Registers;
  readonly #pending: { address: number; size: number; scratch: number }[] = [];

  /** The bus of one instance. */
  constructor(
    chip: SimChip,
    program: CProgram,
    { buffer, state, devices, stackIsFull }: BusMemory,
  ) {
    this.#stackIsFull = stackIsFull;
    this.#chip = chip;
    this.#program = program;
    this.#view = new DataView(buffer);
    this.#values = new RegisterScratch(buffer);
    this.#scratch = state + guardLayout.scratch;
    this.#storedAt = state + guardLayout.stored;
    this.#registers = new Registers(chip, devices, registerPages(program, buffer.byteLength));
  }

  /** An access to an address that is no memory: returns where its value is, or is to go. */
  access(address: number, _site: number, kind: number): number {
    const size = kind & access.sizeMask;
    if (!this.#registers.has(address, kind)) throw this.#wild(address, kind);
    const scratch = this.#scratch + 16 * (this.#chip.controller.depth % LEVELS);
    if ((kind & access.write) !== 0) {
      this.#pending.push({ address, size, scratch });
      this.#view.setUint32(this.#storedAt, 1, true);
      return scratch;
    }
    this.#values.put(scratch, this.#registers.read(address, size));
    return scratch;
  }

  /** A store that went to scratch memory has its value there. */
  stored(): void {
    const store = this.#pending.pop();
    if (this.#pending.length === 0) this.#view.setUint32(this.#storedAt, 0, true);
    if (store === undefined) return;
    const { address, size, scratch } = store;
    this.#registers.write(address, this.#values.take(scratch, size), size);
  }

  #wild(address: number, kind: number): Error {
    const stores = (kind & access.write) !== 0;
    const what = this.#stackIsFull()
      ? fullStack
      : wildAccess(address, stores, ", which is no memory and no register");
    return crashErrors.trapped({ what, place: placeHere(this.#program) });
  }
}
