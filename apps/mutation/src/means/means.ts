import type { Mutant } from "../mutants/mutant.js";

/** What was found out about a mutant by one means. */
export type Result =
  /** It was distinguished from the HAL as it is. */
  | { readonly verdict: "killed"; readonly by: string }
  /** It was not. */
  | { readonly verdict: "survived" }
  /** Nothing was found out: trouble of the machinery. */
  | { readonly verdict: "error"; readonly why: string };

/** What an error says that is not of the HAL's doing. */
export function errorOf(error: unknown): Result {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { verdict: "error", why };
}

/** By what a mutant can be distinguished from the HAL as it is. */
export type MeansName = "laws" | "random" | "search" | "unit";

/** All means, in the order in which they are asked. */
export const meansNames: readonly MeansName[] = ["laws", "random", "search", "unit"];

/** What killed a mutant last time, by means. */
export type Known = Readonly<Partial<Record<MeansName, string>>>;

/** Judges mutants of one HAL, one after another. */
export interface Judge {
  /** Why a mutant does not count, where it does not; of the C HAL only. */
  apart?(mutant: Mutant): Promise<"not-compiled" | "same-code" | undefined>;
  /** One mutant by some means; results come as they are known. */
  judge(
    mutant: Mutant,
    means: readonly MeansName[],
    known: Known,
    onResult: (means: MeansName, result: Result) => void,
  ): Promise<void>;
  /** Ends it. */
  close(): Promise<void>;
}
