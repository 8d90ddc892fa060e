import type { TimelineStep } from "./step.js";

/**
 * What happened in a run: rows over one axis. A drawing, a waveform, lines of text and the player
 * of the documentation are views of it; it says what there is, and they say where it stands.
 *
 * Plain data, in the same form for the trace of any board and for the replay of a search. What is
 * `at` a place is a number on the axis: ticks, or the index of a step with half a step for its middle.
 */
export interface Timeline {
  /** Its name, in a few words. */
  readonly title: string;
  /** What it shows, in sentences, for those who do not see it. */
  readonly words: string;
  /** What the places are. */
  readonly axis: TimeAxis | PointAxis;
  /** From the thread up: contexts, then timers, masks, flags, registers, and the state in words. */
  readonly rows: readonly TimelineRow[];
  /** Places that all rows share. */
  readonly pointers: readonly TimelinePointer[];
  /** What is wrong in the run, in one line. */
  readonly message?: string;
  /** What is left out, in one line. */
  readonly omitted?: string;
}

/** Places are ticks of the board's counter. */
export interface TimeAxis {
  /** Distinguishes it from the other. */
  readonly kind: "time";
  /** The tick that times count from. */
  readonly base: number;
  /** Ticks per second; above 0. */
  readonly frequencyHz: number;
  /** Every tick at which something happens. */
  readonly places: readonly number[];
}

/** Places are steps of a replay: time stands still between the moves of its schedule. */
export interface PointAxis {
  /** Distinguishes it from the other. */
  readonly kind: "points";
  /** Every point of the run, in order. */
  readonly steps: readonly TimelineStep[];
}

/** One row. */
export interface TimelineRow {
  /** What it is of; `state` has labels alone. */
  readonly kind: "context" | "timer" | "mask" | "flag" | "value" | "state";
  /** Its name in a drawing. */
  readonly name: string;
  /** Its name in a waveform; none where it is not in one. */
  readonly signal?: string;
  /** Width of a value, in bits. */
  readonly bits?: number;
  /** Whether only a waveform shows it. */
  readonly detail?: boolean;
  /** What lasts, in the order in which it is drawn. */
  readonly spans: readonly TimelineSpan[];
  /** What takes no time. */
  readonly events: readonly TimelineEvent[];
  /** Words that stand over their places. */
  readonly labels: readonly TimelineLabel[];
}

/** Something that lasts. */
export interface TimelineSpan {
  /** Where it begins. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** What it is, and so how it looks. */
  readonly look: SpanLook;
  /** What an operation is called, such as `start(1)`. */
  readonly name?: string;
  /** More about it, for who points at it; of a state, what it is. */
  readonly text?: string;
  /** The number that a register holds. */
  readonly value?: number;
}

/** What lasts: code that runs, a call, a wait, a mask, a set flag, a value, the delay of a handler. */
export type SpanLook =
  /** Code of the thread runs. */
  | "active"
  /** A handler runs, or an interrupt's code. */
  | "run"
  /** Code of this context is interrupted. */
  | "interrupted"
  /** A call, from its begin to its return. */
  | "call"
  /** A call in which time passes. */
  | "wait"
  /** What is under way; in drawings it has a label instead. */
  | "operation"
  /** Interrupts are masked. */
  | "mask"
  /** A flag is set. */
  | "set"
  /** A register holds a value. */
  | "value"
  /** From when a handler was due to when it was entered. */
  | "late";

/** Something that takes no time. */
export interface TimelineEvent {
  /** Where. */
  readonly at: number;
  /** What it is, and so how it looks. */
  readonly look: EventLook;
  /** More about it, for who points at it. */
  readonly text: string;
}

/** What takes no time: signs of a handler, of a timer that was changed, of an access. */
export type EventLook =
  | "due"
  | "entry"
  | "wrong-entry"
  | "started"
  | "stopped"
  | "read"
  | "mark"
  | "interrupt"
  | "error"
  | "load"
  | "store"
  | "access"
  | "conflict";

/** Words over a place. */
export interface TimelineLabel {
  /** Where. */
  readonly at: number;
  /** What they say. */
  readonly text: string;
  /** How they look. */
  readonly look: LabelLook;
  /** Whether they stand left of their place, as something crosses what is right of it. */
  readonly leftwards?: boolean;
  /** Whether they stand under the row, where there is room. */
  readonly under?: boolean;
}

/** How a label looks; what the finding names stands out. */
export type LabelLook = "plain" | "quiet" | "late" | "finding";

/** A line through all rows. */
export interface TimelinePointer {
  /** Where. */
  readonly at: number;
  /** What a finding names, or a move of a schedule. */
  readonly look: "finding" | "move";
  /** What it is, in words; drawn for moves. */
  readonly text: string;
}

/** What an interrupt level is called, 0 for the thread. */
export function levelName(level: number): string {
  if (level === 0) return "thread";
  return level === 1 ? "interrupt" : `level ${level}`;
}
