import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { museum, patchedSources } from "@escapement/bug-museum";
import { diffArrays } from "diff";
import type { HalSources, SourceFile } from "../../races/hal-sources.js";
import { readSource } from "../site/page.js";
import { app, workspace } from "../site/paths.js";

const core = "packages/core/src";

/** The sources of the HAL, for the player: all files, and for each bug those that it changes. */
export function halSources(): ReadonlyMap<string, HalSources> {
  const files = readdirSync(join(workspace, core)).filter((file) => file.endsWith(".ts"));
  const all = new Map<string, HalSources>();
  all.set("none", Object.fromEntries(files.map((file) => [file, fileOf(sourceOf(file))])));
  for (const { name, where } of museum) {
    if (where !== "hal") continue;
    const patch = readSource(`apps/bug-museum/patches/hal/${name}.patch`);
    const changed = patchedSources(name, patch, sourceOf);
    all.set(
      name,
      Object.fromEntries([...changed].map(([file, text]) => [file, fileOf(text, sourceOf(file))])),
    );
  }
  return all;
}

/** Writes them where the theme takes them from. */
export function writeHalSources(): void {
  const folder = join(app, "dist/sources");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, sources] of halSources()) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(sources));
  }
}

function sourceOf(file: string): string {
  return readSource(`${core}/${file}`);
}

/** The lines of a file, and which of them are not in `before`, counted from 1. */
function fileOf(text: string, before = text): SourceFile {
  const lines = text.split("\n");
  return { lines, changed: before === text ? [] : newLines(before.split("\n"), lines) };
}

/** The lines that were added, counted from 1. */
function newLines(before: readonly string[], after: readonly string[]): number[] {
  let line = 0;
  return diffArrays([...before], [...after]).flatMap(({ value, added, removed }) => {
    if (removed) return [];
    const first = line + 1;
    line += value.length;
    return added ? value.map((_, index) => first + index) : [];
  });
}
