import type { Known, MeansName, Result } from "./means/means.js";
import type { Mutant } from "./mutants/mutant.js";

/** What a worker is asked: one mutant, by some means. */
export interface Job {
  /** The mutant. */
  readonly mutant: Mutant;
  /** By what. */
  readonly means: readonly MeansName[];
  /** Whether to see first if it counts at all. */
  readonly isToCompile: boolean;
  /** Whether neither laws nor random programs killed it so far. */
  readonly isAlive: boolean;
  /** What killed it last time, by means: asked first. */
  readonly known: Known;
}

/** What a worker reports: one for each means of a job, and one behind them. */
export type WorkerReport =
  | { readonly kind: "result"; readonly means: MeansName; readonly result: Result }
  /** It does not count: nothing was asked. */
  | { readonly kind: "apart"; readonly apart: "not-compiled" | "same-code" }
  | { readonly kind: "done" };
