import { constant, type Stepped, stepped, Unsteady } from "./stepped.js";

/** What the poll stored last at an address. */
interface Stored extends Stepped {
  readonly size: number;
}

/**
 * The memory that polls leave: what it was before poll 0, by how much each cell was another before poll 1,
 * and what the poll at hand stores.
 *
 * A byte of which only a part of a changing number is left, as of old stack frames, is unknown: the poll may
 * write it again, but not read it.
 */
export class SteppedMemory {
  readonly #before: DataView;
  readonly #after: DataView;
  readonly #end: number;
  readonly #stored = new Map<number, Stored>();
  /** The address of what is stored at a byte; -1 where that is not known. */
  readonly #owners = new Map<number, number>();
  /** Cells that were read as they were before the poll: the most bytes at each address. */
  readonly #readBefore = new Map<number, number>();

  /** Memory before poll 0 and before poll 1; nothing from `end` on may be touched. */
  constructor(before: Uint8Array, after: Uint8Array, end: number) {
    this.#before = new DataView(before.buffer, before.byteOffset);
    this.#after = new DataView(after.buffer, after.byteOffset);
    this.#end = end;
  }

  /** What is at that address, as an unsigned number. */
  load(address: number, size: number): Stepped {
    this.#check(address, size);
    const stored = this.#stored.get(address);
    // The low bytes of a number change by the low bytes of its step.
    if (stored !== undefined && stored.size >= size)
      return stepped(8 * size, stored.first, stored.step);
    if (this.#isUntouched(address, size)) return this.#loadBefore(address, size);
    return constant(this.#assembled(address, size));
  }

  /** Stores the low bytes of a number. */
  store(address: number, size: number, value: Stepped): void {
    this.#check(address, size);
    const { first, step } = stepped(8 * size, value.first, value.step);
    const isSameCell = this.#stored.get(address)?.size === size;
    for (let byte = 0; byte < size && !isSameCell; byte += 1) {
      this.#disown(address + byte);
      this.#stored.delete(address + byte);
    }
    this.#stored.set(address, { size, first, step });
    for (let byte = 0; byte < size && !isSameCell; byte += 1) {
      this.#owners.set(address + byte, address);
    }
  }

  /** Whether the poll leaves in memory what was there before poll 1, with the same steps. */
  comesRound(): boolean {
    for (const [address, { size, first, step }] of this.#stored) {
      const cell = this.#cellOf(address, size);
      if (first !== read(this.#after, address, size) || step !== cell.step) return false;
    }
    return [...this.#readBefore].every(([address, size]) => this.#isKept(address, size));
  }

  /** Whether what was read before the poll changes as the cell that the poll leaves there. */
  #isKept(address: number, size: number): boolean {
    for (let byte = address; byte < address + size; byte += 1) {
      const owner = this.#owners.get(byte);
      if (owner === undefined) continue;
      const stored = this.#stored.get(owner);
      if (stored === undefined) return false;
      if (stored.step !== 0n && (owner !== address || stored.size < size)) return false;
    }
    return true;
  }

  /** Writes into the memory before poll 1 what so many more polls leave there. */
  passOver(polls: number): void {
    for (const [address, { size, first, step }] of this.#stored) {
      if (step === 0n) continue;
      const { first: value } = stepped(8 * size, first + BigInt(polls) * step, 0n);
      for (let byte = 0; byte < size; byte += 1) {
        this.#after.setUint8(address + byte, Number((value >> BigInt(8 * byte)) & 255n));
      }
    }
  }

  #check(address: number, size: number): void {
    if (address < 256 || address + size > this.#end) throw new Unsteady("an address of no memory");
  }

  #isUntouched(address: number, size: number): boolean {
    for (let byte = 0; byte < size; byte += 1) if (this.#owners.has(address + byte)) return false;
    return true;
  }

  #loadBefore(address: number, size: number): Stepped {
    this.#readBefore.set(address, Math.max(size, this.#readBefore.get(address) ?? 0));
    return this.#cellOf(address, size);
  }

  #cellOf(address: number, size: number): Stepped {
    const first = read(this.#before, address, size);
    return stepped(8 * size, first, read(this.#after, address, size) - first);
  }

  /** A number made of bytes that were stored apart. */
  #assembled(address: number, size: number): bigint {
    let value = 0n;
    for (let byte = size - 1; byte >= 0; byte -= 1) {
      value = (value << 8n) | this.#byteAt(address + byte);
    }
    return value;
  }

  #byteAt(address: number): bigint {
    const owner = this.#owners.get(address);
    const { first, step } =
      owner === undefined ? this.#loadBefore(address, 1) : this.#storedAt(owner);
    if (step !== 0n) throw new Unsteady("a part of a number that changes");
    return owner === undefined ? first : (first >> BigInt(8 * (address - owner))) & 255n;
  }

  #storedAt(owner: number): Stored {
    const stored = this.#stored.get(owner);
    if (stored === undefined) throw new Unsteady("what is left of a number that changed");
    return stored;
  }

  /** What owns a byte is about to lose it: the other bytes of a constant are kept, of a changing number they are unknown. */
  #disown(address: number): void {
    const owner = this.#owners.get(address);
    if (owner === undefined || owner < 0) return;
    const { size, first, step } = this.#storedAt(owner);
    this.#stored.delete(owner);
    for (let byte = 0; byte < size; byte += 1) {
      const at = owner + byte;
      this.#owners.set(at, step === 0n ? at : -1);
      if (step === 0n)
        this.#stored.set(at, { size: 1, ...constant((first >> BigInt(8 * byte)) & 255n) });
    }
  }
}

function read(view: DataView, address: number, size: number): bigint {
  if (size === 8) return view.getBigUint64(address, true);
  if (size === 4) return BigInt(view.getUint32(address, true));
  return BigInt(size === 2 ? view.getUint16(address, true) : view.getUint8(address));
}
