import {
  type ExploreFinding,
  parseSchedule,
  type Replay,
  replay,
  terminalTimeline,
} from "@escapement/explore";
import type { CommandIo } from "../command-io.js";
import type { FoundCase } from "./case-finder.js";

/** Columns beyond which a timeline is no easier to read. */
const WIDTH_MAX = 120;

/** How many moves a finding's schedule has. Counted in its text, which in a report that was read may be no schedule. */
export function movesOf({ schedule }: ExploreFinding): number {
  return schedule.endsWith(":") ? 0 : schedule.split(".").length;
}

/** Replays a finding; undefined where its case cannot be found or does not follow the schedule. */
export function replayFinding(
  found: FoundCase | undefined,
  { schedule }: ExploreFinding,
  auditAtEnd = false,
): Replay | undefined {
  if (found === undefined) return undefined;
  try {
    return replay(found.world, found.subject, parseSchedule(schedule), { auditAtEnd });
  } catch {
    // The code under test is not as it was, or not the same twice: the finding stands without.
    return undefined;
  }
}

/** The timeline of a replay as this terminal takes it, indented. */
export function timelineText(io: CommandIo, replayed: Replay, finding?: ExploreFinding): string {
  const width = Math.min(WIDTH_MAX, io.stdout.columns) - 2;
  return terminalTimeline(replayed, {
    width,
    styler: io.stdout.style,
    ...(finding !== undefined && { finding }),
  })
    .map((line) => `  ${line}\n`)
    .join("");
}
