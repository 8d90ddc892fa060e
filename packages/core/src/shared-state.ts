/**
 * The numbers that the interrupt and the thread share: every flag, deadline, link and count.
 *
 * The HAL reaches them through this seam only, one access a call, so that a tool can see (or place
 * an interrupt before) each access. Cells start at zero. `describeCell` of
 * `@escapement/core/audit` returns what a cell holds.
 *
 * An implementation must not throw, and `load` must give back what `store` last put there.
 */
export interface SharedState {
  /** Reads one cell. */
  load(cell: number): number;
  /** Writes one cell; any number up to 2^53. */
  store(cell: number, value: number): void;
}

/** The ordinary implementation: one array of doubles, 8 bytes a cell, nothing observed. */
export class ArrayState implements SharedState {
  readonly #cells: Float64Array;

  /** Makes that many cells, all zero. */
  constructor(cells: number) {
    this.#cells = new Float64Array(cells);
  }

  /** Reads one cell. */
  load(cell: number): number {
    // Never outside: the array was made for the layout. A check here would cost every access.
    return this.#cells[cell] as number;
  }

  /** Writes one cell. */
  store(cell: number, value: number): void {
    this.#cells[cell] = value;
  }
}
