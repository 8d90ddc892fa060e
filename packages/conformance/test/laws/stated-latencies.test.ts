import { createSimBoard } from "@escapement/board-sim";
import { describe, expect, it } from "vitest";
import { runConformance } from "../../src/index.js";

const stated = [
  { lateTicks: 1000, opTicks: 60 },
  { lateTicks: 300, opTicks: 300 },
  { lateTicks: 2000, opTicks: 1000 },
];

describe("a good board may state more latency than it has", () => {
  it.each(
    (["avr16", "systick24", "stm32"] as const).flatMap((profile) =>
      stated.map((latencies) => ({ profile, ...latencies })),
    ),
  )("$profile with late $lateTicks and op $opTicks", async ({ profile, lateTicks, opTicks }) => {
    const board = createSimBoard({ profile, latencies: { lateTicks, opTicks } });
    const report = await runConformance(board, {});
    const bad = report.laws.filter((law) => law.verdict === "fail" || law.verdict === "error");
    expect(bad.map((law) => `${law.id}: ${law.reason}`)).toEqual([]);
  });

  it("but not less", async () => {
    const board = createSimBoard({ profile: "stm32", latencies: { lateTicks: 10 } });
    const report = await runConformance(board, { only: ["ARM-03"] });
    expect(report.laws[0]?.verdict).toBe("fail");
  });
});
