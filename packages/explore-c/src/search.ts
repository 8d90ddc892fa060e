import { discover } from "./discover.js";
import { faultOf } from "./fault-of.js";
import { type RaceFinding, RaceFindings } from "./finding.js";
import { defaultRaceLimits, type RaceLimits } from "./limits.js";
import type { RaceSetup } from "./race-setup.js";
import { SearchDecider } from "./run-decider.js";
import { Quiet } from "./run-end.js";
import type { RaceSchedule } from "./schedule.js";
import { World } from "./world.js";

/** What was searched. */
export interface RaceCoverage {
  /** The most handlers entered in one run for which every schedule within the bounds was run; −1 if not even 0. */
  readonly landings: number;
  /** Runs in all. */
  readonly runs: number;
  /** Runs that ended where another one had been before in the same state. */
  readonly pruned: number;
  /** Points at which a handler could have been entered, over all runs. */
  readonly points: number;
  /** Runs that waited for an interrupt or for hardware and were left there. */
  readonly waiting: number;
  /** Handlers whose first calls only prepare: by their names, how often they were also entered in a row, as one. */
  readonly rows: Readonly<Record<string, number>>;
  /** The variables that contexts share. */
  readonly shared: readonly string[];
  /** Seconds that it took. */
  readonly seconds: number;
}

/** What a search found. */
export interface RaceResult {
  /** What is wrong, the shortest schedule first. */
  readonly findings: readonly RaceFinding[];
  /** Accesses that are split and need not belong together. */
  readonly notes: readonly RaceFinding[];
  /** Why not everything within the bounds was searched, if so. */
  readonly cut?: "time" | "runs" | "stopped";
  /** What was searched. */
  readonly coverage: RaceCoverage;
}

/** What a search may be given. */
export interface RaceSearchOptions {
  /** How far it goes; what is left out is as in {@link defaultRaceLimits}. */
  readonly limits?: Partial<RaceLimits>;
  /** Called about ten times a second. */
  readonly onProgress?: (progress: { readonly runs: number; readonly landings: number }) => void;
  /** Ends the search; it is then cut short. */
  readonly signal?: {
    /** Whether the search is to end. */
    readonly aborted: boolean;
  };
}

const PAUSE_EVERY_MS = 100;

/** Lets the process handle what came meanwhile, such as Ctrl-C. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A search of one program. */
class RaceSearch {
  readonly #world: World;
  readonly #limits: RaceLimits;
  readonly #options: RaceSearchOptions;
  readonly #findings: RaceFindings;
  readonly #startMs = performance.now();
  #lookedMs = this.#startMs;
  #runs = 0;
  #pruned = 0;
  #points = 0;
  #waiting = 0;
  #cut: RaceResult["cut"];

  constructor(setup: RaceSetup, options: RaceSearchOptions) {
    this.#limits = { ...defaultRaceLimits, ...options.limits };
    this.#options = options;
    this.#world = new World(setup, this.#limits);
    this.#findings = new RaceFindings(this.#world);
  }

  /** Searches with no move, then with up to one, two and so on. */
  async search(): Promise<RaceResult> {
    this.#runs += discover(this.#world);
    const handlers = this.#world.setup.handlers.length;
    const most = Math.min(this.#limits.landings, this.#limits.perHandler * handlers);
    let whole = -1;
    for (let landings = 0; landings <= most && this.#cut === undefined; landings += 1) {
      // Until nothing new is shared: a byte that only a deeper run touches is watched from then on.
      do await this.#round(landings);
      while (this.#cut === undefined && this.#world.footprints.freeze());
      if (this.#cut === undefined) whole = landings;
    }
    return this.#result(whole);
  }

  async #round(landings: number): Promise<void> {
    const world = this.#world;
    const decider = new SearchDecider(world, this.#limits, landings);
    const schedule = (): RaceSchedule => decider.schedule;
    const watcher = {
      split: (found: Parameters<RaceFindings["split"]>[0]) => this.#findings.split(found, schedule),
    };
    const run = (): void => world.run(decider, watcher);
    let isMore = true;
    while (isMore && this.#cut === undefined) {
      decider.begin();
      this.#attempt(run, schedule);
      isMore = decider.next();
      if (this.#look(landings)) await pause();
    }
    this.#pruned += decider.pruned;
    this.#points += decider.points;
  }

  #attempt(run: () => void, schedule: () => RaceSchedule): void {
    this.#runs += 1;
    try {
      run();
    } catch (error) {
      if (error instanceof Quiet) this.#waiting += error.end === "waiting" ? 1 : 0;
      else this.#fault(error, schedule());
    }
  }

  #fault(error: unknown, schedule: RaceSchedule): void {
    const fault = faultOf(error, this.#world.machine.stackPointer);
    if (fault === undefined) throw error;
    this.#findings.fault(fault, error instanceof Error ? (error.stack ?? "") : "", schedule);
  }

  /** Looks at the bounds after a run; returns whether it is time to let others run. */
  #look(landings: number): boolean {
    if (this.#runs >= this.#limits.runs) this.#cut = "runs";
    const now = performance.now();
    if (now - this.#startMs > this.#limits.timeSeconds * 1000) this.#cut = "time";
    if (this.#options.signal?.aborted) this.#cut = "stopped";
    if (now - this.#lookedMs < PAUSE_EVERY_MS) return false;
    this.#lookedMs = now;
    this.#options.onProgress?.({ runs: this.#runs, landings });
    return true;
  }

  #result(landings: number): RaceResult {
    const all = this.#findings.list();
    const world = this.#world;
    const names = world.footprints.shared.map((byte) => world.nameAt(byte));
    const result = {
      findings: all.filter(({ note }) => note === undefined),
      notes: all.filter(({ note }) => note !== undefined),
      coverage: {
        landings,
        runs: this.#runs,
        pruned: this.#pruned,
        points: this.#points,
        waiting: this.#waiting,
        rows: rowsOf(world),
        shared: [...new Set(names.map((name) => name.replace(/[[.].*/, "")))].sort(),
        seconds: (performance.now() - this.#startMs) / 1000,
      },
    };
    return this.#cut === undefined ? result : { ...result, cut: this.#cut };
  }
}

function rowsOf({ setup, footprints }: World): Readonly<Record<string, number>> {
  const rows = setup.handlers.map(
    ({ name }, place) => [name, footprints.rows[place] ?? 0] as const,
  );
  return Object.fromEntries(rows.filter(([, length]) => length > 0));
}

/**
 * Searches a program for what goes wrong when its handlers come at every point in turn.
 *
 * @returns findings, and what was searched; complete within the limits unless `cut` says otherwise
 * @throws ExploreError never for what the program does wrong, which is a finding.
 */
export async function searchRaces(
  setup: RaceSetup,
  options: RaceSearchOptions = {},
): Promise<RaceResult> {
  return new RaceSearch(setup, options).search();
}
