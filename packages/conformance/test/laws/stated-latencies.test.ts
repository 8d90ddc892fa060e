import { createSimBoard, simProfiles } from "@escapement/board-sim";
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
      stated
        .filter(
          ({ opTicks }) => opTicks >= createSimBoard({ profile }).describe().latencies.opTicks,
        )
        .map((latencies) => ({ profile, ...latencies })),
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

describe("a torn read is not hidden by a stated operation time that is far too long", () => {
  it.each(
    (["avr16", "systick24", "stm32", "prescaled8"] as const).flatMap((name) =>
      [60, 100, 400].map((opTicks) => ({ name, opTicks })),
    ),
  )("READ-01 READ-02 READ-04 on $name with op $opTicks", async ({ name, opTicks }) => {
    const profile = simProfiles[name];
    const board = createSimBoard({
      profile,
      latencies: { opTicks },
      port: (chip) => ({ ...profile.port(chip), overflowPending: () => false }),
    });
    const report = await runConformance(board, { only: ["READ-01", "READ-02", "READ-04"] });
    expect(report.laws.map((law) => law.verdict)).toEqual(["fail", "fail", "fail"]);
  });
});
