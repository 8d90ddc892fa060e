import type { CallGuard } from "@escapement/scenario";
import type { ExploreCase } from "./case.js";
import { exploreErrors } from "./explore-errors.js";
import { isTooLong, type SearchLimits } from "./limits.js";
import type { SearchPart } from "./search.js";
import { SilentRun } from "./silent-run.js";
import type { ExploreTarget } from "./target.js";
import { World } from "./world.js";

/** A target and what is to be explored on it. */
export interface ExploreJob {
  /** What is explored. */
  readonly target: ExploreTarget;
  /** Its cases. */
  readonly cases: readonly ExploreCase[];
}

/** The smallest piece of a search that is shared out: one part of one case on one target. */
export interface ExploreUnit {
  /** Distinguishes it from all others of the search, in words. */
  readonly id: string;
  /** Index of its job. */
  readonly job: number;
  /** Index of its case in the job. */
  readonly index: number;
  /** The target's name. */
  readonly target: string;
  /** The case's name. */
  readonly name: string;
  /** The value of the case's sweep variable. */
  readonly value: number;
  /** Which part of the case. */
  readonly part: SearchPart;
}

/** Points of the plain run for which one part is made, so that a long program can be shared out. */
const POINTS_A_PART = 400;
const PARTS_MAX = 64;

/** One machine's share of a search. */
export interface Shard {
  /** Which share, from 1. */
  readonly index: number;
  /** Of how many. */
  readonly count: number;
}

/**
 * The units of a search, in the order of its report. The same jobs and limits give the same units,
 * whoever asks; so do workers and shards agree on who does what.
 */
export function planUnits(
  jobs: readonly ExploreJob[],
  limits: SearchLimits,
): readonly ExploreUnit[] {
  return searchCases(jobs).flatMap((found) =>
    unitsOfCase(found, lookAtCase(jobs, found, limits).parts),
  );
}

/** A case of a search, without what cannot be sent to another thread. */
export type SearchCase = Pick<ExploreUnit, "job" | "index" | "target" | "name" | "value">;

/** All cases of a search, in the order of its report. */
export function searchCases(jobs: readonly ExploreJob[]): readonly SearchCase[] {
  return jobs.flatMap(({ target, cases }, job) =>
    cases.map(({ name, value }, index) => ({ job, index, target: target.name, name, value })),
  );
}

/** What a first look at a case came to. */
export interface CaseLook {
  /** In how many parts it is shared out. */
  readonly parts: number;
  /** A fingerprint of its plain run; 0 where it cannot be run. */
  readonly plainRun: number;
}

/** Who watches a first look. */
export interface LookOptions {
  /** Ends a run that does not return. */
  readonly guard?: CallGuard | undefined;
  /** Called now and then in a long run. */
  readonly onLongRun?: (() => void) | undefined;
}

/** Runs a case once, to lay its search out; throws SilentRun when the guard ended the run. */
export function lookAtCase(
  jobs: readonly ExploreJob[],
  { job, index }: Pick<SearchCase, "job" | "index">,
  limits: SearchLimits,
  { guard, onLongRun }: LookOptions = {},
): CaseLook {
  const { target, cases } = jobs[job] ?? {};
  const subject = cases?.[index];
  if (target === undefined || subject === undefined) return { parts: 1, plainRun: 0 };
  try {
    const world = new World(target, limits.pointsMax);
    world.guard = guard;
    world.recorder.onLongRun = onLongRun;
    world.run(subject.program, []);
    const { recorder } = world;
    const points = recorder.log.count;
    // Only searches that go deep are worth sharing out.
    const isShared = limits.bound >= 2 && !isTooLong(points, limits);
    const deep = Math.min(PARTS_MAX, Math.ceil((points + 1) / POINTS_A_PART));
    return { parts: isShared ? deep : 1, plainRun: recorder.hash };
  } catch (error) {
    if (error instanceof SilentRun) throw error;
    // What cannot be run is reported when its unit is run.
    return { parts: 1, plainRun: 0 };
  }
}

/** The units of a case that is shared out in so many parts. */
export function unitsOfCase(found: SearchCase, count: number): readonly ExploreUnit[] {
  const { target, name, value } = found;
  const where = `${target} ${name} @${value}`;
  return Array.from({ length: count }, (_, index) => ({
    ...found,
    id: count === 1 ? where : `${where} part ${index + 1}/${count}`,
    part: { index, count },
  }));
}

/**
 * The units of one shard, or their ids: every `count`-th, or all without a shard.
 *
 * @throws {@link ExploreError} `invalid-argument` unless 1 ≤ index ≤ count.
 */
export function shardUnits<T>(units: readonly T[], shard?: Shard): readonly T[] {
  if (shard === undefined) return units;
  const { index, count } = shard;
  if (!(Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count)) {
    throw exploreErrors.badShard({ index, count });
  }
  return units.filter((_, number) => number % count === index - 1);
}
