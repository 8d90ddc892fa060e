import { createSimBoard, type SimChip, simProfiles } from "@escapement/board-sim";
import type { Board } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { describeViolation, judgeTrace } from "../../src/judge/index.js";
import { generateProgram } from "../../src/random/index.js";

/** A chip whose counter wraps all the time. */
function smallChip(counterBits: number): Board {
  const { chip, port } = simProfiles.prescaled8;
  return createSimBoard({
    name: `sim:${counterBits}-bits`,
    chip: { ...chip, counterBits, startCounter: 2 ** counterBits - 9 },
    port: (on: SimChip) => ({ ...port(on), counterBits }),
  });
}

describe("our HAL against the model of the contract", () => {
  it.each([6, 8, 12, 16])(
    "READ ARM STOP PER CALL hold for any operations on %i bits",
    async (counterBits) => {
      const board = smallChip(counterBits);
      const description = board.describe();
      const found: string[] = [];
      let expiries = 0;
      for (let seed = 1; seed <= 250; seed++) {
        const program = generateProgram(seed, description, { size: "usual" });
        await board.reset();
        const trace = await board.run(program);
        expiries += trace.records.filter(({ kind }) => kind === "expiry").length;
        for (const each of judgeTrace(program, trace, description)) {
          found.push(`seed ${seed}: ${describeViolation(each)}`);
        }
      }
      expect(found).toEqual([]);
      expect(expiries).toBeGreaterThan(500);
    },
  );
});
