import type { ExploreCase } from "./case.js";
import type { ExploreFinding, FindingKind } from "./finding.js";
import type { RunOutcome, World } from "./world.js";

/** A finding before it is known by which schedule. */
export type FoundInRun = Omit<ExploreFinding, "schedule">;

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
      kind: faultKind(fault.message),
      name,
      value,
      message: fault.message,
      point: recorder.log.count,
    });
  } else {
    for (const { message, record } of check(trace)) {
      // A law that has much to say ends so; it is no finding of its own.
      if (/^and \d+ more/.test(message)) continue;
      found.push({ kind: "law", name, value, message, ...(record !== undefined && { record }) });
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

function faultKind(message: string): FindingKind {
  if (message.startsWith("deadlock")) return "deadlock";
  return message.startsWith("livelock") || message.startsWith("the program never ends")
    ? "livelock"
    : "fault";
}
