import { existsSync, readFileSync } from "node:fs";
import type { Known, MeansName, Result } from "../means/means.js";
import { rootFile } from "../root-file.js";
import { killersInCache } from "../store.js";

/** Where the results are, for programs. */
export const resultsFile = rootFile("docs/mutation.json");

/** One mutant in the results. */
export interface ResultRow {
  /** Its id. */
  readonly id: string;
  /** Why it does not count. */
  readonly apart?: "not-compiled" | "same-code";
  /** No law and no random program comes to it. */
  readonly isUnreached?: true;
  /** What killed it by means; null where it survived. Means that were not asked are absent. */
  readonly by?: Readonly<Partial<Record<MeansName, string | null>>>;
}

/** The results as they are stored. */
export interface Results {
  /** What they are of: hashes of the sources of both HALs, and of what judged them. */
  readonly of: { readonly ts: string; readonly c: string; readonly judging: string };
  /** All mutants that were asked about. */
  readonly ts: readonly ResultRow[];
  /** The same of the C HAL. */
  readonly c: readonly ResultRow[];
}

/** Reads the results; undefined where there are none. */
export function readResults(): Results | undefined {
  if (!existsSync(resultsFile)) return undefined;
  return JSON.parse(readFileSync(resultsFile, "utf8")) as Results;
}

/** What killed each mutant last time: by the results, and by what the cache has of other sources. */
export function knownKillers(): ReadonlyMap<string, Known> {
  const results = readResults();
  const rows = [...(results?.ts ?? []), ...(results?.c ?? [])];
  const killers = new Map<string, Known>(
    rows.map(({ id, by = {} }) => [
      id,
      Object.fromEntries(Object.entries(by).filter(([, killer]) => killer !== null)) as Known,
    ]),
  );
  for (const { id, means, by } of killersInCache()) {
    killers.set(id, { ...killers.get(id), [means]: by });
  }
  return killers;
}

/** A result as it is stored. Trouble is stored as nothing: the mutant counts as one that survived. */
export function stored(result: Result): string | null {
  return result.verdict === "killed" ? result.by : null;
}
