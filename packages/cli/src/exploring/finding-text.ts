import { nodeGuard } from "@escapement/conformance/node";
import {
  type ExploreFinding,
  parseSchedule,
  type Replay,
  replay,
  replayTimeline,
} from "@escapement/explore";
import type { CallGuard, Trace } from "@escapement/scenario";
import { type Timeline, timelineText, traceTimeline } from "@escapement/timeline";
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
    return guarded(() =>
      replay(found.world, found.subject, parseSchedule(schedule), { auditAtEnd }),
    );
  } catch {
    // The code under test is not as it was, not the same twice, or never returns: the finding stands without.
    return undefined;
  }
}

/** How long a replay may take; one run takes well under a second. */
const REPLAY_MS = 10_000;

/** Ends a replay of code that does not return. */
export const guarded: CallGuard = nodeGuard(REPLAY_MS);

/** The timeline of a replay as this terminal takes it, indented. */
export function replayText(io: CommandIo, replayed: Replay, finding?: ExploreFinding): string {
  return indented(io, replayTimeline(replayed, finding));
}

/** The timeline of a run of which there is a trace alone, as this terminal takes it, indented. */
export function runText(
  io: CommandIo,
  title: string,
  { records }: Trace,
  frequencyHz: number,
): string {
  return indented(io, traceTimeline({ title, records, frequencyHz }));
}

function indented(io: CommandIo, timeline: Timeline): string {
  const width = Math.min(WIDTH_MAX, io.stdout.columns) - 2;
  return timelineText(timeline, { width, styler: io.stdout.style })
    .map((line) => `  ${line}\n`)
    .join("");
}
