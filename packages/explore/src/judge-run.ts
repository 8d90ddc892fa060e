import { BoardError } from "@escapement/scenario";
import type { ExploreCase } from "./case.js";
import type { FoundInRun } from "./finding.js";
import type { RunOutcome, World } from "./world.js";

/** Handlers, or accesses to the chip, without end. */
function isEndless(fault: Error): boolean {
  return fault instanceof BoardError && fault.code === "never-ends";
}

/** Judges the run that a world has just made. */
export function judgeRun(
  world: World,
  { name, value, check }: ExploreCase,
  { trace, fault }: RunOutcome,
  maskedMax: number,
): readonly FoundInRun[] {
  const { recorder } = world;
  // The law first: it is what a search that stops at its first finding is asked for.
  const found: FoundInRun[] = [];
  if (fault !== undefined) {
    found.push({
      kind: recorder.faultKind ?? (isEndless(fault) ? "livelock" : "fault"),
      name,
      value,
      message: fault.message,
      point: recorder.log.count,
    });
  } else {
    for (const { more, ...wrong } of check(trace)) {
      // How a law ends that has much to say is no finding of its own.
      if (more === undefined) found.push({ kind: "law", name, value, ...wrong });
    }
  }
  if (recorder.unsound !== undefined) {
    found.push({ kind: "registry", name, value, ...recorder.unsound });
  }
  if (recorder.maskedMax > maskedMax) {
    const message = `interrupts were masked for ${recorder.maskedMax} points, at most ${maskedMax} are allowed`;
    found.push({ kind: "masked", name, value, message });
  }
  return found;
}
