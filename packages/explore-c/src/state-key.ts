import { joined, mix } from "./hash.js";
import type { Point } from "./point.js";
import type { World } from "./world.js";

/**
 * Makes a number of all that the rest of a run depends on: where each context is, which is what it has
 * read, drawn and done; what shared memory holds; what is masked; what the bounds leave; and what the
 * detector remembers. Two runs with the same number go on in the same way.
 */
export class StateKey {
  readonly #world: World;
  /** Each shared byte as it was last mixed in. */
  readonly #known: Uint8Array;
  readonly #first: Uint8Array;
  #memoryHigh = 0;
  #memoryLow = 0;

  /** Of a world whose shared bytes are known; it may be anywhere in a run. */
  constructor(world: World) {
    this.#world = world;
    world.machine.restore(1);
    this.#first = world.machine.bytes.slice(0, world.machine.programEnd);
    this.#known = this.#first.slice();
  }

  /** A run begins. */
  restore(): void {
    for (const byte of this.#world.footprints.shared) this.#known[byte] = this.#first[byte] ?? 0;
    this.#memoryHigh = 0;
    this.#memoryLow = 0;
  }

  /** The number of this state. */
  key(point: Point, occurrences: number, landed: number): number {
    const world = this.#world;
    this.#mixDirty();
    let high = mix(point.site, point.piece);
    let low = mix(world.machine.path, point.address);
    const add = (one: number, other: number): void => {
      high = mix(high, one);
      low = mix(low ^ 0x2545f491, other);
    };
    add(this.#memoryHigh, this.#memoryLow);
    add(world.masks.state, world.masks.ever);
    add(occurrences, landed);
    add(world.inputs.count, world.inputs.unusual);
    for (const count of world.entered) add(count, count);
    const { history } = world.contexts;
    for (let at = 0; at < history.length; at += 2) add(history[at] ?? 0, history[at + 1] ?? 0);
    for (const { index, priority, memory } of world.contexts.list)
      add(index + 32 * priority, memory.hash);
    const { peripherals } = world;
    if (peripherals !== undefined) add(peripherals.high, peripherals.low);
    this.#addModels(add);
    return joined(high, low);
  }

  #mixDirty(): void {
    const { machine, memory } = this.#world;
    const { dirty, dirtyCount } = memory;
    for (let at = 0; at < dirtyCount; at += 1) {
      const byte = dirty[at] ?? 0;
      const now = machine.bytes[byte] ?? 0;
      const before = this.#known[byte] ?? 0;
      if (now === before) continue;
      this.#memoryHigh =
        (this.#memoryHigh + mix(byte * 257 + now, 7) - mix(byte * 257 + before, 7)) | 0;
      this.#memoryLow =
        (this.#memoryLow + mix(byte * 509 + now, 11) - mix(byte * 509 + before, 11)) | 0;
      this.#known[byte] = now;
    }
    memory.dirtyCount = 0;
  }

  #addModels(add: (one: number, other: number) => void): void {
    const { setup, machine } = this.#world;
    for (const [start, end] of setup.models) {
      for (let byte = start; byte < end; byte += 1) {
        add(machine.bytes[byte] ?? 0, byte + (machine.bytes[byte] ?? 0));
      }
    }
  }
}
