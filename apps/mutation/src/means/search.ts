import { laws } from "@escapement/conformance";
import {
  CaseSearch,
  exploreEnv,
  halTarget,
  lawCases,
  type SearchLimits,
  World,
} from "@escapement/explore";
import type { HalClass } from "../builds/hal-build.js";
import type { Result } from "./means.js";

/** One move, and so many schedules of a case: what a mutant breaks by itself shows in the first. */
const limits: SearchLimits = {
  bound: 1,
  length: Number.POSITIVE_INFINITY,
  pointsMax: 60_000,
  maskedMax: 5000,
  findingsMax: 1,
  prune: true,
  stopAtFirst: true,
  kinds: ["law", "registry", "deadlock", "livelock", "fault"],
  auditAtEnd: true,
};

/** The search of all laws with up to one move on one counter. `by` is `law schedule`. */
export async function judgeBySearch(
  Hal: HalClass,
  known: string | undefined,
  schedulesMax: number,
  beforeRun: () => void,
): Promise<Result> {
  const target = halTarget({ profile: "avr16", hal: (port, options) => new Hal(port, options) });
  const env = exploreEnv(target);
  const knownLaw = known?.split(" ")[0];
  const inOrder = [...laws].sort((a, b) => Number(b.id === knownLaw) - Number(a.id === knownLaw));
  for (const bound of [0, 1]) {
    for (const law of inOrder) {
      for (const subject of lawCases(law, target, env)) {
        let left = schedulesMax;
        const world = new World(target, limits.pointsMax);
        world.onBegin = beforeRun;
        const { findings } = new CaseSearch(world, subject, { ...limits, bound }, undefined, () => {
          left -= 1;
          return left > 0;
        }).run();
        const [finding] = findings;
        if (finding !== undefined)
          return { verdict: "killed", by: `${law.id} ${finding.schedule}` };
      }
    }
  }
  return { verdict: "survived" };
}
