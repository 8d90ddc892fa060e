import type { SimChip } from "@escapement/board-sim";
import { guardLayout } from "../c/guard-layout.js";
import { type CProgram, pageOf, registerPages } from "../c-program.js";
import { access } from "../wasm/site.js";
import { crashErrors, fullStack, placeHere, wildAccess } from "./crash.js";

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
  /** Makes the model over a chip that has just powered up. */
  readonly model: (chip: SimChip) => DeviceModel;
}

/** What the bus needs of an instance. */
interface BusMemory {
  readonly buffer: ArrayBuffer;
  readonly state: number;
  readonly devices: readonly Device[];
  /** Whether the stack of C has come to its end. */
  readonly stackIsFull: () => boolean;
}

const LEVELS = 64;

/** The addresses that are no memory: registers with a model, registers that only keep what is written, and none at all. */
export class DeviceBus {
  readonly #program: CProgram;
  readonly #view: DataView;
  readonly #stackIsFull: () => boolean;
  readonly #scratch: number;
  readonly #storedAt: number;
  readonly #chip: SimChip;
  readonly #models: readonly { readonly from: number; readonly model: DeviceModel }[];
  readonly #plain = new Map<number, number>();
  readonly #pages: ReadonlySet<number>;
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
    this.#scratch = state + guardLayout.scratch;
    this.#storedAt = state + guardLayout.stored;
    this.#models = devices.map(({ address, model }) => ({ from: address, model: model(chip) }));
    this.#pages = registerPages(program, buffer.byteLength);
  }

  /** An access to an address that is no memory: returns where its value is, or is to go. */
  access(address: number, _site: number, kind: number): number {
    const size = kind & access.sizeMask;
    const isRegister = (kind & access.register) !== 0 || this.#pages.has(pageOf(address));
    const device = this.#deviceAt(address);
    if (device === undefined && !isRegister) throw this.#wild(address, kind);
    const scratch = this.#scratch + 16 * (this.#chip.controller.depth % LEVELS);
    if ((kind & access.write) !== 0) {
      this.#pending.push({ address, size, scratch });
      this.#view.setUint32(this.#storedAt, 1, true);
      return scratch;
    }
    const value = device?.model.read(address - device.from, size) ?? this.#kept(address, size);
    this.#view.setUint32(scratch, value >>> 0, true);
    this.#view.setUint32(scratch + 4, Math.floor(value / 2 ** 32) >>> 0, true);
    return scratch;
  }

  /** A store that went to scratch memory has its value there. */
  stored(): void {
    const store = this.#pending.pop();
    if (this.#pending.length === 0) this.#view.setUint32(this.#storedAt, 0, true);
    if (store === undefined) return;
    const { address, size, scratch } = store;
    const low = this.#view.getUint32(scratch, true);
    const value = size >= 4 ? low : low % 2 ** (8 * size);
    const device = this.#deviceAt(address);
    if (device !== undefined) device.model.write(address - device.from, value, size);
    else
      for (let at = 0; at < size; at += 1) this.#plain.set(address + at, (low >>> (8 * at)) & 255);
  }

  #deviceAt(address: number): { readonly from: number; readonly model: DeviceModel } | undefined {
    return this.#models.find(({ from, model }) => address >= from && address < from + model.bytes);
  }

  #kept(address: number, size: number): number {
    let value = 0;
    for (let at = Math.min(size, 4) - 1; at >= 0; at -= 1)
      value = value * 256 + (this.#plain.get(address + at) ?? 0);
    return value;
  }

  #wild(address: number, kind: number): Error {
    const stores = (kind & access.write) !== 0;
    const what = this.#stackIsFull()
      ? fullStack
      : wildAccess(address, stores, ", which is no memory and no register");
    return crashErrors.trapped({ what, place: placeHere(this.#program) });
  }
}
