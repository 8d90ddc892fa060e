import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./workspace.js";

/** An empty folder outside the workspace; gone after `remove()`. */
export interface Scratch {
  /** Its path. */
  readonly path: string;
  /** Deletes it with all that is in it. */
  remove(): void;
}

/** Makes an empty folder outside the workspace. */
export function makeScratch(name: string): Scratch {
  const path = mkdtempSync(join(tmpdir(), `escapement-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Packs the workspace, as the guides say; returns the tarballs' paths. */
export function packAll(destination: string): string[] {
  execFileSync("npx", ["pnpm", "-r", "pack", "--pack-destination", destination], {
    cwd: root,
    stdio: "pipe",
    shell: process.platform === "win32",
  });
  return readdirSync(destination)
    .filter((file) => file.endsWith(".tgz"))
    .map((file) => join(destination, file));
}

/** Files in a tarball, relative to the package's folder. */
export function listTarball(tarball: string): string[] {
  const out = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  return out
    .split("\n")
    .filter(Boolean)
    .map((path) => path.replace(/^package\//, ""));
}
