import type { CodeMap } from "./code-map.js";
import { type Coverage, countCoverage, mark, PathCoverage } from "./coverage.js";
import type { AddressCoverage, CoverageGap, FreshCoverage } from "./report.js";

/**
 * What the units of a search have covered together.
 *
 * Units report what they were the first to cover, so that a report has the totals in it, can be
 * merged with others, and a search that goes on from it knows all that was known.
 */
export class CoverageTotal {
  /** The paths that are known. */
  readonly paths = new PathCoverage();
  readonly #words = new Map<number, number>();
  readonly #functions = new Map<number, string>();
  readonly #contexts = new Map<number, number>();
  #reachedBefore = 0;
  #wrappedBefore = 0;

  /** Takes over what a unit was the first to cover. */
  add({ functions, contexts, reached, wrapped }: FreshCoverage): void {
    for (const [name, words] of Object.entries(functions)) {
      for (const [address, bits] of words) this.#addWord(name, address, bits);
    }
    for (const [context, bits] of contexts) addBits(this.#contexts, context, bits);
    for (const path of reached) this.paths.reached.add(path);
    for (const path of wrapped) this.paths.wrapped.add(path);
    this.#reachedBefore = this.paths.reached.size;
    this.#wrappedBefore = this.paths.wrapped.size;
  }

  /** Takes over the coverage of a unit that was searched here, and returns what is fresh in it. */
  take(coverage: Coverage, map: CodeMap): FreshCoverage {
    const functions: Record<string, [number, number][]> = {};
    for (const [word, bits] of coverage.marks.entries()) {
      const address = word * 2;
      if (!isFresh(this.#words, address, bits)) continue;
      const { function: name } = map.place(word);
      functions[name] ??= [];
      functions[name].push([address, bits]);
    }
    const contexts: [number, number][] = [];
    for (const [context, bits] of coverage.contexts.entries()) {
      if (isFresh(this.#contexts, context, bits)) contexts.push([context, bits]);
    }
    // Sets keep the order in which their members came.
    const reached = [...this.paths.reached].slice(this.#reachedBefore);
    const wrapped = [...this.paths.wrapped].slice(this.#wrappedBefore);
    const fresh = { functions, contexts, reached, wrapped };
    this.add(fresh);
    return fresh;
  }

  /** Counts addresses and contexts. */
  count(): AddressCoverage {
    return countCoverage(this.#words.values(), this.#contexts.values());
  }

  /** How many paths were reached, and how many of these have had the wrap. */
  countPaths(): { readonly paths: number; readonly pathsWithWrap: number } {
    const { reached, wrapped } = this.paths;
    let pathsWithWrap = 0;
    for (const path of reached) if (wrapped.has(path)) pathsWithWrap += 1;
    return { paths: reached.size, pathsWithWrap };
  }

  /** The functions that have addresses without a wrap, by address. */
  gaps(): readonly CoverageGap[] {
    const gaps = new Map<
      string,
      { addresses: number; withoutEvent: number; withoutWrap: number }
    >();
    for (const [address, bits] of [...this.#words].sort(([one], [other]) => one - other)) {
      if ((bits & mark.reached) === 0) continue;
      const name = this.#functions.get(address) ?? "?";
      const gap = gaps.get(name) ?? { addresses: 0, withoutEvent: 0, withoutWrap: 0 };
      gaps.set(name, gap);
      gap.addresses += 1;
      if ((bits & mark.event) === 0) gap.withoutEvent += 1;
      if ((bits & mark.wrap) === 0) gap.withoutWrap += 1;
    }
    return [...gaps]
      .filter(([, { withoutWrap }]) => withoutWrap > 0)
      .map(([name, counts]) => ({ function: name, ...counts }));
  }

  #addWord(name: string, address: number, bits: number): void {
    this.#functions.set(address, name);
    addBits(this.#words, address, bits);
  }
}

function isFresh(known: ReadonlyMap<number, number>, key: number, bits: number): boolean {
  return (bits & ~(known.get(key) ?? 0)) !== 0;
}

function addBits(known: Map<number, number>, key: number, bits: number): void {
  known.set(key, (known.get(key) ?? 0) | bits);
}
