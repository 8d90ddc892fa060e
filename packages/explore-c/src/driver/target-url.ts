import type { DeviceName } from "@escapement/board-c";

/** What a module of targets is asked for: files of C, and how they are compiled. */
export interface CTargetRequest {
  /** The driver and its adapter, by absolute paths. */
  readonly files: readonly string[];
  /** Folders of headers. */
  readonly includeFolders?: readonly string[];
  /** Macros, as `NAME` or `NAME=value`. */
  readonly defines?: readonly string[];
  /** How the compiler optimizes; `-O0` when absent. */
  readonly optimize?: "-O0" | "-Os" | "-O1" | "-O2";
  /** Bytes that the processor reads and writes at once; 4 when absent. */
  readonly wordBytes?: 1 | 2 | 4;
  /** Models of registers; those in files by absolute paths. */
  readonly devices?: readonly DeviceName[];
  /** A clang of this machine; that of npm when absent. */
  readonly clang?: string;
}

const key = "ask";

/**
 * The URL of a module whose default export makes targets of a driver in C by the names of profiles, for whoever takes
 * a module of targets: threads of a search, `escapement explore --hal`. The module compiles what the URL says, or takes
 * it from the cache.
 */
export function cTargetModule(request: CTargetRequest): string {
  const url = new URL("./target-module.js", import.meta.url);
  url.searchParams.set(key, JSON.stringify(request));
  return url.href;
}

/** What the URL of that module asks for. */
export function requestIn(url: string): CTargetRequest {
  return JSON.parse(new URL(url).searchParams.get(key) ?? "{}") as CTargetRequest;
}
