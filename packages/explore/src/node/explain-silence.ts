import { nodeGuard } from "@escapement/conformance/node";
import { CallNotReturned, notReturned, type ProgramRun } from "@escapement/scenario";
import type { ExploreFinding } from "../finding.js";
import { formatSchedule, type Schedule } from "../schedule.js";
import type { SearchLimits } from "../search.js";
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
  const world = new World(target, pointsMax);
  let context = (): number => 0;
  let run: ProgramRun<unknown> | undefined;
  try {
    nodeGuard(LIMIT_MS)(() =>
      world.run(subject.program, schedule, 0, {
        begin: (chip, _boot, begun) => {
          run = begun;
          context = () => chip.controller.depth;
        },
      }),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof CallNotReturned)) return undefined;
    const why = "it touches neither the chip nor a shared cell";
    const { message } = notReturned(run?.activities ?? [], context(), why, error);
    const { name, value } = subject;
    const point = world.recorder.log.count;
    return { kind: "livelock", name, value, message, schedule: formatSchedule(schedule), point };
  }
}
