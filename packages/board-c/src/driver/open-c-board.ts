import { basename } from "node:path";
import {
  createSimBoard,
  type SimModels,
  type SimProfile,
  type SimProfileName,
  type VcdRecorder,
} from "@escapement/board-sim";
import type { Board, BoardLatencies } from "@escapement/scenario";
import { cacheFolder, folderCache } from "../compile/cache.js";
import { npmClang } from "../compile/clang.js";
import type { CompileRequest, CompileTools } from "../compile/compile-c.js";
import { type CDriver, compileDriver } from "./c-driver.js";

import type { DriverFacts } from "./driver-facts.js";
import { bootGuarded } from "./guarded-driver.js";
import type { Device } from "./registers.js";

/** The chip under a driver, and how it is shown. */
export interface CBoardOptions {
  /** The kind of chip; `stm32`, 32 bits, when absent. */
  readonly profile?: SimProfileName | SimProfile;
  /** The name in reports; that of the table when absent, else the file's. */
  readonly name?: string;
  /** Seeds the models of the hardware. */
  readonly seed?: number;
  /** What is less than ideal about the hardware. */
  readonly models?: SimModels;
  /** Records each run as waveforms. */
  readonly vcd?: VcdRecorder;
  /** Chip models behind addresses. */
  readonly devices?: readonly Device[];
  /** Gets each line of the driver's log. */
  readonly log?: (line: string) => void;
}

/** A driver is allowed so much more time than Escapement's own HAL, where its table says nothing. */
const ALLOWANCE = 4;

/** But no more than this part of a lap: laws make their delays, and how long they mask, from what is allowed. */
const LAP_SHARE = 1 / 64;

/**
 * Compiles a timer driver in C with its adapter, and makes a board of it: on a simulated chip, in virtual
 * time, in this process. A driver that traps, fails an assertion or goes round for ever ends its run with
 * `never-ends` and the place in its source; the next run begins with a fresh instance.
 *
 * @throws {@link CError} where the files do not compile, or have no table.
 *
 * @example
 * ```ts
 * import { openCBoard } from "@escapement/board-c";
 * import { runConformance } from "@escapement/conformance";
 *
 * const board = await openCBoard({ files: ["my_timer.c", "my_adapter.c"], profile: "stm32" });
 * const report = await runConformance(board);
 * console.log(report.summary);
 * await board.close();
 * ```
 */
export async function openCBoard(
  request: CompileRequest & CBoardOptions & Partial<CompileTools>,
): Promise<Board> {
  const { compiler = npmClang(), cache = folderCache(cacheFolder()) } = request;
  const driver = await compileDriver({ ...request, hooks: "guard" }, { compiler, cache });
  return cBoard(driver, { name: basename(request.files[0] ?? "driver.c"), ...request });
}

/** Makes a board of a driver that was compiled with the hooks of `guard`. */
export function cBoard(driver: CDriver, options: CBoardOptions = {}): Board {
  const { profile = "stm32", name, seed, models, vcd, devices, log } = options;
  const common = {
    profile,
    ...(seed !== undefined && { seed }),
    ...(models !== undefined && { models }),
  };
  const { latencies: stated, counterBits } = createSimBoard(common).describe();
  return createSimBoard({
    ...common,
    name: name ?? driver.facts.name ?? "driver.c",
    exceptions: false,
    latencies: latenciesOf(driver.facts, stated, counterBits),
    driver: (chip, port) =>
      bootGuarded(driver, chip, port, { log, ...(devices !== undefined && { devices }) }),
    ...(vcd !== undefined && { vcd }),
  });
}

function latenciesOf(
  { lateTicks, opTicks, minDeltaTicks }: DriverFacts,
  stated: BoardLatencies,
  counterBits: number,
): Partial<BoardLatencies> {
  const most = Math.floor(2 ** Math.min(counterBits, 32) * LAP_SHARE);
  const allowed = (ticks: number): number => Math.max(ticks, Math.min(ALLOWANCE * ticks, most));
  return {
    lateTicks: lateTicks ?? allowed(stated.lateTicks),
    opTicks: opTicks ?? allowed(stated.opTicks),
    ...(minDeltaTicks !== undefined && { minDeltaTicks }),
  };
}
