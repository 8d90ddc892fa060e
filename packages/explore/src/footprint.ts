import { pointKind, type RunLog } from "./run-log.js";

/** What the interrupts that a move let in touched, over all runs in which it was made. */
export class Footprint {
  /** Whether any interrupt ran at the move. */
  ran = false;
  readonly #reads = new Set<number>();
  readonly #writes = new Set<number>();

  /**
   * Adds what ran at a move before a point: all points from there on that are deeper in interrupts
   * than the access that they came before.
   *
   * @returns the first point after them
   */
  collect(log: RunLog, from: number, level: number): number {
    let point = from;
    for (; log.levelAt(point) > level; point += 1) {
      const kind = log.kindAt(point);
      if (kind === pointKind.load) this.#reads.add(log.cellAt(point));
      else if (kind === pointKind.store) this.#writes.add(log.cellAt(point));
    }
    if (point > from) this.ran = true;
    return point;
  }

  /** Whether an access to a cell and what ran depend on each other's order. */
  conflicts(cell: number, stores: boolean): boolean {
    return this.#writes.has(cell) || (stores && this.#reads.has(cell));
  }
}
