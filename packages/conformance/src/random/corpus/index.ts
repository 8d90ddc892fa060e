import { countsAndReleases } from "./counts-and-releases.js";
import type { CorpusEntry } from "./entry.js";
import { equalDeadlines } from "./equal-deadlines.js";
import { manyAtOnce } from "./many-at-once.js";
import { periodsAndReads } from "./periods-and-reads.js";
import { starts } from "./starts.js";
import { stopsAndCallbacks } from "./stops-and-callbacks.js";

/**
 * Programs that once showed a fault, made small; run before all others. Their times are in a board's
 * own units, so that each asks the same of every board.
 */
export const corpus: readonly CorpusEntry[] = [
  ...starts,
  ...equalDeadlines,
  ...periodsAndReads,
  ...stopsAndCallbacks,
  ...countsAndReleases,
  ...manyAtOnce,
];
