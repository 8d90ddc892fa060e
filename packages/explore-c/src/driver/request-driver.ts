import {
  type CDriver,
  cacheFolder,
  compileDriver,
  type FetchProgress,
  folderCache,
  machineClang,
  npmClang,
} from "@escapement/board-c";
import type { CTargetRequest } from "./target-url.js";

/**
 * Compiles the driver that a module of targets is asked for, or takes it from the cache.
 *
 * @throws CError where the files do not compile, or have no table.
 */
export function compileRequested(
  { files, includeFolders, defines, optimize, wordBytes, clang }: CTargetRequest,
  onFetch?: FetchProgress,
): Promise<CDriver> {
  const compiler = clang === undefined ? npmClang(onFetch) : machineClang(clang);
  const request = {
    files,
    ...(includeFolders !== undefined && { includeFolders }),
    ...(defines !== undefined && { defines }),
    ...(optimize !== undefined && { optimize }),
  };
  const tools = { compiler, cache: folderCache(cacheFolder()) };
  return compileDriver(request, tools, { wordBytes: wordBytes ?? 4 });
}
