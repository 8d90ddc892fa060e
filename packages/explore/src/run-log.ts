/** Kinds of points beyond the accesses to the chip, whose numbers are those of `simAccess`. */
export const pointKind = {
  /** A shared cell is read. */
  load: 16,
  /** A shared cell is written. */
  store: 17,
  /** The instruments look at the clock, for a record of the trace. */
  stamp: 18,
  /** The program lets time pass, or asks for the second interrupt. */
  passTime: 19,
} as const;

/** The events that a move can wait for, by their number in a log. */
export const logEvents = ["w", "c", "s"] as const;

const KIND_MASK = 31;
const LEVEL_SHIFT = 5;
const LEVEL_MASK = 7;
const MASKED = 256;
const CELL_SHIFT = 9;

/**
 * The points of a run, in flat arrays, because a search makes millions of runs.
 *
 * Of each point: its kind, its cell or argument, the level, whether interrupts were masked, the
 * time before it, and when the next wrap, match and second interrupt were to come as seen from it.
 */
export class RunLog {
  /** Points so far. */
  count = 0;
  #codes: Int32Array;
  #times: Float64Array;

  /** Makes room for that many points; grows as needed. */
  constructor(room: number) {
    this.#codes = new Int32Array(room);
    this.#times = new Float64Array(4 * room);
  }

  /** Adds a point and returns its number in a fingerprint. */
  add(
    kind: number,
    cell: number,
    level: number,
    masked: boolean,
    now: number,
    wrap: number,
    match: number,
    second: number,
  ): number {
    const point = this.count;
    if (point >= this.#codes.length) this.#grow();
    const code =
      kind | ((level & LEVEL_MASK) << LEVEL_SHIFT) | (masked ? MASKED : 0) | (cell << CELL_SHIFT);
    this.#codes[point] = code;
    const times = this.#times;
    const at = 4 * point;
    times[at] = now;
    times[at + 1] = wrap;
    times[at + 2] = match;
    times[at + 3] = second;
    this.count = point + 1;
    return code;
  }

  /** A number of `simAccess` or of {@link pointKind}. */
  kindAt(point: number): number {
    return (this.#codes[point] ?? 0) & KIND_MASK;
  }

  /** The cell, the register's argument, or 0. */
  cellAt(point: number): number {
    return (this.#codes[point] ?? 0) >>> CELL_SHIFT;
  }

  /** How deep in interrupts: 0 for the thread; −1 beyond the end. */
  levelAt(point: number): number {
    return point < this.count ? ((this.#codes[point] ?? 0) >> LEVEL_SHIFT) & LEVEL_MASK : -1;
  }

  /** Whether interrupts were masked. */
  maskedAt(point: number): boolean {
    return ((this.#codes[point] ?? 0) & MASKED) !== 0;
  }

  /** The number of a point in a fingerprint. */
  codeAt(point: number): number {
    return this.#codes[point] ?? 0;
  }

  /** The time in ticks, before the point. */
  nowAt(point: number): number {
    return this.#times[4 * point] ?? 0;
  }

  /** When the event of that number was to come, as seen from the point; Infinity for not at all. */
  eventAt(point: number, event: number): number {
    return this.#times[4 * point + 1 + event] ?? Number.POSITIVE_INFINITY;
  }

  /** Takes over all points of another log, so that the next run leaves them alone. */
  copyFrom(other: RunLog): void {
    while (this.#codes.length < other.count) this.#grow();
    this.#codes.set(other.#codes.subarray(0, other.count));
    this.#times.set(other.#times.subarray(0, 4 * other.count));
    this.count = other.count;
  }

  #grow(): void {
    const codes = new Int32Array(2 * this.#codes.length + 64);
    codes.set(this.#codes);
    this.#codes = codes;
    const times = new Float64Array(4 * codes.length);
    times.set(this.#times);
    this.#times = times;
  }
}

/** Carries a fingerprint on over a point. */
export function hashPoint(hash: number, code: number, now: number): number {
  return (Math.imul(hash, 31) + code + now) | 0;
}
