import type { Contexts } from "./contexts.js";
import type { SplitAccess } from "./detector.js";
import type { Footprints } from "./footprints.js";
import type { InputKind } from "./inputs.js";
import type { Machine } from "./machine.js";
import type { Masks } from "./masks.js";
import type { Peripherals } from "./peripherals.js";
import type { Point } from "./point.js";
import type { RaceSetup } from "./race-setup.js";
import type { Registers } from "./registers.js";
import type { SpinWatch } from "./spin-watch.js";

/** The run that hooks belong to: what they may ask, and what they report. */
export interface RunHost {
  /** What is run. */
  readonly setup: RaceSetup;
  /** The program's memory and functions. */
  readonly machine: Machine;
  /** What is enabled. */
  readonly masks: Masks;
  /** What is shared. */
  readonly footprints: Footprints;
  /** Registers. */
  readonly registers: Registers;
  /** Registers with a model; undefined where there are none. */
  readonly peripherals: Peripherals | undefined;
  /** Whether a predicate is asked: what it looks at is nobody's access. */
  readonly isAsking: boolean;
  /** Who runs. */
  readonly contexts: Contexts;
  /** What goes round. */
  readonly spin: SpinWatch;
  /** A handler can be entered here. */
  point(point: Point): void;
  /** Shared memory is accessed: before it is, behind the handlers that came. */
  accesses(point: Point): void;
  /** Accesses were split. */
  split(found: SplitAccess): void;
  /** The value of an input. */
  draw(values: readonly number[], source: number): number;
  /** The value of a register or a variable that may be another than what is kept there. */
  drawKept(kind: Exclude<InputKind, "call">, kept: number, source: number): number;
  /** What ends a run that goes round: a hang, unless an interrupt or the hardware could end it. */
  roundForEver(): unknown;
}
