/**
 * The accesses of a run that the host is called for: memory that contexts share, registers, and addresses that are
 * none. A wide one has a point before each piece, see `wide-accesses.ts`.
 */
import { access, wildAccess } from "@escapement/board-c";
import type { SplitAccess } from "./detector.js";
import { mix } from "./hash.js";
import type { MaskCalls } from "./mask-calls.js";
import { Outside } from "./outside.js";
import { type PeripheralAccess, PeripheralAccesses } from "./peripheral-accesses.js";
import { Points } from "./points.js";
import { Fault } from "./run-end.js";
import type { RunHost } from "./run-host.js";
import { STACK_FULL_BELOW } from "./stack.js";
import { WideAccesses } from "./wide-accesses.js";

const SHARED_ACCESSES_MAX = 5_000_000;
/** Reads of one register in a row, from which on it changes. */
const POLLS_MAX = 64;
/** Below is the page that a null pointer points to. */
const NULL_PAGE = 256;

/** What the hook of accesses calls. */
export class Accesses {
  readonly #host: RunHost;
  readonly #masks: MaskCalls;
  readonly #wordBytes: number;
  readonly #points = new Points();
  readonly #wide: WideAccesses;
  readonly #outside: Outside;
  readonly #peripherals: PeripheralAccesses | undefined;
  /** The site of the wide store that is on its way. */
  #storeSite = 0;
  readonly #found: (split: SplitAccess) => void;
  #count = 0;
  /** The register that is read over and over, and how often. */
  #polledAt = 0;
  #polls = 0;
  /** Bytes that were written since somebody looked. */
  readonly dirty: number[] = [];
  /** How many of those there are. */
  dirtyCount = 0;

  /** Of that run, on a processor with words of so many bytes. */
  constructor(host: RunHost, masks: MaskCalls, wordBytes: number) {
    this.#host = host;
    this.#masks = masks;
    this.#wordBytes = wordBytes;
    this.#wide = new WideAccesses(host.machine.bytes, () => wordBytes);
    this.#outside = new Outside(host);
    this.#found = (split) => host.split(split);
    const { peripherals } = host;
    if (peripherals === undefined) return;
    this.#peripherals = new PeripheralAccesses(host, peripherals, (made, reads) =>
      this.#ofModel(made, reads),
    );
  }

  /** A run begins. */
  restart(): void {
    this.dirtyCount = 0;
    this.#wide.restart();
    this.#outside.restart();
    this.#peripherals?.restart();
    this.#count = 0;
    this.#polls = 0;
  }

  /** An access; returns the address to use. */
  access(address: number, givenSite: number, kind: number): number {
    this.#masks.settle();
    this.#peripherals?.stored();
    const { machine, registers, setup, contexts, peripherals, isAsking } = this.#host;
    const size = kind & access.sizeMask;
    const write = (kind & access.write) !== 0;
    const inProgram = address >= NULL_PAGE && address + size <= machine.programEnd;
    const isRegister = (kind & access.register) !== 0;
    const place = setup.program.sites[givenSite]?.place;
    // Code without lines, such as memcpy, does what its caller asked for.
    const site = place === undefined ? machine.caller : givenSite;
    if (inProgram && !isRegister) {
      return this.#ofProgram(address, site, kind);
    }
    if (this.#peripherals !== undefined && peripherals?.has(address) === true)
      return this.#peripherals.access(address, site, kind);
    const values = registers.valuesAt(address);
    if (values !== undefined) return this.#device(values, address, write);
    const memory = registers.memoryOf(address, isRegister);
    if (memory === undefined) throw this.#wild(address, write);
    if (isAsking) return memory;
    machine.touch(memory, size, write, contexts.current.index);
    if (write) this.#masks.writes(address, memory);
    if (this.#polled(memory, write)) return this.#pollValue();
    const at = machine.isShared(memory) ? this.#shared(memory, site, kind) : memory;
    return write ? at : this.#fromOutside(at, memory, kind);
  }

  /** An access to the program's own memory, or to a variable that nobody defines. */
  #ofProgram(address: number, site: number, kind: number): number {
    const undefinedAs = this.#host.registers.undefinedAt(address);
    if (undefinedAs === undefined) return this.#shared(address, site, kind);
    if (this.#polled(address, (kind & access.write) !== 0)) return this.#pollValue();
    if (undefinedAs === "variable") {
      const size = kind & access.sizeMask;
      if (this.#outside.variable(address, kind))
        for (let at = 0; at < size; at += 1) this.dirty[this.dirtyCount++] = address + at;
      return this.#shared(address, site, kind);
    }
    return this.#fromOutside(this.#shared(address, site, kind), address, kind);
  }

  /** A register's value may be another one than what was written there. */
  #fromOutside(at: number, memory: number, kind: number): number {
    const given = this.#outside.register(memory, kind, this.#masks.isSetUp);
    return given === memory ? at : given;
  }

  /** The value of a wide store is in scratch memory: it goes to its place piece by piece. */
  stored(): void {
    this.#peripherals?.stored();
    const site = this.#storeSite;
    this.#wide.end((address, size, place) => this.#step(address, site, size, true, place));
  }

  /** An access to memory that contexts share, whole or piece by piece. */
  #shared(address: number, site: number, kind: number): number {
    const { machine, contexts } = this.#host;
    const size = kind & access.sizeMask;
    const write = (kind & access.write) !== 0;
    const piece = this.#wordBytes;
    if (size <= piece || (kind & access.whole) !== 0) {
      const fails = (kind & access.ifEqual) !== 0 && !machine.holdsExpected(address, size);
      this.#step(address, site, size, write && !fails, 0, (kind & access.update) !== 0 && !fails);
      return address;
    }
    const scratch = machine.scratch(contexts.depth - 1);
    if (write) {
      this.#storeSite = site;
      this.#wide.begin(address, size, scratch);
    } else {
      this.#wide.load(address, size, scratch, (at, bytes, place) =>
        this.#step(at, site, bytes, false, place),
      );
    }
    return scratch;
  }

  /** A point before an access or a piece of one, and what the access means for those that were interrupted. */
  #step(
    address: number,
    site: number,
    size: number,
    write: boolean,
    piece: number,
    updates = false,
  ): void {
    const host = this.#host;
    const { machine, contexts } = host;
    host.footprints.cut(address, size);
    const { depth } = contexts;
    const point = this.#points.at(depth, machine.accesses - 1, site, address, size, write);
    point.piece = piece;
    this.#count += 1;
    this.#masks.isSetUp = true;
    host.point(point);
    host.accesses(point);
    const { path } = machine;
    if (piece > 0) this.#tears(address - piece * size, address, site, write);
    const value = this.#note(address, site, size, write, updates);
    contexts.remember(site, value);
    const repeats = host.spin.access(address, write, mix(site, path));
    if (repeats || this.#count > SHARED_ACCESSES_MAX) throw host.roundForEver();
  }

  /** A point before an access to a register with a model, as every other access to one may change what it gives. */
  #ofModel({ memory, site, size, write }: PeripheralAccess, reads: () => void): void {
    const host = this.#host;
    const { machine, contexts, registers, footprints, spin } = host;
    const { depth, current } = contexts;
    const accesses = machine.accesses - 1;
    footprints.cut(memory, size);
    machine.touch(memory, size, write, current.index);
    machine.touch(registers.ofModels, 1, true, current.index);
    if (machine.isShared(registers.ofModels)) {
      this.#masks.isSetUp = true;
      host.point(this.#points.at(depth, accesses, site, registers.ofModels, 1, true));
    }
    reads();
    host.accesses(this.#points.at(depth, accesses, site, memory, size, write));
    contexts.remember(site, this.#note(memory, site, size, write, false));
    for (let at = 0; at < size; at += 1) contexts.remember(at, machine.bytes[memory + at] ?? 0);
    spin.isOutside = true;
    if (spin.access(memory, write, mix(site, machine.path))) throw host.roundForEver();
  }

  /** Compares the access with what contexts remember, and has them remember it; returns a hash of what it reads. */
  #note(address: number, site: number, size: number, write: boolean, updates: boolean): number {
    const { machine, contexts, footprints, masks } = this.#host;
    const { memory } = contexts.current;
    const { unitOf } = footprints;
    const own = { site, path: machine.path, write, updates, enabled: masks.ever };
    let last = -1;
    let value = 0;
    for (let byte = address; byte < address + size; byte += 1) {
      const unit = unitOf[byte] ?? -1;
      if (unit < 0) continue;
      if (write) this.dirty[this.dirtyCount++] = byte;
      if (!write || updates) value = (Math.imul(value, 257) + (machine.bytes[byte] ?? 0)) | 0;
      if (unit === last) continue;
      last = unit;
      memory.access(unit, byte, own, this.#found);
      for (let under = contexts.depth - 2; under >= 0; under -= 1) {
        contexts.list[under]?.memory.other(unit, site, write, memory.context);
      }
    }
    return value;
  }

  /** A later piece of an access: whether an earlier one, between these addresses, was split from it. */
  #tears(first: number, behind: number, site: number, write: boolean): void {
    const { contexts, footprints } = this.#host;
    const { memory } = contexts.current;
    for (let byte = first; byte < behind; byte += 1) {
      const unit = footprints.unitOf[byte] ?? -1;
      if (unit >= 0 && memory.tears(unit, byte, site, write, this.#found)) return;
    }
  }

  #device(values: readonly number[], address: number, write: boolean): number {
    const { machine, contexts } = this.#host;
    const scratch = machine.scratch(contexts.depth - 1);
    if (write) contexts.remember(3, address | 0);
    else this.#writeScratch(scratch, this.#host.draw(values, address | 0));
    return scratch;
  }

  #writeScratch(scratch: number, value: number): void {
    const { view } = this.#host.machine;
    view.setInt32(scratch, value, true);
    view.setInt32(scratch + 4, value < 0 ? -1 : 0, true);
  }

  /** Whether a register is read over and over: the program waits for it to change. */
  #polled(memory: number, write: boolean): boolean {
    if (write) {
      this.#polls = 0;
      return false;
    }
    this.#polls = this.#polledAt === memory ? this.#polls + 1 : 1;
    this.#polledAt = memory;
    return this.#polls > POLLS_MAX;
  }

  #pollValue(): number {
    const { machine, contexts } = this.#host;
    const scratch = machine.scratch(contexts.depth - 1);
    this.#writeScratch(scratch, this.#polls % 2 === 0 ? -1 : 0);
    return scratch;
  }

  #wild(address: number, write: boolean): Fault {
    if (address < NULL_PAGE && (this.#host.machine.stackPointer | 0) < STACK_FULL_BELOW) {
      return new Fault("stack overflow", "the stack is full (32 KiB)");
    }
    return new Fault("wild access", wildAccess(address, write, ": no memory, no register"));
  }
}
