import type { ExploreCase } from "./case.js";
import type { ExploreFinding, FindingKind } from "./finding.js";
import { type Replay, type ReplayStep, replay } from "./replay.js";
import { parseSchedule } from "./schedule.js";
import type { FoundSplit, SourceFrame } from "./source.js";
import type { World } from "./world.js";

/**
 * A finding with where it is in the source: what its interrupt came between, and the calls that led there. As it
 * was for a target that has no source, or where the run is not the same again.
 */
export function placedFinding(
  world: World,
  subject: ExploreCase,
  finding: ExploreFinding,
): ExploreFinding {
  if (world.target.describeStack === undefined) return finding;
  let run: Replay;
  try {
    run = replay(world, subject, parseSchedule(finding.schedule));
  } catch {
    // It stands without.
    return finding;
  }
  const ended = world.target.describeStack();
  const isCrash = ended.length > 0 && ends.has(finding.kind);
  const split = worst(run.splits ?? []);
  const stack = isCrash ? ended : (heldUp(run.steps)?.stack ?? []);
  const place = isCrash ? stack[0] : (split?.accesses.at(-1)?.place ?? stack[0]);
  return {
    ...finding,
    ...(place !== undefined && {
      source: { file: place.file, line: place.line, column: place.column },
    }),
    ...(stack.length > 0 && { stack: stack.map(frameText) }),
    ...(split !== undefined && {
      pattern: split.pattern,
      variable: split.variable,
      accesses: split.accesses,
    }),
  };
}

/** Kinds of findings that end a run. */
const ends: ReadonlySet<FindingKind> = new Set<FindingKind>(["fault", "livelock", "deadlock"]);

/** The last step that a move of a run held up. */
function heldUp(steps: readonly ReplayStep[]): ReplayStep | undefined {
  return steps.findLast(({ stack }) => stack !== undefined);
}

/** Patterns, the one that does most harm first. */
const harm = ["R·W·W", "W·R·W", "R·W·R", "W·W·R"];

function worst(splits: readonly FoundSplit[]): FoundSplit | undefined {
  const rank = ({ pattern, repeated }: FoundSplit): number =>
    harm.indexOf(pattern) + (repeated === true ? harm.length : 0);
  return [...splits].sort((one, other) => rank(one) - rank(other))[0];
}

function frameText({ function: name, file, line, column }: SourceFrame): string {
  return `${name} ${file}:${line}:${column}`;
}
