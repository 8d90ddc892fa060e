/**
 * What a simulated chip reports while it runs; a {@link VcdRecorder} listens here.
 *
 * Called between two steps of the processor. A listener may not touch the chip.
 */
export interface SimProbe {
  /** The chip has powered up, with this counter; once, before anything else. */
  attached?(counter: SimTimebase): void;
  /** The hardware changed: its registers, masks or levels now, at a CPU cycle. */
  changed(cycle: number, state: SimState): void;
  /** A timer's handler, counted by creation, begins or ends. */
  handler(cycle: number, timer: number, active: boolean): void;
}

/** What a probe may ask of the counter, at any time; it takes none. */
export interface SimTimebase {
  /** Ticks counted so far, never wrapping. Not promised across a write of the counter. */
  ticks(): number;
  /** The counter register, raw. */
  raw(): number;
  /** The first CPU cycle of a tick, past or to come, at the present rate. */
  cycleOf(ticks: number): number;
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
