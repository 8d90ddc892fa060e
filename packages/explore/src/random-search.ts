import { SimRandom } from "@escapement/board-sim";
import type { ExploreCase } from "./case.js";
import { type ExploreFinding, FindingSet } from "./finding.js";
import { judgeRun } from "./judge-run.js";
import type { RandomLimits, SearchLimits } from "./limits.js";
import { type MovePlace, placesOfRun } from "./places.js";
import { formatSchedule, type Move, type Schedule } from "./schedule.js";
import { shrinkSchedule } from "./shrink.js";
import type { World } from "./world.js";

/** What a random search tried. */
export interface RandomCoverage extends RandomLimits {
  /** Distinct schedules among those tried. */
  readonly distinct: number;
  /** Runs in all, prefixes and shrinking included. */
  readonly runs: number;
}

/** The result of a random search of one case. */
export interface RandomResult {
  /** What it tried. */
  readonly coverage: RandomCoverage;
  /** What it found, each with a shrunk schedule. */
  readonly findings: readonly ExploreFinding[];
}

/**
 * Tries random schedules of one case, beyond what can be searched whole, and shrinks those that fail.
 *
 * The draws depend on the seed and the case alone.
 */
export function randomSearch(
  world: World,
  subject: ExploreCase,
  limits: SearchLimits,
  random: RandomLimits,
  onRun?: () => boolean,
): RandomResult {
  const draws = new SimRandom(seedOf(random.seed, `${subject.name} ${subject.value}`));
  const findings = new FindingSet(limits.findingsMax);
  const seen = new Set<string>();
  let runs = 0;
  const run = (schedule: Schedule): boolean => {
    runs += 1;
    const outcome = world.run(subject.program, schedule);
    const found = judgeRun(world, subject, outcome, limits.maskedMax);
    for (const finding of found) {
      const shrunk = shrinkSchedule(world, subject, schedule, finding.kind, limits.maskedMax);
      const shown = judgeRun(world, subject, world.run(subject.program, shrunk), limits.maskedMax);
      findings.add(shown.find(({ kind }) => kind === finding.kind) ?? finding, shrunk);
    }
    return found.length === 0;
  };
  for (let tried = 0; tried < random.schedules; tried += 1) {
    const places = Array.from({ length: random.depth }, () => draws.below(1_000_000)).sort(
      (one, other) => one - other,
    );
    let schedule: Schedule = [];
    let sound = run(schedule);
    const length = world.recorder.log.count;
    for (let made = 0; sound && made < random.depth; made += 1) {
      const from =
        random.kind === "pct" ? Math.floor(((places[made] ?? 0) * length) / 1_000_000) : 0;
      const move = drawMove(world, schedule, random, draws, from);
      if (move === undefined) break;
      schedule = [...schedule, move];
      sound = run(schedule);
    }
    seen.add(formatSchedule(schedule));
    if (onRun?.() === false || (limits.stopAtFirst && findings.size > 0)) break;
  }
  return { coverage: { ...random, distinct: seen.size, runs }, findings: findings.list() };
}

/** Draws one more move for the run that the world has just made. */
function drawMove(
  world: World,
  schedule: Schedule,
  { kind }: RandomLimits,
  draws: SimRandom,
  from: number,
): Move | undefined {
  const last = schedule[schedule.length - 1];
  const places = placesOfRun(
    world,
    schedule.length,
    Math.max(from, last === undefined ? 0 : last.point + 1),
  );
  if (places.length === 0) return undefined;
  const { moves } = places[kind === "pct" ? 0 : draws.below(places.length)] as MovePlace;
  return moves[draws.below(moves.length)];
}

function seedOf(seed: number, name: string): number {
  let sum = seed | 0;
  for (const character of name) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return sum >>> 0;
}
