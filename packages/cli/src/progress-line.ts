import type { TextStream } from "./text-stream.js";

/** A line that is written over and over, on a terminal only; elsewhere it writes nothing. */
export interface ProgressLine {
  /** Shows this text in place of the one before. */
  show(text: string): void;
  /** Takes the line away, so that other text can come. */
  clear(): void;
}

/** Makes the line for a stream. */
export function progressLine(stream: TextStream): ProgressLine {
  return { show: (text) => stream.showLine(text), clear: () => stream.clearLine() };
}
