import type { Move, MoveEvent, Schedule } from "../schedule.js";

/** As many as a drawn schedule may have. */
const MOVES_MAX = 64;
const CELLS_A_MOVE = 3;
const events: readonly MoveEvent[] = ["w", "c", "s"];

/** The schedule of the run that a thread is at, in memory that another can read while the first hangs. */
export class ScheduleMemory {
  /** The memory; hand it to the other thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** Over memory of its own, or that of another. */
  constructor(buffer = new SharedArrayBuffer(4 * (1 + MOVES_MAX * CELLS_A_MOVE))) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  /** Writes the schedule of the run that begins. */
  write(schedule: Schedule): void {
    const cells = this.#cells;
    let at = 1;
    for (const { point, event, offset } of schedule) {
      cells[at] = point;
      cells[at + 1] = events.indexOf(event);
      cells[at + 2] = offset;
      at += CELLS_A_MOVE;
    }
    Atomics.store(cells, 0, schedule.length);
  }

  /** The schedule that was written last; the plain run's before. */
  read(): Schedule {
    return Array.from({ length: Atomics.load(this.#cells, 0) }, (_, index): Move => {
      const [point = 0, event = 0, offset = 0] = this.#cells.slice(1 + CELLS_A_MOVE * index);
      // Only what `write` was given stands there.
      return { point, event: events[event] ?? "w", offset: offset as Move["offset"] };
    });
  }
}
