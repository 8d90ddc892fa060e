import type { MadeMove } from "./independence.js";
import { pointKind, type RunLog } from "./run-log.js";
import type { World } from "./world.js";

/** Notices shared state that is used with interrupts open where an interrupt that can come there uses it too. */
export class Races {
  readonly #world: World;
  readonly #atomic = new Set<number>();

  /** Names cells as this world does. */
  constructor(world: World) {
    this.#world = world;
  }

  /** The cells that two contexts used at once without a mask, as declared, by name. */
  get atomic(): readonly string[] {
    return [...this.#atomic].map((cell) => this.#world.describeCell(cell)).sort();
  }

  /**
   * Looks at the access at a point, to which a move made before it is not independent.
   *
   * @returns what is wrong, in one sentence; nothing where the access is masked, or atomic by design
   */
  look(log: RunLog, point: number, move: MadeMove): string | undefined {
    const kind = log.kindAt(point);
    const isCell = kind === pointKind.load || kind === pointKind.store;
    if (!isCell || log.maskedAt(point)) return undefined;
    const cell = log.cellAt(point);
    const stores = kind === pointKind.store;
    if (!move.footprint.conflicts(cell, stores)) return undefined;
    if (this.#world.isAtomicCell(cell)) {
      this.#atomic.add(cell);
      return undefined;
    }
    const name = this.#world.describeCell(cell);
    const who = log.levelAt(point) === 0 ? "the thread" : "a handler";
    return `${who} ${stores ? "writes" : "reads"} ${name} with interrupts open, and an interrupt that can come just there uses it too`;
  }
}
