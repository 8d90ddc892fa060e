import { originText, type RandomProgress } from "@escapement/conformance";
import { cleanLine } from "@escapement/scenario";
import { counted, grouped } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import type { ProgressLine } from "../progress-line.js";

/** Milliseconds between two texts of the progress line. */
const SHOW_MS = 100;

/**
 * Shows how far the programs of one board are: on a terminal a line that is written over, with the rate;
 * anywhere a line for each failure when it is found, as a long run ends much later.
 */
export function fuzzProgress(
  io: CommandIo,
  line: ProgressLine,
  board: string,
): (progress: RandomProgress) => void {
  const begunMs = io.nowMs();
  let shownMs = Number.NEGATIVE_INFINITY;
  let known = 0;
  return (progress) => {
    const { failures, origin } = progress;
    if (failures > known) {
      line.clear();
      io.stderr.write(`${cleanLine(`${board}: ${originText(origin)} breaks a rule`)}\n`);
    }
    known = failures;
    const now = io.nowMs();
    if (now - shownMs < SHOW_MS) return;
    shownMs = now;
    line.show(`${board}  ${progressText(progress, (now - begunMs) / 1000)}`);
  };
}

/** How far, how fast, how many failures. */
function progressText({ programs, failures }: RandomProgress, seconds: number): string {
  const rate = seconds > 0 ? Math.round(programs / seconds) : 0;
  return [counted(programs, "program"), `${grouped(rate)}/s`, counted(failures, "failure")].join(
    "  ",
  );
}
