import { pageOf, registerPages } from "@escapement/board-c";
import type { Machine } from "./machine.js";
import type { Device, RaceSetup } from "./race-setup.js";

const BLOCK_BYTES = 16;
const BLOCKS_MAX = 256;
/** The last block is that of the models. */
const MODELS_BLOCK = BLOCKS_MAX - 1;

/**
 * Registers: addresses that are no memory of the program. Those with values are inputs; the others keep
 * what was written, in memory behind them, so that `PORTB |= 1` is watched like any other access.
 */
export class Registers {
  readonly #devices: readonly Device[];
  readonly #pages: ReadonlySet<number>;
  readonly #blocks = new Map<number, number>();
  readonly #named: number[] = [];
  readonly #memory: number;
  readonly #undefined: RaceSetup["undefinedData"];

  /** A byte that represents all registers with a model. */
  readonly ofModels: number;

  /** Of a program: addresses near its constants, and those that were declared. */
  constructor({ program, devices, undefinedData }: RaceSetup, machine: Machine) {
    this.#undefined = undefinedData;
    this.#devices = devices;
    this.#memory = machine.registers;
    this.ofModels = this.#memory + MODELS_BLOCK * BLOCK_BYTES;
    // The end of memory is a constant of its own, and no register.
    this.#pages = registerPages(program, machine.bytes.length + 1);
  }

  /** The values that reads of an address give, where it was declared. */
  valuesAt(address: number): readonly number[] | undefined {
    const device = this.#devices.find(
      ({ address: start, length = 4 }) => address >= start && address < start + length,
    );
    return device?.values;
  }

  /** The variable that nobody defines at an address: a register of a missing header, or one of another file. */
  undefinedAt(address: number): "register" | "variable" | undefined {
    for (const { start, end, isAssumed } of this.#undefined) {
      if (address >= start && address < end) return isAssumed ? "register" : "variable";
    }
    return undefined;
  }

  /** The memory behind a register; undefined where there is none. */
  memoryOf(address: number, isRegister: boolean): number | undefined {
    if (!isRegister && !this.#pages.has(pageOf(address))) return undefined;
    const block = Math.floor(address / BLOCK_BYTES);
    let place = this.#blocks.get(block);
    if (place === undefined) {
      place = this.#blocks.size % MODELS_BLOCK;
      this.#blocks.set(block, place);
      this.#named[place] = block * BLOCK_BYTES;
    }
    return this.#memory + place * BLOCK_BYTES + (address % BLOCK_BYTES);
  }

  /** The address that a byte of memory is behind. */
  addressOf(memory: number): number | undefined {
    const place = Math.floor((memory - this.#memory) / BLOCK_BYTES);
    const start = this.#named[place];
    if (start === undefined || place < 0) return undefined;
    return start + ((memory - this.#memory) % BLOCK_BYTES);
  }

  /** The register that is behind a byte of memory, as text. */
  nameOf(memory: number): string | undefined {
    const place = Math.floor((memory - this.#memory) / BLOCK_BYTES);
    if (place === MODELS_BLOCK) return "registers with a model";
    const address = this.addressOf(memory);
    return address === undefined
      ? undefined
      : `register 0x${(address - (address % 4)).toString(16)}`;
  }
}
