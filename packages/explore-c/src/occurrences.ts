import { mix } from "./hash.js";
import type { RaceLimits } from "./limits.js";
import type { Point } from "./point.js";
import type { World } from "./world.js";

/**
 * Bounds how often the same access in a loop gets a move: the first move of a run at the first few times
 * that it comes, a further one at the first times after the one before. What is in no loop comes once,
 * and is not counted.
 */
export class Occurrences {
  readonly #world: World;
  readonly #first: number;
  readonly #further: number;
  readonly #counts = new Map<number, number>();
  /** A hash of the counts, whatever their order. */
  hash = 0;

  /** For runs of a world. */
  constructor(world: World, { occurrences }: RaceLimits) {
    this.#world = world;
    this.#first = occurrences;
    this.#further = Math.max(2, occurrences >> 2);
  }

  /** Counts from 0 again: a run begins, or a move was made. */
  restart(): void {
    this.#counts.clear();
    this.hash = 0;
  }

  /** Counts a point, and returns whether it is within the bound. */
  allows({ site, piece }: Point): boolean {
    const { machine, setup, contexts, enteredTotal } = this.#world;
    const { path } = machine;
    const inLoop = (path & 1) !== 0 || (setup.program.sites[site]?.inLoop ?? false);
    if (!inLoop) return true;
    const most = enteredTotal === 0 ? this.#first : this.#further;
    const key = mix(mix(site, piece), path) * 32 + contexts.depth;
    const before = this.#counts.get(key) ?? 0;
    if (before > most) return false;
    this.#counts.set(key, before + 1);
    this.hash = (this.hash - mix(key, before) + mix(key, before + 1)) | 0;
    return before < most;
  }
}
