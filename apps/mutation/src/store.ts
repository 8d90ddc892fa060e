import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MeansName, Result } from "./means/means.js";
import type { Language } from "./mutants/mutant.js";
import { rootFile } from "./root-file.js";

/** What is known of one mutant. */
export interface Row {
  /** Why it does not count; absent where it does. */
  apart?: "not-compiled" | "same-code";
  /** No law and no random program comes to it: both leave it alive. */
  isUnreached?: true;
  /** What each means that was asked found out. */
  results: Partial<Record<MeansName, Result>>;
}

/** A line of the cache. */
type Line = { readonly id: string } & (
  | { readonly means: MeansName; readonly result: Result }
  | { readonly apart: "not-compiled" | "same-code" }
  | { readonly isUnreached: true }
);

/** Sources by whose content results are kept: of the HAL, and of what judges it. */
const judging = ["conformance", "scenario", "board-sim", "explore"].map(
  (name) => `packages/${name}/src`,
);
const halFolders: Readonly<Record<Language, string>> = {
  ts: "packages/core/src",
  c: "packages/firmware/c/hal",
};

/** Of the sources of a HAL: results of other sources say nothing about these. */
export function halHash(language: Language): string {
  return hashOf([halFolders[language]]);
}

/** Of the sources of laws, judge, generator, simulated chips and search. */
export function judgingHash(): string {
  return hashOf(judging);
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const root = rootFile(folder);
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}

const cache = rootFile("node_modules/.cache/escapement-mutation");

/** Every kill in the cache, of whatever sources: what killed a mutant once is worth asking first. */
export function killersInCache(): readonly { id: string; means: MeansName; by: string }[] {
  if (!existsSync(cache)) return [];
  const files = readdirSync(cache).filter((name) => name.endsWith(".jsonl"));
  return files.flatMap((name) =>
    linesOf(join(cache, name)).flatMap((line) => {
      const isKill = "result" in line && line.result.verdict === "killed";
      return isKill ? [{ id: line.id, means: line.means, by: line.result.by }] : [];
    }),
  );
}

function linesOf(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  const texts = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return texts.map((text) => JSON.parse(text) as Line);
}

/** The results of a language so far, on disk, for these sources: a run that was ended goes on where it was. */
export class Store {
  /** What is known, by the mutant's id. */
  readonly rows = new Map<string, Row>();
  readonly #file: string;

  /** Reads what there is. */
  constructor(language: Language) {
    const name = `${language}-${halHash(language)}-${judgingHash()}.jsonl`;
    this.#file = join(cache, name);
    for (const line of linesOf(this.#file)) this.#take(line);
  }

  /** Adds a result. */
  add(line: Line): void {
    this.#take(line);
    mkdirSync(cache, { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  #take(line: Line): void {
    const row = this.rows.get(line.id) ?? { results: {} };
    this.rows.set(line.id, row);
    if ("apart" in line) row.apart = line.apart;
    else if ("isUnreached" in line) row.isUnreached = true;
    else row.results[line.means] = line.result;
  }
}
