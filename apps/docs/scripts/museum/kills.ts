import { keptLaws, museum } from "@escapement/bug-museum";
import { readSource } from "../site/page.js";

/** What `docs/kill-matrix.json` says of a bug. */
export interface KillRow {
  /** The bug. */
  readonly bug: string;
  /** The law that has to reject it. */
  readonly owner: string;
  /** The laws that do, by backend. */
  readonly killers: Readonly<Record<string, readonly string[]>>;
}

/** The bugs that a law rejects. */
export interface LawKills {
  /** Those that it has to reject. */
  readonly owned: readonly string[];
  /** Others that it rejects as well, on some backend. */
  readonly others: readonly string[];
  /** Why a law that rejects none stays; empty for one that does. */
  readonly kept: string;
}

/** The kill matrix that is committed; a bug that is gone since is left out. */
export function killRows(): readonly KillRow[] {
  const { bugs } = JSON.parse(readSource("docs/kill-matrix.json")) as { bugs: readonly KillRow[] };
  const there = new Set(museum.map(({ name }) => name));
  return bugs.filter(({ bug }) => there.has(bug));
}

/** For each law, what it rejects. */
export function lawKills(): (law: string) => LawKills {
  const rows = killRows();
  return (law) => {
    const owned = museum.filter(({ owner, c }) => owner === law || c?.owner === law);
    const names = owned.map(({ name }) => name);
    const others = rows
      .filter(({ killers }) => Object.values(killers).some((laws) => laws.includes(law)))
      .map(({ bug }) => bug)
      .filter((name) => !names.includes(name));
    const kept = (keptLaws as Readonly<Record<string, string | undefined>>)[law] ?? "";
    return { owned: names, others, kept };
  };
}
