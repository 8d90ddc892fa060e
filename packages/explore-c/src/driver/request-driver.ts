import {
  type CDriver,
  cacheFolder,
  compileDriver,
  type Device,
  type FetchProgress,
  folderCache,
  loadDevice,
  machineClang,
  npmClang,
} from "@escapement/board-c";
import type { CTargetRequest } from "./target-url.js";

/** A driver that was asked for, and the models of its registers. */
export interface RequestedDriver {
  /** The driver. */
  readonly driver: CDriver;
  /** Models of registers. */
  readonly devices: readonly Device[];
}

/**
 * Compiles the driver that a module of targets is asked for, or takes it from the cache.
 *
 * @throws CError where the files do not compile, or have no table.
 */
export async function compileRequested(
  { files, includeFolders, defines, optimize, devices = [], clang }: CTargetRequest,
  onFetch?: FetchProgress,
): Promise<RequestedDriver> {
  const compiler = clang === undefined ? npmClang(onFetch) : machineClang(clang);
  const request = {
    files,
    ...(includeFolders !== undefined && { includeFolders }),
    ...(defines !== undefined && { defines }),
    ...(optimize !== undefined && { optimize }),
  };
  const tools = { compiler, cache: folderCache(cacheFolder()) };
  const models = await Promise.all(
    devices.map((device) => loadDevice(device, tools, { isReused: true })),
  );
  // With 0 the host sees every value that is stored, also in a register.
  return { driver: await compileDriver(request, tools, { wordBytes: 0 }), devices: models };
}
