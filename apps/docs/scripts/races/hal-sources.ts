import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { museum, patchedSources } from "@escapement/bug-museum";
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

/** The lines that a longest common subsequence leaves over. */
function newLines(before: readonly string[], after: readonly string[]): number[] {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (one: number, other: number): number => lengths[one * width + other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      const same = before[one] === after[other];
      lengths[one * width + other] = same
        ? at(one + 1, other + 1) + 1
        : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const found: number[] = [];
  let [one, other] = [0, 0];
  while (other < after.length) {
    if (one < before.length && before[one] === after[other]) {
      one += 1;
      other += 1;
    } else if (one < before.length && at(one + 1, other) >= at(one, other + 1)) one += 1;
    else {
      other += 1;
      found.push(other);
    }
  }
  return found;
}
