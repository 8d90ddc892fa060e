import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Keeps compiled modules by their content's hash. It never fails: without room it keeps nothing. */
export interface ModuleCache {
  /** What was kept under that key. */
  get(key: string): Uint8Array | undefined;
  /** Keeps it; returns why it could not, where it could not. */
  put(key: string, bytes: Uint8Array): string | undefined;
}

/** The folder for caches of this user, or the one in `ESCAPEMENT_CACHE`. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { ESCAPEMENT_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = env;
  if (ESCAPEMENT_CACHE) return ESCAPEMENT_CACHE;
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), ".cache"), "escapement");
}

/** A cache in a folder, which is made when something is kept. */
export function folderCache(folder: string): ModuleCache {
  return {
    get: (key) => {
      try {
        return new Uint8Array(readFileSync(join(folder, `${key}.wasm`)));
      } catch {
        return undefined;
      }
    },
    put: (key, bytes) => {
      const file = join(folder, `${key}.wasm`);
      // Written beside and renamed, so that nobody reads half a module.
      const part = `${file}.${process.pid}.part`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(part, bytes);
        renameSync(part, file);
        return undefined;
      } catch (error) {
        removeIfThere(part);
        return `nothing is kept in ${folder}: ${error instanceof Error ? error.message : error}`;
      }
    },
  };
}

/** A cache that keeps nothing. */
export const noCache: ModuleCache = { get: () => undefined, put: () => undefined };

/** The key of something that is made from these parts. */
export function cacheKey(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What could not be made need not be removed.
  }
}
