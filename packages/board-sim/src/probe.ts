/**
 * What a simulated chip tells of itself while it runs; a {@link VcdRecorder} listens here.
 *
 * Called between two steps of the processor. A listener may not touch the chip.
 */
export interface SimProbe {
  /** The hardware changed: its registers, masks or levels now, at a CPU cycle. */
  changed(cycle: number, state: SimState): void;
  /** A timer's handler, counted by creation, begins or ends. */
  handler(cycle: number, timer: number, active: boolean): void;
}

/** The state that a probe sees; the same object each time. */
export interface SimState {
  /** The counter register, raw. Only as new as the last change of something else. */
  counter: number;
  /** The compare register, raw. */
  compare: number;
  /** The latched flags. */
  flags: number;
  /** The enabled interrupts. */
  enabled: number;
  /** Whether the global mask is closed. */
  masked: boolean;
  /** How many handlers run inside one another. */
  depth: number;
}
