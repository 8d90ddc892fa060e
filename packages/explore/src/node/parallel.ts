import { availableParallelism } from "node:os";
import { thrownText } from "@escapement/scenario";
import type { ExploreOptions } from "../explore.js";
import { ExploreError, wholeNumber } from "../explore-errors.js";
import type { ExploreFinding } from "../finding.js";
import { layOut, unknownCase } from "../lay-out.js";
import { Ledger, type SearchPlan } from "../ledger.js";
import { checkLimits, type SearchLimits } from "../limits.js";
import type { ExploreReport, UnitReport } from "../report.js";
import { noCoverage, silentUnit } from "../run-unit.js";
import { type CaseLook, type ExploreUnit, type SearchCase, unitsOfCase } from "../unit.js";
import { workerErrors } from "./worker-errors.js";
import type { WorkerReply, WorkerRequest } from "./worker-messages.js";
import {
  memoryMbDefault,
  silenceMsDefault,
  type ThreadOptions,
  WorkerThread,
} from "./worker-thread.js";

/** Options of a search in several threads. */
export interface ParallelOptions extends ExploreOptions {
  /**
   * The jobs module: an ES module that exports `jobs(data)`, which returns `ExploreJob[]` or a
   * promise of it, the same in every thread. Jobs have functions in them, which no message can carry.
   */
  readonly module: URL | string;
  /** What its `jobs` is given; plain data. */
  readonly data?: unknown;
  /** Threads, 1 to 256; as many as the machine runs at once when absent. */
  readonly workers?: number;
  /** Silence after which a unit is taken for caught in a loop, in milliseconds; 10 000 when absent. */
  readonly silenceMs?: number;
  /** Memory of one thread, in MB; 1024 when absent. */
  readonly memoryMb?: number;
  /** Units that may be lost, to a dead or silent thread, before the search is given up; 8 when absent. */
  readonly lossesMax?: number;
}

/** To make a silent run again takes a while in which there is no sign of life either. */
const EXPLAIN_MS = 30_000;
const LOSSES_MAX = 8;
const WORKERS_MAX = 256;
const COUNT_MAX = 1e9;
const LOOK_MS = 250;

/**
 * Searches in several threads. The report is that of `explore` with the same jobs and options,
 * whatever the number of threads.
 *
 * A thread that ends by itself costs its unit, with the error `worker-lost`; a new thread goes on with the
 * rest. One that gives no sign of life is ended, and the run that it was at is made once more, under
 * watch: when it does not return again, the unit ends in a finding, a `livelock` with the run's
 * schedule and what was under way; else in the error `endless-program`. When
 * `lossesMax` units are lost the search ends with a partial report. So it always comes to an end.
 * The report of a search that was ended before it was laid out has nothing `planned`.
 *
 * @throws ExploreError `invalid-argument` for an option out of range, `cannot-run`,
 * `worker-lost` or `endless-program` when the jobs module itself cannot be loaded, and what
 * `explore` throws.
 *
 * @example
 * ```ts
 * import { summarize } from "@escapement/explore";
 * import { exploreParallel, type LawJobsData, lawJobsModule } from "@escapement/explore/node";
 *
 * const data: LawJobsData = { profiles: ["avr16"], laws: ["STOP"] };
 * const report = await exploreParallel({ module: lawJobsModule, data, limits: { bound: 1 } });
 * console.log(summarize(report).findings); // 0
 * ```
 */
export async function exploreParallel(options: ParallelOptions): Promise<ExploreReport> {
  return new ParallelSearch(options).run();
}

/** Why a unit was not searched to its end: what its run does, or what happened to its thread. */
type Lost = ExploreError | ExploreFinding;

class ParallelSearch {
  readonly #options: ParallelOptions;
  readonly #thread: ThreadOptions;
  readonly #workers: number;
  readonly #lossesMax: number;
  readonly #threads = new Set<WorkerThread>();
  readonly #begun = performance.now();
  #endedRuns = 0;
  #losses = 0;
  #isEnded = false;

  constructor(options: ParallelOptions) {
    const { module, data, limits, random } = options;
    const { silenceMs = silenceMsDefault, memoryMb = memoryMbDefault } = options;
    wholeNumber("silenceMs", silenceMs, 10, COUNT_MAX);
    wholeNumber("memoryMb", memoryMb, 8, COUNT_MAX);
    this.#lossesMax = wholeNumber("lossesMax", options.lossesMax ?? LOSSES_MAX, 1, COUNT_MAX);
    const workers = options.workers ?? availableParallelism();
    this.#workers = wholeNumber("workers", workers, 1, WORKERS_MAX);
    this.#options = options;
    const checked: SearchLimits = checkLimits(limits, random);
    this.#thread = { module: String(module), data, limits: checked, random, silenceMs, memoryMb };
  }

  async run(): Promise<ExploreReport> {
    const { signal, onProgress, shard, resume } = this.#options;
    const onAbort = (): void => this.#endAll();
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted === true) this.#isEnded = true;
    let look: NodeJS.Timeout | undefined;
    try {
      const { plan, lost } = await this.#plan();
      const ledger = new Ledger(plan, shard, resume);
      const showProgress = (): void => onProgress?.(ledger.progress(this.#runs));
      look = setInterval(showProgress, LOOK_MS);
      const count = Math.min(this.#workers, plan.units.length);
      await Promise.all(
        Array.from({ length: count }, () => this.#work(ledger, lost, showProgress)),
      );
      const { random } = this.#options;
      const report = ledger.report((performance.now() - this.#begun) / 1000);
      return { ...report, ...(random !== undefined && { random }) };
    } finally {
      clearInterval(look);
      signal?.removeEventListener("abort", onAbort);
      this.#endAll();
    }
  }

  /** Lays the search out, in a thread, because the code under test runs for it. */
  async #plan(): Promise<{ plan: SearchPlan; lost: Map<string, Lost> }> {
    const { limits } = this.#thread;
    let thread = this.#start();
    const lost = new Map<string, Lost>();
    const { search: asked, cases } = await this.#cases(thread);
    const looks: CaseLook[] = [];
    for (const found of cases) {
      if (this.#isEnded || lost.size >= this.#lossesMax) break;
      try {
        looks.push(await this.#look(thread, found));
      } catch (error) {
        if (this.#isEnded) break;
        const [unit] = unitsOfCase(found, 1);
        this.#drop(thread);
        lost.set(unit?.id ?? "", await this.#explained(thread, found, asExploreError(error)));
        looks.push(unknownCase);
        thread = this.#start();
      }
    }
    await this.#end(thread);
    // A search that gives up here still names all its cases; one that was ended, none.
    const laid = layOut(asked, cases, looks);
    const units = this.#isEnded ? [] : laid.units;
    return { plan: { ...laid, limits, units }, lost };
  }

  async #cases(thread: WorkerThread): Promise<{ search: string; cases: readonly SearchCase[] }> {
    if (this.#isEnded) return { search: "", cases: [] };
    try {
      const result = await thread.ask({ kind: "cases" });
      if (result.kind === "cases") return result;
      throw confused(result);
    } catch (error) {
      if (this.#isEnded) return { search: "", cases: [] };
      throw error;
    }
  }

  async #look(thread: WorkerThread, { job, index }: SearchCase): Promise<CaseLook> {
    const result = await thread.ask({ kind: "look", job, index });
    if (result.kind === "look") return result.look;
    throw confused(result);
  }

  /** Searches unit after unit in one thread, in another when that one is lost. */
  async #work(ledger: Ledger, lost: Map<string, Lost>, showProgress: () => void): Promise<void> {
    let thread: WorkerThread | undefined;
    while (!this.#isEnded && this.#losses < this.#lossesMax) {
      const unit = ledger.next();
      if (unit === undefined) break;
      const known = lost.get(unit.id);
      if (known !== undefined) {
        ledger.settle(this.#lostUnit(unit, known));
        continue;
      }
      thread ??= this.#start();
      try {
        ledger.settle(await this.#search(thread, { kind: "unit", unit }));
      } catch (error) {
        // Ended from outside: the unit is not done, and that is all.
        if (this.#isEnded) break;
        this.#drop(thread);
        const why = await this.#explained(thread, unit, asExploreError(error));
        if (this.#isEnded) break;
        ledger.settle(this.#lostUnit(unit, why));
        thread = undefined;
      }
      showProgress();
    }
    if (thread !== undefined) await this.#end(thread);
  }

  async #search(thread: WorkerThread, request: WorkerRequest): Promise<UnitReport> {
    const result = await thread.ask(request);
    if (result.kind === "unit") return result.report;
    throw confused(result);
  }

  /** Whether a thread was lost by the run that it was at: asks another to make it again, under watch. */
  async #explained(
    thread: WorkerThread,
    { job, index }: Pick<ExploreUnit, "job" | "index">,
    error: ExploreError,
  ): Promise<Lost> {
    if (error.code !== "endless-program" || this.#isEnded) return error;
    const other = this.#start({ silenceMs: Math.max(EXPLAIN_MS, this.#thread.silenceMs) });
    try {
      const { schedule } = thread;
      const result = await other.ask({ kind: "explain", job, index, schedule });
      return result.kind === "explained" && result.finding !== undefined ? result.finding : error;
    } catch {
      return error;
    } finally {
      this.#drop(other);
    }
  }

  #lostUnit(unit: ExploreUnit, why: Lost): UnitReport {
    this.#losses += 1;
    if (!(why instanceof ExploreError)) return silentUnit(unit, why);
    const { id, target, name, value } = unit;
    const { code, message, hint } = why;
    return {
      id,
      target,
      name,
      value,
      coverage: noCoverage,
      findings: [],
      error: { code, message: `${message}, at ${id}`, hint },
    };
  }

  get #runs(): number {
    return [...this.#threads].reduce((sum, { runs }) => sum + runs, this.#endedRuns);
  }

  #start(more: Partial<ThreadOptions> = {}): WorkerThread {
    const thread = new WorkerThread({ ...this.#thread, ...more });
    this.#threads.add(thread);
    return thread;
  }

  #drop(thread: WorkerThread): void {
    if (this.#threads.delete(thread)) this.#endedRuns += thread.runs;
    void thread.end();
  }

  async #end(thread: WorkerThread): Promise<void> {
    if (this.#threads.delete(thread)) this.#endedRuns += thread.runs;
    await thread.end();
  }

  #endAll(): void {
    this.#isEnded = true;
    for (const thread of this.#threads) this.#drop(thread);
  }
}

function asExploreError(error: unknown): ExploreError {
  if (error instanceof ExploreError) return error;
  return workerErrors.failed({ why: thrownText(error) }, { cause: error });
}

function confused({ kind }: WorkerReply): ExploreError {
  return workerErrors.confused({ kind });
}
