/**
 * Models of registers in C: a module of its own beside the driver's, with the hooks that guard, over the simulated
 * chip. What is wrong with a model is no fault of the driver: it ends the run as an error.
 */
import type { SimChip } from "@escapement/board-sim";
import { errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";
import { guardLayout } from "../c/guard-layout.js";
import { cErrors } from "../c-errors.js";
import { type CProgram, prepareProgram } from "../c-program.js";
import { type CompileTools, compileC } from "../compile/compile-c.js";
import { instantiate, isTrap, type WasmExports } from "../wasm/web-assembly.js";
import { placeHere, wildAccess } from "./crash.js";
import type { Device, DeviceModel } from "./registers.js";

/** Rounds of loops in one access to a register. */
const ROUNDS_MAX = 1_000_000;

const modelErrors = errorTable(BoardError, {
  crashed: {
    code: "board-fault",
    message: "the model of registers {file} failed: {what}{place}",
    hint: "Look at that line of the model: the driver was not judged.",
  },
});

const functions = ["bytes", "read", "write"].map((name) => `esc_device_${name}`);

type ChipCall = (value: number) => number | undefined;

function chipCalls(chip: () => SimChip): Readonly<Record<string, ChipCall>> {
  return {
    esc_chip_counter: () => chip().counter | 0,
    esc_chip_set_counter: (value) => {
      chip().counter = fitted(value, chip().shape.counterBits);
      return undefined;
    },
    esc_chip_compare: () => chip().compare | 0,
    esc_chip_set_compare: (value) => {
      const { compareBits, counterBits } = chip().shape;
      chip().compare = fitted(value, compareBits ?? counterBits);
      return undefined;
    },
    esc_chip_flags: () => chip().flags,
    esc_chip_clear_flags: (flags) => void chip().clearFlags(flags & 3),
    esc_chip_pend: (flags) => void chip().pend(flags & 3),
    esc_chip_enabled: () => chip().enabledFlags,
    esc_chip_enable: (flags) => void chip().enable(flags & 3),
    esc_chip_disable: (flags) => void chip().disable(flags & 3),
  };
}

function fitted(value: number, bits: number): number {
  return (value >>> 0) % 2 ** Math.min(bits, 32);
}

/**
 * Compiles a model of registers, or takes it from the cache.
 *
 * @param isReused - whether one chip has gone when the next powers up, as in a search: then all use one instance
 * @throws {@link CError} `does-not-compile` also where the file calls what nobody defines; `bad-device` where it
 * is no model.
 */
export async function compileDevice(
  file: string,
  tools: CompileTools,
  { isReused = false }: { readonly isReused?: boolean } = {},
): Promise<Device["model"]> {
  const program = prepareProgram(await compileC({ files: [file], hooks: "guard" }, tools));
  const lacks = functions.filter((name) => !program.functions.has(name));
  if (lacks.length > 0) throw cErrors.noDevice({ file, lacks: lacks.join(", ") });
  const known = chipCalls(() => {
    throw new Error("no chip yet");
  });
  const unknown = program.undefinedFunctions
    .map(({ name }) => name)
    .filter((name) => known[name] === undefined);
  const missing = [...unknown, ...program.undefinedData];
  if (missing.length > 0) throw cErrors.nobodyDefines({ names: missing.join(", ") });
  let kept: Instance | undefined;
  return (chip) => {
    if (!isReused || kept === undefined) kept = new Instance(file, program);
    return kept.powerUp(chip);
  };
}

/** One instance of a model. */
class Instance {
  readonly #file: string;
  readonly #program: CProgram;
  readonly #exports: WasmExports;
  readonly #memory: Uint8Array;
  readonly #words: Uint32Array;
  readonly #fuelAt: number;
  readonly #first: Uint8Array;
  readonly #stackPointer: { value: number };
  readonly #stackStart: number;
  #chip: SimChip | undefined;

  constructor(file: string, program: CProgram) {
    this.#file = file;
    this.#program = program;
    const calls = chipCalls(() => this.#chip as SimChip);
    this.#exports = instantiate(program.module, {
      env: calls as Record<string, ChipCall>,
      escapement: {
        access: (address: number, _site: number, kind: number) => {
          const what = wildAccess(address >>> 0, (kind & 256) !== 0, ", which is no memory");
          throw this.#failed(what);
        },
        stored: () => {},
        fuel: () => {
          throw this.#failed(`${ROUNDS_MAX} rounds of loops in one access`);
        },
      },
    });
    const { buffer } = this.#exports.memory as { readonly buffer: ArrayBuffer };
    const state = (this.#exports.__esc_race_state as () => number)();
    this.#memory = new Uint8Array(buffer, 0, state);
    this.#words = new Uint32Array(buffer);
    this.#fuelAt = (state + guardLayout.fuel) >> 2;
    this.#first = this.#memory.slice();
    this.#stackPointer = this.#exports.__stack_pointer as { value: number };
    this.#stackStart = this.#stackPointer.value;
  }

  powerUp(chip: SimChip): DeviceModel {
    this.#chip = chip;
    this.#memory.set(this.#first);
    this.#stackPointer.value = this.#stackStart;
    const call = (name: string, ...values: number[]): number => this.#call(name, values);
    return {
      bytes: call("bytes"),
      read: (offset, size) => call("read", offset, size),
      write: (offset, value, size) => void call("write", offset, value, size),
    };
  }

  /** An interrupt that lands at an access to the chip may call the model again: each call has its own fuel. */
  #call(name: string, values: readonly number[]): number {
    const before = this.#words[this.#fuelAt] ?? 0;
    this.#words[this.#fuelAt] = ROUNDS_MAX;
    try {
      const called = this.#exports[`esc_device_${name}`] as (
        ...all: number[]
      ) => number | undefined;
      return (called(...values) ?? 0) >>> 0;
    } catch (error) {
      if (error instanceof BoardError || !isOwn(error)) throw error;
      throw this.#failed(error.message, error);
    } finally {
      this.#words[this.#fuelAt] = before;
    }
  }

  #failed(what: string, cause?: unknown): BoardError {
    const place = placeHere(this.#program);
    return modelErrors.crashed({ file: this.#file, what, place }, { cause });
  }
}

/** Whether it came out of the model's own code, and not through it out of the chip. */
function isOwn(error: unknown): error is Error {
  return isTrap(error) || error instanceof RangeError;
}
