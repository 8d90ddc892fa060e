import { type ExploreCase, type ExploreTarget, World } from "@escapement/explore";
import { type LawJobsData, lawJobs } from "@escapement/explore/node";
import { checkOwnModule } from "./explore-search.js";

/** A case, and a world to run it in. */
export interface FoundCase {
  /** The world. */
  readonly world: World;
  /** The case. */
  readonly subject: ExploreCase;
}

/** Points after which a replayed run is taken for endless. */
const POINTS_MAX = 1_000_000;

/** Finds cases again by what a report calls them. Builds a target and its cases once, when asked. */
export class CaseFinder {
  readonly #data: LawJobsData;
  readonly #known = new Map<string, Promise<readonly FoundCase[]>>();
  #checked: Promise<void> | undefined;

  /** Finds cases of these laws and targets; which of them, says the question. */
  constructor(data: LawJobsData) {
    this.#data = data;
  }

  /** The cases of a law on a target, by the target's name or its profile's. */
  cases(law: string, profile: string | undefined): Promise<readonly FoundCase[]> {
    const key = `${law} ${profile ?? ""}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.#build(law, profile);
      this.#known.set(key, known);
    }
    return known;
  }

  async #build(law: string, profile: string | undefined): Promise<readonly FoundCase[]> {
    const profiles = profile === undefined ? this.#data.profiles : [profile];
    this.#checked ??= checkOwnModule(this.#data);
    await this.#checked;
    const jobs = await lawJobs({ ...this.#data, profiles, laws: [law] });
    return jobs.flatMap(({ target, cases }) => foundCases(target, cases));
  }
}

/** Cases with a world for each target. */
export function foundCases(
  target: ExploreTarget,
  cases: readonly ExploreCase[],
): readonly FoundCase[] {
  const world = new World(target, POINTS_MAX);
  return cases.map((subject) => ({ world, subject }));
}
