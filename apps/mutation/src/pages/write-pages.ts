import { writeFile } from "node:fs/promises";
import { allMutants } from "../mutants/all-mutants.js";
import { apart } from "../mutants/left-out.js";
import type { Language, Mutant } from "../mutants/mutant.js";
import { reasonsById } from "../reasons.js";
import { reasonsC } from "../reasons-c.js";
import { reasonsTs } from "../reasons-ts.js";
import { rootFile } from "../root-file.js";
import { halHash, judgingHash, Store } from "../store.js";
import { faultsOf } from "./faults.js";
import { mutationPage } from "./page.js";
import { type ResultRow, type Results, resultsFile, stored } from "./results.js";

/** Writes the page and the results; returns what is wrong with the reasons. */
export async function writePages(): Promise<readonly string[]> {
  const mutants = { ts: await allMutants("ts"), c: await allMutants("c") };
  const results: Results = {
    of: { ts: halHash("ts"), c: halHash("c"), judging: judgingHash() },
    ts: rowsOf(mutants.ts, new Store("ts")),
    c: rowsOf(mutants.c, new Store("c")),
  };
  const reasons = [...reasonsTs, ...reasonsC];
  const page = mutationPage({
    results,
    mutants: new Map([...mutants.ts, ...mutants.c].map((mutant) => [mutant.id, mutant])),
    leftOut: { ts: leftOut(mutants.ts), c: leftOut(mutants.c) },
    reasons: reasonsById(reasons),
  });
  await writeFile(rootFile("docs/mutation.md"), page);
  await writeFile(resultsFile, resultsText(results));
  return faultsOf([...results.ts, ...results.c], reasons);
}

function rowsOf(mutants: readonly Mutant[], store: Store): readonly ResultRow[] {
  return mutants
    .filter((mutant) => apart(mutant) === undefined)
    .map(({ id }) => {
      const row = store.rows.get(id);
      if (row?.apart !== undefined) return { id, apart: row.apart };
      const results = Object.entries(row?.results ?? {});
      const by = Object.fromEntries(results.map(([means, each]) => [means, stored(each)]));
      if (row?.isUnreached)
        return { id, isUnreached: true, by: { laws: null, random: null, ...by } };
      return { id, by };
    });
}

function leftOut(mutants: readonly Mutant[]): ReadonlyMap<string, number> {
  const words = { diagnosis: "in the diagnosis of the search", text: "in texts of errors" };
  const counts = new Map<string, number>();
  for (const mutant of mutants) {
    const why = apart(mutant);
    if (why !== undefined) counts.set(words[why], (counts.get(words[why]) ?? 0) + 1);
  }
  return counts;
}

/** A line a mutant, so that a change shows as lines. */
function resultsText({ of, ts, c }: Results): string {
  const lines = (rows: Results[Language]): string =>
    rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  return `{\n  "of": ${JSON.stringify(of)},\n  "ts": [\n${lines(ts)}\n  ],\n  "c": [\n${lines(c)}\n  ]\n}\n`;
}
