import type { CallGuard, RunSignal } from "@escapement/scenario";
import type { ExploreFinding } from "./finding.js";
import { searchFingerprint } from "./fingerprint.js";
import { hostNowMs, yieldToHost } from "./host.js";
import { layOut, unknownCase } from "./lay-out.js";
import { type ExploreProgress, Ledger, type SearchPlan } from "./ledger.js";
import { checkLimits, type RandomLimits, type SearchLimits } from "./limits.js";
import type { ExploreReport } from "./report.js";
import { runUnit, silentUnit } from "./run-unit.js";
import { SilentRun } from "./silent-run.js";
import {
  type CaseLook,
  type ExploreJob,
  lookAtCase,
  type Shard,
  searchCases,
  unitsOfCase,
} from "./unit.js";

/** Options of a search. */
export interface ExploreOptions {
  /** Limits that are not to be `defaultLimits`. */
  readonly limits?: Partial<SearchLimits>;
  /** Draws schedules at random instead of trying all within the bound. */
  readonly random?: RandomLimits;
  /** Does only this share of the units. */
  readonly shard?: Shard;
  /** Takes over the units that are done in this report; those that broke off are tried again. */
  readonly resume?: ExploreReport;
  /** Ends the search early, with a report of the units done by then. */
  readonly signal?: RunSignal;
  /** Called now and then with how far the search has come. */
  readonly onProgress?: (progress: ExploreProgress) => void;
}

/** Options of a search in this thread. */
export interface ExploreHereOptions extends ExploreOptions {
  /**
   * Ends a run that touches neither the chip nor a shared cell and does not return: its unit ends in a
   * finding, a `livelock`. Under Node `nodeGuard(10_000)` of `@escapement/conformance/node` is one. It
   * asks the host's clock, and so ends a run that stands at a breakpoint, too. None when absent.
   */
  readonly guard?: CallGuard;
}

/** The host gets its turn this often. */
const TURN_MS = 12;

/** Units that may end in silence before the search is given up: each costs the guard's time. */
const SILENT_MAX = 8;

/** Progress within a unit is reported after so many runs. */
const RUNS_A_LOOK = 2048;

/**
 * Searches all cases of all jobs in this thread, and lets the host have its turn between units.
 *
 * A finding is part of the report, and so is a unit that cannot be searched to its end; neither
 * ends the search, unless `stopAtFirst` says so: then the units behind the first one with a finding
 * are left out. The report depends on the jobs and options alone, but for `seconds`. Without a
 * `guard`, a target that never comes back from a call and touches nothing hangs this thread;
 * `exploreParallel` of `@escapement/explore/node` notices by itself. With one, the search is given up
 * after eight units that ended so, with a partial report.
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
  options: ExploreHereOptions = {},
): Promise<ExploreReport> {
  const { signal, onProgress, guard } = options;
  const begun = hostNowMs();
  const { plan, silent } = planSearch(jobs, options);
  const drawn = options.random !== undefined && { random: options.random };
  const ledger = new Ledger(plan, options.shard, options.resume);
  const isEnded = (): boolean => signal?.aborted === true;
  let runs = 0;
  const onRun = (): boolean => {
    runs += 1;
    if (runs % RUNS_A_LOOK === 0) onProgress?.(ledger.progress(runs));
    return !isEnded();
  };
  let turn = hostNowMs();
  let silences = 0;
  for (let unit = ledger.next(); unit !== undefined; unit = ledger.next()) {
    if (isEnded() || silences >= SILENT_MAX) break;
    const known = silent.get(unit.id);
    const onSilence = (): void => {
      silences += 1;
    };
    if (known !== undefined) onSilence();
    const report =
      known === undefined
        ? runUnit(jobs, unit, { ...plan, ...drawn, onRun, onSilence, ...(guard && { guard }) })
        : silentUnit(unit, known);
    // A unit that was broken off is not done.
    if (isEnded()) break;
    ledger.settle(report);
    onProgress?.(ledger.progress(runs));
    if (hostNowMs() - turn < TURN_MS) continue;
    await yieldToHost();
    turn = hostNowMs();
  }
  return { ...ledger.report((hostNowMs() - begun) / 1000), ...drawn };
}

function planSearch(
  jobs: readonly ExploreJob[],
  { limits: asked, random, guard }: ExploreHereOptions,
): { plan: SearchPlan; silent: ReadonlyMap<string, ExploreFinding> } {
  const limits = checkLimits(asked, random);
  const cases = searchCases(jobs);
  const silent = new Map<string, ExploreFinding>();
  const looks = cases.map((found): CaseLook => {
    if (silent.size >= SILENT_MAX) return unknownCase;
    try {
      return lookAtCase(jobs, found, limits, { guard });
    } catch (error) {
      if (!(error instanceof SilentRun)) throw error;
      const [unit] = unitsOfCase(found, 1);
      silent.set(unit?.id ?? "", error.finding(found));
      return unknownCase;
    }
  });
  const laid = layOut(searchFingerprint(jobs, limits, random), cases, looks);
  return { plan: { ...laid, limits }, silent };
}
