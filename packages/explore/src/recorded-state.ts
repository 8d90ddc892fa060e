import type { SharedState } from "@escapement/core";
import type { Recorder } from "./recorder.js";
import { pointKind } from "./run-log.js";

/** Shared cells each of whose accesses is a point. */
export class RecordedState implements SharedState {
  readonly #recorder: Recorder;
  readonly #cells: Float64Array;

  /** Makes that many cells, all zero; takes over the cells of a run before it where they fit. */
  constructor(recorder: Recorder, cells: number, before?: RecordedState) {
    this.#recorder = recorder;
    const reused = before === undefined ? undefined : before.#cells;
    this.#cells = reused?.length === cells ? reused.fill(0) : new Float64Array(cells);
  }

  load(cell: number): number {
    this.#recorder.point(pointKind.load, cell);
    return this.#cells[cell] as number;
  }

  store(cell: number, value: number): void {
    this.#recorder.point(pointKind.store, cell, value);
    this.#cells[cell] = value;
  }
}
