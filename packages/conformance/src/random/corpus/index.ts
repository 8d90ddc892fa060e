import type { CorpusEntry } from "./entry.js";
import { equalDeadlines } from "./equal-deadlines.js";

/** Programs that once showed a fault; run before all others. */
export const corpus: readonly CorpusEntry[] = [...equalDeadlines];
