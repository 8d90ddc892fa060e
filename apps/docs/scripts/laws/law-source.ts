import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readSource } from "../site/page.js";
import { repository, workspace } from "../site/paths.js";

/** Where a law is written. */
export interface LawSource {
  /** The file, in the workspace. */
  readonly path: string;
  /** Its address, at the law's line. */
  readonly url: string;
}

const folder = "packages/conformance/src/laws";

/** The place of each law's definition, by its id. */
export function lawSources(): ReadonlyMap<string, LawSource> {
  const found = new Map<string, LawSource>();
  for (const file of readdirSync(join(workspace, folder), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const path = `${folder}/${file.replaceAll("\\", "/")}`;
    for (const [index, line] of readSource(path).split("\n").entries()) {
      const id = /^\s*id: "([A-Z]+-\d+)"/.exec(line)?.[1];
      if (id !== undefined) {
        found.set(id, { path, url: `${repository}/blob/main/${path}#L${index + 1}` });
      }
    }
  }
  return found;
}
