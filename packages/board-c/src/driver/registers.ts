import type { SimChip } from "@escapement/board-sim";
import { pageOf } from "../c-program.js";
import { access } from "../wasm/site.js";

/** Registers behind an address range: what loads and stores of C do there. */
export interface DeviceModel {
  /** How many bytes its registers take. */
  readonly bytes: number;
  /** A load of `size` bytes at `offset`; the value, of which the low bytes count. */
  read(offset: number, size: number): number;
  /** A store of the low `size` bytes of `value`. */
  write(offset: number, value: number, size: number): void;
}

/** A model of registers, and where it is. */
export interface Device {
  /** The address of its first register. */
  readonly address: number;
  /** How many bytes from there on are its own, where that is not what the model says. */
  readonly length?: number;
  /** Makes the model over a chip that has just powered up. */
  readonly model: (chip: SimChip) => DeviceModel;
}

/** All registers of one chip that has just powered up: those with a model, and those that only keep what is written. */
export class Registers {
  readonly #models: readonly {
    readonly from: number;
    readonly behind: number;
    readonly model: DeviceModel;
  }[];
  readonly #plain = new Map<number, number>();
  readonly #pages: ReadonlySet<number>;

  /** @param pages - those that have registers without a model, as `registerPages` finds them */
  constructor(chip: SimChip, devices: readonly Device[], pages: ReadonlySet<number>) {
    this.#models = devices.map(({ address, length, model }) => {
      const made = model(chip);
      return { from: address, behind: address + (length ?? made.bytes), model: made };
    });
    this.#pages = pages;
  }

  /** Whether a register is there; `kind` is what the hook of the access was given. */
  has(address: number, kind: number): boolean {
    const isRegister = (kind & access.register) !== 0 || this.#pages.has(pageOf(address));
    return isRegister || this.#deviceAt(address) !== undefined;
  }

  /** Whether a register has a model. */
  hasModel(address: number): boolean {
    return this.#deviceAt(address) !== undefined;
  }

  /** A load of 1 to 8 bytes. */
  read(address: number, size: number): number {
    const device = this.#deviceAt(address);
    return device?.model.read(address - device.from, size) ?? this.#kept(address, size);
  }

  /** A store. */
  write(address: number, value: number, size: number): void {
    const device = this.#deviceAt(address);
    if (device !== undefined) device.model.write(address - device.from, value, size);
    else
      for (let at = 0; at < size; at += 1)
        this.#plain.set(address + at, Math.floor(value / 2 ** (8 * at)) & 255);
  }

  #deviceAt(address: number): { readonly from: number; readonly model: DeviceModel } | undefined {
    return this.#models.find(({ from, behind }) => address >= from && address < behind);
  }

  #kept(address: number, size: number): number {
    let value = 0;
    for (let at = Math.min(size, 4) - 1; at >= 0; at -= 1)
      value = value * 256 + (this.#plain.get(address + at) ?? 0);
    return value;
  }
}

/** Values of registers on their way between C and the host: in scratch memory of the instance. */
export class RegisterScratch {
  readonly #view: DataView;

  /** Of an instance's memory. */
  constructor(buffer: ArrayBuffer) {
    this.#view = new DataView(buffer);
  }

  /** Puts down what a load gets. */
  put(scratch: number, value: number): void {
    this.#view.setUint32(scratch, value >>> 0, true);
    this.#view.setUint32(scratch + 4, Math.floor(value / 2 ** 32) >>> 0, true);
  }

  /** Takes what a store of that size has put there. */
  take(scratch: number, size: number): number {
    const low = this.#view.getUint32(scratch, true);
    return size >= 4 ? low : low % 2 ** (8 * size);
  }
}
