import type { CorpusEntry } from "./entry.js";

/** Programs that once showed a fault; run before all others. */
export const corpus: readonly CorpusEntry[] = [];
