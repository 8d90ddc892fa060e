import { createSimBoard } from "@escapement/board-sim";
import { ArrayState } from "@escapement/core";
import type { Board } from "@escapement/scenario";
import type { ExploreTarget } from "./target.js";

/**
 * Makes a simulated board of a target: the same timer implementation on the chip as it is, with its
 * costs and in the one order in which things happen there, for the suite.
 *
 * @param seed of the simulated hardware; 1 when absent
 *
 * @example
 * ```ts
 * import { runConformance } from "@escapement/conformance";
 * import { halTarget, targetBoard } from "@escapement/explore";
 *
 * const report = await runConformance(targetBoard(halTarget({ profile: "stm32" })));
 * console.log(report.summary);
 * ```
 */
export function targetBoard(target: ExploreTarget, seed?: number): Board {
  const { name, profile, exceptions, latencies, boot } = target;
  return createSimBoard({
    name,
    profile,
    driver: (chip, port) =>
      boot({
        chip,
        port,
        state: (cells) => new ArrayState(cells),
        touch: () => {},
        split: () => {},
        share: (_name, object) => object,
      }).driver,
    ...(seed !== undefined && { seed }),
    ...(exceptions !== undefined && { exceptions }),
    ...(latencies !== undefined && { latencies }),
  });
}
