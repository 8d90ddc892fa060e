import { access } from "@escapement/board-c";
import type { RunHost } from "./run-host.js";

/**
 * What comes from outside without a call: a register, which may give another value with each load, and a variable that
 * nobody here defines, which has one value from the first look at it on.
 */
export class Outside {
  readonly #host: RunHost;
  /** Variables whose value this run knows. */
  readonly #known = new Set<number>();

  /** Of that run. */
  constructor(host: RunHost) {
    this.#host = host;
  }

  /** A run begins. */
  restart(): void {
    this.#known.clear();
  }

  /**
   * A load of a register, from the memory that keeps what was written: where its value is. What the program sets up
   * first reads as it was written.
   */
  register(memory: number, kind: number, isSetUp: boolean): number {
    const { contexts, machine } = this.#host;
    const isMain = contexts.depth === 1;
    if ((kind & (access.write | access.modifies)) !== 0 || (isMain && !isSetUp)) return memory;
    const kept = this.#valueAt(memory, kind & access.sizeMask);
    const of = isMain ? "register of main" : "register of a handler";
    const value = this.#host.drawKept(of, kept, memory);
    if (value === kept) return memory;
    const scratch = machine.scratch(contexts.depth - 1);
    machine.view.setInt32(scratch, value, true);
    machine.view.setInt32(scratch + 4, value < 0 ? -1 : 0, true);
    return scratch;
  }

  /** Before an access to such a variable: gives it its value. Returns whether that is another one than it had. */
  variable(address: number, kind: number): boolean {
    if (this.#known.has(address)) return false;
    this.#known.add(address);
    if ((kind & access.write) !== 0) return false;
    const size = kind & access.sizeMask;
    const kept = this.#valueAt(address, size);
    const value = this.#host.drawKept("variable", kept, address);
    if (value === kept) return false;
    const { bytes } = this.#host.machine;
    for (let at = 0; at < size; at += 1)
      bytes[address + at] = at < 4 ? value >> (8 * at) : value < 0 ? -1 : 0;
    return true;
  }

  #valueAt(address: number, size: number): number {
    const { view } = this.#host.machine;
    if (size === 1) return view.getUint8(address);
    return size === 2 ? view.getUint16(address, true) : view.getInt32(address, true);
  }
}
