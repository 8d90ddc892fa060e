import type { Scale } from "./scale.js";

/** Where the parts of a drawing stand. */
export interface Canvas {
  /** From places on the axis to places in the drawing. */
  readonly scale: Scale;
  /** Labels may stand between these, in pixels. */
  readonly room: readonly [least: number, most: number];
  /** Whether rows keep their height, with words cut to the bars that they are about. */
  readonly captions?: boolean;
}

/** A row that is drawn, and how high it is. */
export interface DrawnRow {
  /** Its height, in pixels. */
  readonly height: number;
  /** What lies under the marks of gaps. */
  readonly under: readonly string[];
  /** What lies over them. */
  readonly over: readonly string[];
}
