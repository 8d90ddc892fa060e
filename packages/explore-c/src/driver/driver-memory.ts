/**
 * A timer driver in C under the search of interleavings: one instance, brought back to its begin for each run.
 *
 * Each access of the driver to memory that is not on its stack is a point of the search, piece by piece where it
 * is wider than the processor's word; what an interrupt does there is what the chip requests then, as in every
 * other target. Whether contexts share a piece need not be known before: an access that no interrupt conflicts
 * with is left out as equivalent, like any other.
 *
 * A wide access has a point before each piece, see `wide-accesses.ts`. Registers are cells of their own, behind
 * those of memory; what a model of them does to the chip are further points.
 */
import {
  access,
  assertionFailed,
  type CDriver,
  crashErrors,
  crashOf,
  type Device,
  DriverHost,
  framesOf,
  fullStack,
  instantiate,
  isTrap,
  placeHere,
  RegisterScratch,
  Registers,
  registerPages,
  type SourceFrame,
  stateLayout,
  type WasmExports,
  wildAccess,
} from "@escapement/board-c";
import type { ExploreBoot, ExploreSite } from "@escapement/explore";
import { STACK_FULL_BELOW } from "../stack.js";
import { WideAccesses } from "../wide-accesses.js";
import { Cells } from "./cells.js";
import { DriverSplits } from "./driver-splits.js";
import { LoopRounds } from "./loop-rounds.js";

type Import = (...values: readonly number[]) => unknown;

/** One instance of a driver, for one run after the other. */
export class DriverMemory {
  readonly #driver: CDriver;
  readonly #wordBytes: number;
  readonly #exports: WasmExports;
  readonly #bytes: Uint8Array;
  readonly #first: Uint8Array;
  readonly #state: number;
  readonly #stackPointer: { value: number };
  readonly #caller: { readonly value: number };
  readonly #stackStart: number;
  readonly #cells: Cells;
  readonly #wide: WideAccesses;
  readonly #splits: DriverSplits;
  readonly #devices: readonly Device[];
  readonly #pages: ReadonlySet<number>;
  readonly #values: RegisterScratch;
  #registers: Registers | undefined;
  /** A store to a register whose value is on its way. */
  #registerStore: { address: number; size: number; scratch: number } | undefined;
  #env: Record<string, Import> = {};
  #host: Record<string, Import> = {};
  #site: ExploreSite | undefined;
  /** The site that each level is at: an interrupt that comes in between leaves those below alone. */
  readonly #sites: number[] = [];
  readonly #rounds: LoopRounds;
  /** Accesses to the chip, to registers and to memory that is not on the stack, in this run. */
  #accesses = 0;
  #fault: Error | undefined;
  /** The calls that led to what ended the last run. */
  #faultStack: readonly SourceFrame[] = [];

  /** @param wordBytes - what the processor reads and writes at once */
  constructor(driver: CDriver, wordBytes: number, devices: readonly Device[] = []) {
    this.#driver = driver;
    this.#devices = devices;
    this.#wordBytes = wordBytes;
    this.#exports = instantiate(driver.program.module, this.#imports());
    const { buffer } = this.#exports.memory as { readonly buffer: ArrayBuffer };
    this.#bytes = new Uint8Array(buffer);
    this.#state = (this.#exports.__esc_race_state as () => number)();
    this.#stackPointer = this.#exports.__stack_pointer as { value: number };
    this.#caller = this.#exports.__esc_race_caller as { value: number };
    this.#stackStart = this.#stackPointer.value;
    this.#first = this.#bytes.slice(0, this.#state);
    // The stack lies below the data.
    this.#cells = new Cells(driver.program, this.#stackStart, this.#state, wordBytes);
    this.#wide = new WideAccesses(this.#bytes, (at, end) => this.#pieceAt(at, end));
    this.#pages = registerPages(driver.program, buffer.byteLength);
    this.#values = new RegisterScratch(buffer);
    this.#splits = new DriverSplits({
      site: (site) => driver.program.sites[site],
      cell: (cell) => this.describeCell(cell),
    });
    this.#rounds = new LoopRounds({
      ...{ bytes: this.#bytes, state: this.#state, program: driver.program },
      localsInMemory: driver.program.localsInMemory,
      accesses: () => this.#accesses,
    });
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
    this.#rounds.restart();
    this.#accesses = 0;
    this.#wide.restart();
    this.#splits.restart(site.split);
    this.#registers = new Registers(site.chip, this.#devices, this.#pages);
    this.#registerStore = undefined;
    this.#fault = undefined;
    this.#faultStack = [];
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
    const register = this.#cells.registerOf(cell);
    if (register !== undefined) return `register 0x${register.toString(16)}`;
    return this.#driver.program.variables.nameAt(this.#cells.byteOf(cell));
  }

  /** Where the code is that runs: `my_timer.c:42`. */
  describePlace(): string | undefined {
    const site = this.#sites[this.#level()] ?? -1;
    const place = this.#driver.program.sites[site]?.place;
    return place && `${place.file.replace(/^.*[/\\]/, "")}:${place.line}`;
  }

  /** The calls of C that are under way; behind a run that crashed, those that led to it. */
  describeStack(): readonly SourceFrame[] {
    return this.#faultStack.length > 0 ? this.#faultStack : framesOf(this.#driver.program);
  }

  #imports() {
    const later =
      (of: () => Record<string, Import>, name: string): Import =>
      (...values) => {
        this.#accesses += 1;
        // The chip is asked by whoever called last.
        this.#sites[this.#level()] = this.#caller.value;
        return this.#ends(() => of()[name]?.(...values));
      };
    const names = this.#driver.program.undefinedFunctions.map(({ name }) => name);
    const hosts = ["expire", "report", "log", "failed", "read_counter", "pend_compare"];
    return {
      env: Object.fromEntries(names.map((name) => [name, later(() => this.#env, name)])),
      escapement: {
        ...Object.fromEntries(hosts.map((name) => [name, later(() => this.#host, name)])),
        access: (address: number, site: number, kind: number) =>
          this.#ends(() => this.#access(address >>> 0, site, kind)),
        stored: () => this.#ends(() => this.#stored()),
        round: () => {
          if (this.#rounds.isSpentByOne()) this.#ends(() => this.#rounds.spent());
        },
        begins: () => {},
        fuel: () => this.#ends(() => this.#rounds.spent()),
      },
    };
  }

  /** Keeps the calls under which a run ends: behind it they are gone. */
  #ends<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.#faultStack.length === 0) this.#faultStack = framesOf(this.#driver.program);
      throw error;
    }
  }

  #access(address: number, site: number, kind: number): number {
    const size = kind & access.sizeMask;
    const stores = (kind & access.write) !== 0;
    const level = this.#level();
    this.#accesses += 1;
    this.#sites[level] = site;
    const scratch = this.#state + stateLayout.scratch + 16 * (level % 64);
    if ((kind & access.register) !== 0 || address < 256 || address + size > this.#state) {
      return this.#register(address, size, kind, scratch);
    }
    if (size <= this.#wordBytes || (kind & access.whole) !== 0) {
      this.#points(address, size, kind);
      return address;
    }
    if (stores) this.#wide.begin(address, size, scratch);
    else {
      this.#wide.load(address, size, scratch, (at, _, piece) => {
        this.#point(this.#cells.cellOf(at), 0, piece);
      });
    }
    return scratch;
  }

  #stored(): void {
    const store = this.#registerStore;
    if (store !== undefined) {
      this.#registerStore = undefined;
      const { address, size, scratch } = store;
      const value = this.#values.take(scratch, size);
      this.#point(this.#cells.cellOfRegister(address), access.write, 0);
      this.#registers?.write(address, value, size);
    }
    this.#wide.end((at, _, piece) => this.#point(this.#cells.cellOf(at), access.write, piece));
  }

  /** An access to an address that is no memory: where its value is, or is to go. */
  #register(address: number, size: number, kind: number, scratch: number): number {
    const registers = this.#registers;
    if (registers?.has(address, kind) !== true) throw this.#wild(address, kind);
    if ((kind & access.write) !== 0) {
      this.#registerStore = { address, size, scratch };
      return scratch;
    }
    this.#point(this.#cells.cellOfRegister(address), 0, 0);
    this.#values.put(scratch, registers.read(address, size));
    return scratch;
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
  #points(address: number, size: number, kind: number): void {
    for (let at = 0; at < size; at += this.#pieceAt(address + at, address + size)) {
      this.#point(this.#cells.cellOf(address + at), kind, 0);
    }
  }

  /** A point before an access, or before one piece of it; what it means for those that were interrupted. */
  #point(cell: number, kind: number, piece: number): void {
    const stores = (kind & access.write) !== 0;
    (this.#site as ExploreSite).touch(cell, stores);
    const level = this.#level();
    const site = this.#sites[level] ?? -1;
    for (let before = 1; before <= piece; before += 1) {
      this.#splits.piece(level, cell - before * this.#wordBytes, site, stores);
    }
    this.#splits.access(level, cell, site, stores, (kind & access.update) !== 0);
  }

  #enter<T>(call: () => T): T {
    // What crashed, or was ended, is not called again: its state is half changed, its rounds are used up.
    if (this.#fault !== undefined) throw this.#fault;
    const level = this.#level();
    this.#splits.enter(level);
    try {
      return call();
    } catch (error) {
      throw this.#crashed(error);
    } finally {
      this.#splits.leave(level);
    }
  }

  #crashed(error: unknown): unknown {
    if (!isTrap(error) && !(error instanceof RangeError)) {
      if (error instanceof Error) this.#fault = error;
      return error;
    }
    if (this.#faultStack.length === 0) this.#faultStack = framesOf(this.#driver.program, error);
    const stackIsFull = (this.#stackPointer.value | 0) < STACK_FULL_BELOW;
    this.#fault = crashOf(error, this.#driver.program, stackIsFull);
    return this.#fault;
  }

  #wild(address: number, kind: number): Error {
    const stores = (kind & access.write) !== 0;
    const stackIsFull = (this.#stackPointer.value | 0) < STACK_FULL_BELOW;
    const wild = wildAccess(address, stores, ", which is no memory and no register");
    const what = stackIsFull ? fullStack : wild;
    return crashErrors.trapped({ what, place: placeHere(this.#driver.program) });
  }
}
