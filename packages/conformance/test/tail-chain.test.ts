import { createSimBoard, type SimChipOptions, simProfiles } from "@escapement/board-sim";
import { describe, expect, it } from "vitest";
import { runConformance } from "../src/index.js";

/** The laws that a simulated SysTick does not pass, by verdict. */
async function broken(chip: Partial<SimChipOptions>, minDeltaTicks: number, only?: string[]) {
  const { systick24 } = simProfiles;
  const board = createSimBoard({
    profile: { ...systick24, chip: { ...systick24.chip, ...chip } },
    port: (hardware) => ({ ...systick24.port(hardware), minDeltaTicks }),
  });
  const report = await runConformance(board, { ...(only && { only }) });
  const fallen = report.laws.filter(({ verdict }) => verdict === "fail" || verdict === "error");
  return fallen.map(({ id, verdict }) => `${id} ${verdict}`);
}

describe("a core that goes from one interrupt straight into the next", () => {
  it("CALL-12 fails, in a verdict, where minDeltaTicks does not cover the way out", async () => {
    expect(await broken({ tailChain: true }, 1, ["CALL-12"])).toEqual(["CALL-12 fail"]);
  });

  it("keeps every law where it does", async () => {
    expect(await broken({ tailChain: true }, 64)).toEqual([]);
  });

  it("READ-21 keeps every law where requests are latched: a vector may come for a wrap that is counted", async () => {
    expect(await broken({ tailChain: true, latchesRequest: true }, 64)).toEqual([]);
  });
});
