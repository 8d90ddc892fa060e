import { limits } from "@escapement/scenario";
import { operandValue } from "./operand.js";
import type { Step } from "./trace-tree.js";

/** How many masks are in force after `repeats` that began with that many. */
export function maskDepthAfter({ repeats }: Step, before: number, variable: number): number {
  let depth = before;
  for (const { body, count: rounds } of repeats) {
    for (let round = operandValue(rounds, variable); round > 0; round--) {
      const begun = depth;
      for (const { op } of body) {
        if (op === "mask") depth = Math.min(depth + 1, limits.maskDepth);
        if (op === "restore") depth = Math.max(depth - 1, 0);
      }
      if (depth === begun) break;
    }
  }
  return depth;
}
