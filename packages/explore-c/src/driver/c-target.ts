import type { CDriver, Device } from "@escapement/board-c";
import type { SimProfile, SimProfileName } from "@escapement/board-sim";
import { driverTarget, type ExploreTarget } from "@escapement/explore";
import { DriverMemory } from "./driver-memory.js";

/** How a driver in C is searched. */
export interface CTargetOptions {
  /** The kind of chip; `stm32` when absent. */
  readonly profile?: SimProfileName | SimProfile;
  /** The name in reports; that of the profile when absent. */
  readonly name?: string;
  /** How long moves may hold the processor up in one run, in ticks; 8 when absent. */
  readonly slackTicks?: number;
  /** Bytes that the processor reads and writes at once, as `compileDriver` was given them; 4 when absent. */
  readonly wordBytes?: 1 | 2 | 4;
  /**
   * Models of registers behind addresses. A driver that has registers is compiled by `compileDriver` with `wordBytes`
   * 0, so that the host sees each value that is stored there.
   */
  readonly devices?: readonly Device[];
  /** Whether shared state that is used unmasked is a finding by itself; else only what follows from it. */
  readonly races?: boolean;
}

/**
 * A target of a timer driver in C: its accesses to memory are points, like those to the chip. The driver is
 * compiled by `compileDriver` with the hooks of a search, and has one instance, so a target is for one thread.
 *
 * A driver is as late and as slow as its table says; where that says nothing it is held to what Escapement's own HAL
 * is.
 *
 * @throws ExploreError `invalid-argument` for an unknown profile or a slack out of range.
 *
 * @example
 * ```ts
 * import { compileDriver, npmClang } from "@escapement/board-c";
 * import { cTarget } from "@escapement/explore-c";
 *
 * const driver = await compileDriver({ files: ["my_timer.c", "adapter.c"] }, { compiler: npmClang() });
 * export default cTarget(driver, { profile: "avr16" });
 * ```
 */
export function cTarget(driver: CDriver, options: CTargetOptions = {}): ExploreTarget {
  const { wordBytes = 4, races = false, devices, profile = "stm32", ...rest } = options;
  const memory = new DriverMemory(driver, wordBytes, devices);
  const { lateTicks, opTicks, minDeltaTicks, semantics } = driver.facts;
  const target = driverTarget({
    ...rest,
    profile,
    exceptions: false,
    latencies: {
      ...(lateTicks !== undefined && { lateTicks }),
      ...(opTicks !== undefined && { opTicks }),
      ...(minDeltaTicks !== undefined && { minDeltaTicks }),
    },
    boot: (site) => memory.boot(site),
  });
  return {
    ...target,
    firstMoveTicks: (semantics.granularityTicks?.is ?? 1) - 1,
    describeCell: (cell) => memory.describeCell(cell),
    describePlace: () => memory.describePlace(),
    describeStack: () => memory.describeStack(),
    isAtomicCell: () => !races,
  };
}
