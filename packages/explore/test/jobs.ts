import { laws } from "@escapement/conformance";
import { lawCases } from "../src/case.js";
import { halTarget } from "../src/target.js";
import type { ExploreJob } from "../src/unit.js";

/** A few cases of a few laws on two counters: enough for every way through a search. */
export function fewJobs(ids: readonly string[] = ["STOP-01", "READ-01"]): readonly ExploreJob[] {
  return (["avr16", "rp2040"] as const).map((profile) => {
    const target = halTarget({ profile });
    const chosen = laws.filter(({ id }) => ids.includes(id));
    return { target, cases: chosen.flatMap((law) => lawCases(law, target)) };
  });
}
