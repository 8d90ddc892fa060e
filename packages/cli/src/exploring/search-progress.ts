import type { ExploreProgress } from "@escapement/explore";
import { counted, grouped } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import { timeText } from "../numbers.js";
import { progressLine } from "../progress-line.js";

/** Milliseconds between two texts of the progress line. */
const SHOW_MS = 100;

/** Shows on a terminal how far a search is. */
export interface SearchProgress {
  /** Shows this progress, unless the last text is too recent; `doing` names what is under way. */
  show(progress: ExploreProgress, doing?: string): void;
  /** Removes the line. */
  clear(): void;
}

/** Makes the progress line of a search that begins now. */
export function searchProgress(io: CommandIo): SearchProgress {
  const line = progressLine(io.stderr);
  const begun = performance.now();
  let shown = Number.NEGATIVE_INFINITY;
  let said = false;
  return {
    show: (progress, doing = "") => {
      // Said where nobody sees the line, too: a long search is to show that it began.
      if (!said) io.stderr.write(`${counted(progress.planned, "unit")} to search\n`);
      said = true;
      const now = performance.now();
      if (now - shown < SHOW_MS) return;
      shown = now;
      const text = progressText(progress, (now - begun) / 1000);
      line.show(doing === "" ? text : `${text}  ${doing}`);
    },
    clear: () => line.clear(),
  };
}

/** How far, how fast, how much longer. */
export function progressText(progress: ExploreProgress, seconds: number): string {
  const { done, planned, takenOver, runs, findings } = progress;
  const rate = seconds > 0 ? Math.round(runs / seconds) : 0;
  const fresh = done - takenOver;
  const left = fresh > 0 ? `about ${timeText(((planned - done) * seconds) / fresh)} left` : "";
  return [
    `${grouped(done)}/${counted(planned, "unit")}`,
    `${counted(runs, "schedule")} run`,
    `${grouped(rate)}/s`,
    counted(findings, "finding"),
    left,
  ]
    .filter((part) => part !== "")
    .join("  ");
}
