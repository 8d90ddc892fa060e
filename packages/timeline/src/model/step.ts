/** What a step of a replay is to the reader. */
export type StepRole =
  /** What the finding names happens here. */
  | "finding"
  /** A move was made just before it. */
  | "move"
  /** An interrupt is entered. */
  | "entry"
  /** The first step after an interrupt. */
  | "return"
  /** An access to a cell that the interrupt and the interrupted code both use. */
  | "conflict"
  /** An operation or a handler begins. */
  | "begin"
  /** An operation or a handler ends. */
  | "end"
  /** Any other access. */
  | "access";

/** One point of a replay. */
export interface TimelineStep {
  /** The point's number. */
  readonly point: number;
  /** Ticks since the run began. */
  readonly ticks: number;
  /** 0 in the thread, 1 in an interrupt, 2 in one that interrupted it. */
  readonly level: number;
  /** How much it shows of what went wrong, 0 to 100. */
  readonly rank: number;
  /** What it is; none is `access` alone. */
  readonly roles: readonly StepRole[];
  /** What happens there, in words. */
  readonly text: string;
  /** The moves made just before it, in words. */
  readonly moves: readonly string[];
  /** The counter, counted up. */
  readonly counter: number;
  /** The flags that are set and the mask, as `ovf cmp M`. */
  readonly flags: string;
  /** The shared state after it, in words, where it is known. */
  readonly state?: string;
}
