import { nodeGuard } from "@escapement/conformance/node";
import type { ExploreFinding } from "../finding.js";
import type { SearchLimits } from "../limits.js";
import type { Schedule } from "../schedule.js";
import { SilentRun } from "../silent-run.js";
import type { ExploreJob } from "../unit.js";
import { World } from "../world.js";

/** How long the run is given this time, in milliseconds. */
const LIMIT_MS = 5_000;

/**
 * Makes a run again that gave no sign of life, and says where it does not return.
 *
 * @returns nothing when it returns this time: then it was not the run's fault.
 */
export function explainSilence(
  jobs: readonly ExploreJob[],
  { job, index }: { readonly job: number; readonly index: number },
  schedule: Schedule,
  { pointsMax }: SearchLimits,
): ExploreFinding | undefined {
  const { target, cases } = jobs[job] ?? {};
  const subject = cases?.[index];
  if (target === undefined || subject === undefined) return undefined;
  try {
    const world = new World(target, pointsMax);
    world.guard = nodeGuard(LIMIT_MS);
    world.run(subject.program, schedule);
    return undefined;
  } catch (error) {
    return error instanceof SilentRun ? error.finding(subject) : undefined;
  }
}
