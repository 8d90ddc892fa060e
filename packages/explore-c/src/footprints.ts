import { mix } from "./hash.js";
import type { Machine } from "./machine.js";
import type { RaceSetup } from "./race-setup.js";

/** Whether two contexts touch a byte, one of them writing; a bit for each context that does. */
export function areOfTwo(writers: number, readers: number): boolean {
  const both = writers | readers;
  return writers !== 0 && (both & (both - 1)) !== 0;
}

/**
 * Which bytes contexts share, and what each handler touches. Both grow as the search sees more, and are
 * frozen while a round of it runs: a run by a prefix of choices has to meet the same points again.
 */
export class Footprints {
  readonly #machine: Machine;
  readonly #setup: RaceSetup;
  /** Handlers that each handler has enabled, as bits. */
  readonly #enabledBy: number[];
  /** For each handler, as bits of contexts: itself, what it enables and what interrupts it. */
  #reach: number[] = [];
  #readers: Uint32Array;
  #writers: Uint32Array;
  readonly #shared: number[] = [];
  readonly #isShared: Uint8Array;
  /** How often each handler was entered in a row when it last touched something new of others; 0 where twice is enough. */
  readonly rows: number[];
  readonly #touchedOf: number[];
  #signature = 0;
  /** Where accesses began, and where they ended. */
  readonly #cuts: Uint8Array;
  #hasNewCuts = false;
  /** The unit that each byte is in: bytes that every access took together; −1 for what is not shared. */
  readonly unitOf: Int32Array;

  /** Before any run. */
  constructor(machine: Machine, setup: RaceSetup) {
    this.#machine = machine;
    this.#setup = setup;
    this.#enabledBy = setup.handlers.map(() => 0);
    this.rows = setup.handlers.map(() => 0);
    this.#touchedOf = setup.handlers.map(() => 0);
    this.#isShared = new Uint8Array(machine.programEnd);
    this.#cuts = new Uint8Array(machine.programEnd + 64);
    this.unitOf = new Int32Array(machine.programEnd).fill(-1);
    this.#readers = new Uint32Array(machine.programEnd);
    this.#writers = new Uint32Array(machine.programEnd);
  }

  /** Bytes that two contexts touch, one of them writing. */
  get shared(): readonly number[] {
    return this.#shared;
  }

  /** A handler enables others, as bits. */
  enables(handler: number, others: number): void {
    this.#enabledBy[handler] = (this.#enabledBy[handler] ?? 0) | others;
  }

  /** An access takes these bytes together. */
  cut(address: number, size: number): void {
    const cuts = this.#cuts;
    if (cuts[address] === 1 && cuts[address + size] === 1) return;
    cuts[address] = 1;
    cuts[address + size] = 1;
    this.#hasNewCuts = true;
  }

  /** Has every access seen, or only those to what is shared, as usual. */
  watchAll(watches: boolean): void {
    const machine = this.#machine;
    machine.shareAll(watches);
    if (watches) for (const [start, end] of this.#setup.models) machine.unshare(start, end);
    else for (const byte of this.#shared) machine.share(byte);
    this.#watchUndefined();
  }

  /** Variables that nobody defines may be registers: whoever polls one waits. */
  #watchUndefined(): void {
    for (const { start, end } of this.#setup.undefinedData) {
      for (let byte = start; byte < end; byte += 1) this.#machine.share(byte);
    }
  }

  /** A handler was entered so many times in a row: whether it has now touched more of what others touch. */
  looksAtRow(handler: number, times: number): void {
    const own = 1 << (handler + 1);
    const { readers, writers } = this.#machine;
    let count = 0;
    for (let address = this.#machine.dataStart; address < this.#machine.programEnd; address += 1) {
      const writes = writers[address] ?? 0;
      const touches = writes | (readers[address] ?? 0);
      if ((touches & own) === 0 || (touches & ~own) === 0) continue;
      count += (writes & own) === 0 ? 1 : 2;
    }
    if (count > (this.#touchedOf[handler] ?? 0) && times > 2) {
      this.rows[handler] = Math.max(this.rows[handler] ?? 0, times);
    }
    this.#touchedOf[handler] = Math.max(this.#touchedOf[handler] ?? 0, count);
  }

  /** Takes over what the last round saw; returns whether that is more than before. */
  freeze(): boolean {
    const machine = this.#machine;
    const grown = this.#shared.length;
    let signature = 0;
    const { readers: allReaders, writers: allWriters } = machine;
    for (let address = 0; address < machine.programEnd; address += 1) {
      const writers = allWriters[address] ?? 0;
      const readers = allReaders[address] ?? 0;
      if (!areOfTwo(writers, readers)) continue;
      if (this.#isShared[address] === 0) {
        if (this.#isModel(address)) continue;
        this.#isShared[address] = 1;
        machine.share(address);
        this.#shared.push(address);
      }
      this.#readers[address] = readers;
      this.#writers[address] = writers;
      signature = mix(mix(signature, address), mix(writers, readers));
    }
    this.#reach = this.#setup.handlers.map((_, place) => this.#reachOf(place));
    for (const bits of this.#reach) signature = mix(signature, bits);
    const changed =
      this.#shared.length > grown || signature !== this.#signature || this.#hasNewCuts;
    this.#makeUnits();
    this.#signature = signature;
    return changed;
  }

  #makeUnits(): void {
    this.#hasNewCuts = false;
    let unit = -1;
    let before = -1;
    for (const byte of this.#shared) {
      if (byte !== before + 1 || this.#cuts[byte] === 1) unit += 1;
      this.unitOf[byte] = unit;
      before = byte;
    }
  }

  /** Whether a handler, or what comes with it, touches what an access touches, one of them writing. */
  conflicts(handler: number, address: number, size: number, write: boolean): boolean {
    const reach = this.#reach[handler] ?? 0;
    for (let byte = address; byte < address + size; byte += 1) {
      if (((this.#writers[byte] ?? 0) & reach) !== 0) return true;
      if (write && ((this.#readers[byte] ?? 0) & reach) !== 0) return true;
    }
    return false;
  }

  #isModel(address: number): boolean {
    return this.#setup.models.some(([start, end]) => address >= start && address < end);
  }

  #reachOf(handler: number): number {
    const { handlers } = this.#setup;
    let bits = 1 << handler;
    for (;;) {
      let more = bits;
      for (const [place, { priority }] of handlers.entries()) {
        if (((bits >> place) & 1) === 0) continue;
        more |= this.#enabledBy[place] ?? 0;
        for (const [other, { priority: above }] of handlers.entries()) {
          if (above > priority) more |= 1 << other;
        }
      }
      // A bit of a handler's place becomes a bit of its context: the main program is context 0.
      if (more === bits) return bits << 1;
      bits = more;
    }
  }
}
