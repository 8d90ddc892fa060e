import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root folder. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Folders of the published packages, relative to the root. */
export const packageFolders = [
  "packages/core",
  "packages/scenario",
  "packages/timeline",
  "packages/board-sim",
  "packages/firmware",
  "packages/board-serial",
  "packages/board-uno",
  "packages/conformance",
  "packages/explore",
  "packages/explore-avr",
  "packages/cli",
] as const;

/** Packages that must run in a browser: no runtime dependency outside them, no Node API. */
export const portablePackages = [
  "core",
  "scenario",
  "timeline",
  "board-sim",
  "conformance",
  "explore",
] as const;

/** A file of the workspace as text. */
export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Tracked and new files that are not ignored, relative to the root, whose path matches. */
export function listFiles(pattern: RegExp): string[] {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const out = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], options);
  return out.split("\n").filter((path) => pattern.test(path) && existsSync(join(root, path)));
}
