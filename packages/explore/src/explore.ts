import type { RunSignal } from "@escapement/scenario";
import { searchFingerprint } from "./fingerprint.js";
import { hostNowMs, yieldToHost } from "./host.js";
import { layOut } from "./lay-out.js";
import { type ExploreProgress, Ledger, type SearchPlan } from "./ledger.js";
import { checkLimits } from "./limits.js";
import type { RandomLimits } from "./random-search.js";
import type { ExploreReport } from "./report.js";
import { runUnit } from "./run-unit.js";
import type { SearchLimits } from "./search.js";
import { type ExploreJob, lookAtCase, type Shard, searchCases } from "./unit.js";

/** What a search may be told. */
export interface ExploreOptions {
  /** Limits that are not to be `defaultLimits`. */
  readonly limits?: Partial<SearchLimits>;
  /** Draws schedules at random instead of going through all within the bound. */
  readonly random?: RandomLimits;
  /** Does only this share of the units. */
  readonly shard?: Shard;
  /** Takes over the units that are done in this report; those that broke off are tried again. */
  readonly resume?: ExploreReport;
  /** Ends the search early, with a report of the units done by then. */
  readonly signal?: RunSignal;
  /** Told now and then how far the search has come. */
  readonly onProgress?: (progress: ExploreProgress) => void;
}

/** The host gets its turn this often. */
const TURN_MS = 12;

/** Progress within a unit is told after so many runs. */
const RUNS_A_LOOK = 2048;

/**
 * Searches all cases of all jobs in this thread, and lets the host have its turn between units.
 *
 * A finding is part of the report, and so is a unit that cannot be searched to its end; neither
 * ends the search, unless `stopAtFirst` says so: then the units behind the first one with a finding
 * are left out. The report depends on the jobs and options alone, but for `seconds`. A target that
 * never comes back from a call hangs this thread; `exploreParallel` of `@escapement/explore/node`
 * would notice.
 *
 * @throws {@link ExploreError} `invalid-argument` for a limit or shard out of range,
 * `report-mismatch` when `resume` is the report of another search.
 *
 * @example
 * ```ts
 * import { laws } from "@escapement/conformance";
 * import { explore, halTarget, lawCases, summarize } from "@escapement/explore";
 *
 * const target = halTarget({ profile: "avr16" });
 * const cases = laws.filter(({ id }) => id === "STOP-04").flatMap((law) => lawCases(law, target));
 * const report = await explore([{ target, cases }], { limits: { bound: 1 } });
 * console.log(summarize(report).findings); // 0
 * ```
 */
export async function explore(
  jobs: readonly ExploreJob[],
  options: ExploreOptions = {},
): Promise<ExploreReport> {
  const { signal, onProgress } = options;
  const begun = hostNowMs();
  const plan = planSearch(jobs, options);
  const ledger = new Ledger(plan, options.shard, options.resume);
  const isEnded = (): boolean => signal?.aborted === true;
  let runs = 0;
  const onRun = (): boolean => {
    runs += 1;
    if (runs % RUNS_A_LOOK === 0) onProgress?.(ledger.progress(runs));
    return !isEnded();
  };
  let turn = hostNowMs();
  for (let unit = ledger.next(); unit !== undefined; unit = ledger.next()) {
    if (isEnded()) break;
    const report = runUnit(jobs, unit, { ...plan, onRun });
    // A unit that was broken off is not done.
    if (isEnded()) break;
    ledger.settle(report);
    onProgress?.(ledger.progress(runs));
    if (hostNowMs() - turn < TURN_MS) continue;
    await yieldToHost();
    turn = hostNowMs();
  }
  return ledger.report((hostNowMs() - begun) / 1000);
}

function planSearch(jobs: readonly ExploreJob[], options: ExploreOptions): SearchPlan {
  const limits = checkLimits(options.limits, options.random);
  const { random } = options;
  const cases = searchCases(jobs);
  const looks = cases.map((found) => lookAtCase(jobs, found, limits));
  return {
    ...layOut(searchFingerprint(jobs, limits, random), cases, looks),
    limits,
    ...(random !== undefined && { random }),
  };
}
