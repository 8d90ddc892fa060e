import { bugLimits, bugTarget, controlTarget, type MuseumBug } from "@escapement/bug-museum";
import { findLaw } from "@escapement/conformance";
import {
  type ExploreFinding,
  type ExploreJob,
  type ExploreTarget,
  explore,
  lawCases,
  planUnits,
  type Replay,
  runUnit,
  summarize,
} from "@escapement/explore";
import { foundCases } from "./case-finder.js";
import { movesOf, replayFinding } from "./finding-text.js";

/** A bug that was found. */
export interface HuntedBug {
  /** The finding that shows it best, of those with the fewest moves. */
  readonly finding: ExploreFinding;
  /** Its run, where it can be replayed. */
  readonly replayed: Replay | undefined;
  /** Moves of its schedule. */
  readonly moves: number;
  /** Schedules that were run until it was found. */
  readonly schedules: number;
}

/** What the same search came to without the bug. */
export interface HuntControl {
  /** Cases searched. */
  readonly cases: number;
  /** Schedules run. */
  readonly schedules: number;
  /** What was found, hopefully nothing. */
  readonly findings: number;
}

/** Searches the law that owns a bug, on the bug's counter, with and without the bug. */
export class BugHunt {
  readonly #bug: MuseumBug;
  readonly #signal: AbortSignal | undefined;

  /** The signal ends a search early. */
  constructor(bug: MuseumBug, signal?: AbortSignal) {
    this.#bug = bug;
    this.#signal = signal;
  }

  /** The law's cases on the target with the bug. */
  async job(): Promise<ExploreJob> {
    return this.#jobOn(await bugTarget(this.#bug));
  }

  /** Searches all cases with no move, then with one, and so on, until something is found. */
  async find(boundMax: number): Promise<HuntedBug | undefined> {
    const job = await this.job();
    let schedules = 0;
    for (let bound = 0; bound <= boundMax; bound += 1) {
      const limits = { ...bugLimits, stopAtFirst: false, bound };
      for (const unit of planUnits([job], limits)) {
        if (this.#signal?.aborted === true) return undefined;
        const { findings, coverage } = runUnit([job], unit, { limits });
        schedules += coverage.schedules;
        const [finding] = [...findings].sort((one, other) => rank(one) - rank(other));
        if (finding !== undefined) return this.#hunted(job, finding, schedules);
        // Ctrl-C has to get its turn.
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    }
    return undefined;
  }

  /** Searches the whole bound on the same counter without the bug. */
  async control(bound: number): Promise<HuntControl> {
    const signal = this.#signal;
    const report = await explore([this.#jobOn(controlTarget(this.#bug))], {
      limits: { bound },
      ...(signal !== undefined && { signal }),
    });
    const { cases, schedules, findings, errors } = summarize(report);
    return { cases, schedules, findings: findings + errors };
  }

  #jobOn(target: ExploreTarget): ExploreJob {
    return { target, cases: lawCases(findLaw(this.#bug.owner), target) };
  }

  #hunted(job: ExploreJob, finding: ExploreFinding, schedules: number): HuntedBug {
    const found = foundCases(job.target, job.cases).find(
      ({ subject }) => subject.value === finding.value,
    );
    const replayed = replayFinding(found, finding, true);
    return { finding, replayed, moves: movesOf(finding), schedules };
  }
}

/** A broken law says more than a broken registry, and that more than an access that might have been. */
function rank(finding: ExploreFinding): number {
  const byKind = finding.kind === "law" ? 0 : finding.kind === "race" ? 2 : 1;
  return 3 * movesOf(finding) + byKind;
}
