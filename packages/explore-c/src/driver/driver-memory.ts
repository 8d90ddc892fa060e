/**
 * A timer driver in C under the search of interleavings: one instance, brought back to its begin for each run.
 *
 * Each access of the driver to memory that is not on its stack is a point of the search, piece by piece where it
 * is wider than the processor's word; what an interrupt does there is what the chip requests then, as in every
 * other target. Whether contexts share a piece need not be known before: an access that no interrupt conflicts
 * with is left out as equivalent, like any other.
 *
 * A wide access has a point before each piece, see `wide-accesses.ts`.
 */
import {
  access,
  assertionFailed,
  type CDriver,
  crashErrors,
  crashOf,
  DriverHost,
  instantiate,
  isTrap,
  placeHere,
  stateLayout,
  type WasmExports,
  wildAccess,
} from "@escapement/board-c";
import type { ExploreBoot, ExploreSite } from "@escapement/explore";
import { STACK_FULL_BELOW } from "../stack.js";
import { WideAccesses } from "../wide-accesses.js";
import { Cells } from "./cells.js";

/** Rounds of loops in one run; a driver that makes more goes round for ever. */
const ROUNDS_MAX = 20_000_000;

interface NumberGlobal {
  value: number;
}

type Import = (...values: readonly number[]) => unknown;

/** One instance of a driver, for one run after the other. */
export class DriverMemory {
  readonly #driver: CDriver;
  readonly #wordBytes: number;
  readonly #exports: WasmExports;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #first: Uint8Array;
  readonly #state: number;
  readonly #stackPointer: NumberGlobal;
  readonly #caller: NumberGlobal;
  readonly #stackStart: number;
  readonly #cells: Cells;
  readonly #wide: WideAccesses;
  #env: Record<string, Import> = {};
  #host: Record<string, Import> = {};
  #site: ExploreSite | undefined;
  /** The site that each level is at: an interrupt that comes in between leaves those below alone. */
  readonly #sites: number[] = [];
  #fault: Error | undefined;

  /** @param wordBytes - what the processor reads and writes at once, as the program was prepared for */
  constructor(driver: CDriver, wordBytes: number) {
    this.#driver = driver;
    this.#wordBytes = wordBytes;
    this.#exports = instantiate(driver.program.module, this.#imports());
    const { buffer } = this.#exports.memory as { readonly buffer: ArrayBuffer };
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
    this.#state = (this.#exports.__esc_race_state as () => number)();
    this.#stackPointer = this.#exports.__stack_pointer as NumberGlobal;
    this.#caller = this.#exports.__esc_race_caller as NumberGlobal;
    this.#stackStart = this.#stackPointer.value;
    this.#first = this.#bytes.slice(0, this.#state);
    // The stack lies below the data.
    this.#cells = new Cells(driver.program, this.#stackStart, this.#state, wordBytes);
    this.#wide = new WideAccesses(this.#bytes, (at, end) => this.#pieceAt(at, end));
    this.#bytes.fill(
      1,
      this.#state + stateLayout.shared + this.#stackStart,
      this.#state + stateLayout.shared + this.#state,
    );
  }

  /** Puts the driver up on a chip that has just powered up. */
  boot(site: ExploreSite): ExploreBoot {
    this.#bytes.set(this.#first);
    this.#stackPointer.value = this.#stackStart;
    this.#view.setBigUint64(this.#state + stateLayout.fuel, BigInt(ROUNDS_MAX), true);
    this.#wide.restart();
    this.#fault = undefined;
    this.#sites.length = 0;
    this.#site = site;
    const host = new DriverHost(site.chip, site.port, {
      failed: (condition, file, line) => {
        throw assertionFailed(this.#driver.program, condition, file, line);
      },
    });
    this.#env = host.imports.env as unknown as Record<string, Import>;
    this.#host = host.imports.escapement as unknown as Record<string, Import>;
    return { driver: host.attach(this.#exports, this.#driver.facts, (call) => this.#enter(call)) };
  }

  /** What a cell is called, as C writes it. */
  describeCell(cell: number): string {
    return this.#driver.program.variables.nameAt(this.#cells.byteOf(cell));
  }

  /** Where the code is that runs: `my_timer.c:42`. */
  describePlace(): string | undefined {
    const site = this.#sites[this.#level()] ?? -1;
    const place = this.#driver.program.sites[site]?.place;
    return place && `${place.file.replace(/^.*[/\\]/, "")}:${place.line}`;
  }

  #imports() {
    const later =
      (of: () => Record<string, Import>, name: string): Import =>
      (...values) => {
        // The chip is asked by whoever called last.
        this.#sites[this.#level()] = this.#caller.value;
        return of()[name]?.(...values);
      };
    const names = this.#driver.program.undefinedFunctions.map(({ name }) => name);
    const hosts = ["expire", "report", "log", "failed", "read_counter", "pend_compare"];
    return {
      env: Object.fromEntries(names.map((name) => [name, later(() => this.#env, name)])),
      escapement: {
        ...Object.fromEntries(hosts.map((name) => [name, later(() => this.#host, name)])),
        access: (address: number, site: number, kind: number) =>
          this.#access(address >>> 0, site, kind),
        stored: () => this.#stored(),
        round: () => {},
        begins: () => {},
        fuel: () => this.#endless(),
      },
    };
  }

  #access(address: number, site: number, kind: number): number {
    const size = kind & access.sizeMask;
    const stores = (kind & access.write) !== 0;
    if ((kind & access.register) !== 0 || address < 256 || address + size > this.#state) {
      throw this.#wild(address, stores);
    }
    const level = this.#level();
    this.#sites[level] = site;
    if (size <= this.#wordBytes || (kind & access.whole) !== 0) {
      this.#points(address, size, stores);
      return address;
    }
    const scratch = this.#state + stateLayout.scratch + 16 * (level % 64);
    if (stores) this.#wide.begin(address, size, scratch);
    else this.#wide.load(address, size, scratch, (at) => this.#points(at, 1, false));
    return scratch;
  }

  #stored(): void {
    this.#wide.end((at) => this.#points(at, 1, true));
  }

  /** How deep in interrupts the code is that runs. */
  #level(): number {
    return this.#site?.chip.controller.depth ?? 0;
  }

  /** Bytes from an address to the end of its piece. */
  #pieceAt(address: number, end: number): number {
    let piece = 1;
    const first = this.#cells.firstOf(address);
    while (address + piece < end && this.#cells.firstOf(address + piece) === first) piece += 1;
    return piece;
  }

  /** A point for each piece that an access reaches. */
  #points(address: number, size: number, stores: boolean): void {
    const site = this.#site as ExploreSite;
    for (let at = 0; at < size; at += this.#pieceAt(address + at, address + size)) {
      site.touch(this.#cells.cellOf(address + at), stores);
    }
  }

  #enter<T>(call: () => T): T {
    // What trapped is not called again: its state is half changed.
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return call();
    } catch (error) {
      if (!isTrap(error) && !(error instanceof RangeError)) throw error;
      const stackIsFull = (this.#stackPointer.value | 0) < STACK_FULL_BELOW;
      this.#fault = crashOf(error, this.#driver.program, stackIsFull);
      throw this.#fault;
    }
  }

  #endless(): never {
    throw crashErrors.endless({ rounds: ROUNDS_MAX, place: placeHere(this.#driver.program) });
  }

  #wild(address: number, stores: boolean): Error {
    const missing = ", which is no memory; registers cannot be searched yet";
    const what = wildAccess(address, stores, missing);
    return crashErrors.trapped({ what, place: placeHere(this.#driver.program) });
  }
}
