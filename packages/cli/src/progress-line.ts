import type { CliStream } from "./cli-io.js";

/** A line that is written over and over, on a terminal only; elsewhere it writes nothing. */
export interface ProgressLine {
  /** Shows this text in place of the one before. */
  show(text: string): void;
  /** Takes the line away, so that other text can come. */
  clear(): void;
}

/** Makes the line for a stream. */
export function progressLine(stream: CliStream): ProgressLine {
  if (!stream.isTty) return { show: () => {}, clear: () => {} };
  let shown = false;
  return {
    show: (text) => {
      stream.write(`\r\u001b[K${text.slice(0, stream.columns - 1)}`);
      shown = true;
    },
    clear: () => {
      if (shown) stream.write("\r\u001b[K");
      shown = false;
    },
  };
}
