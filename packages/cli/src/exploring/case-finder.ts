import { type ExploreCase, type ExploreTarget, randomCaseName, World } from "@escapement/explore";
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

  /** Finds cases on these targets; which of them, says the question. */
  constructor(data: LawJobsData) {
    this.#data = data;
  }

  /**
   * The cases of that name on a target, by the target's name or its profile's: those of a law, or the
   * random program of that seed.
   */
  cases(
    name: string,
    profile: string | undefined,
    seed: number | undefined,
  ): Promise<readonly FoundCase[]> {
    const isRandom = name === randomCaseName && seed !== undefined;
    const key = `${name} ${profile ?? ""} ${isRandom ? seed : ""}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      const { programs: _, ...data } = this.#data;
      const which = isRandom ? { laws: [], programs: { seed, count: 1 } } : { laws: [name] };
      known = this.#build({ ...data, ...which }, profile);
      this.#known.set(key, known);
    }
    return known;
  }

  async #build(data: LawJobsData, profile: string | undefined): Promise<readonly FoundCase[]> {
    const profiles = profile === undefined ? data.profiles : [profile];
    this.#checked ??= checkOwnModule(data);
    await this.#checked;
    const jobs = await lawJobs({ ...data, profiles });
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
