import { connectHal, FLAG_OVERFLOW, SimChip, SimMachine, simProfiles } from "@escapement/board-sim";
import { TimerHal } from "@escapement/core";
import { type Board, createBoard, halDriver } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { laws, runConformance } from "../../src/index.js";

/** Takes this long after the request is made, so that a short delay is over before the call returns. */
class PromptMachine extends SimMachine {
  constructor(
    chip: SimChip,
    readonly leadTicks: number,
  ) {
    super(chip);
  }

  override requestInterrupt(handler: () => void, delayTicks: number): void {
    super.requestInterrupt(handler, delayTicks);
    this.spin(this.leadTicks);
  }
}

function promptBoard(profile: keyof typeof simProfiles, leadTicks: number): Board {
  const { chip: shape, port } = simProfiles[profile];
  const frequencyHz = shape.cpuHz / (shape.cyclesPerTick ?? 1);
  return createBoard({
    name: `${profile}, prompt`,
    counterBits: shape.counterBits,
    frequencyHz,
    latencies: { lateTicks: 300, minDeltaTicks: 1, opTicks: 300 },
    reference: { frequencyHz: shape.cpuHz, modulusTicks: 2 ** 53 },
    nesting: shape.nesting ?? true,
    fastForward: true,
    boot: () => {
      const chip = new SimChip(shape);
      const driver = halDriver((onError) => {
        const hal = new TimerHal(port(chip), { capacity: 16, onError });
        connectHal(chip, hal);
        return hal;
      });
      chip.enable(FLAG_OVERFLOW);
      return { driver, machine: new PromptMachine(chip, leadTicks) };
    },
  });
}

const interrupted = laws.filter(({ needs }) => needs.includes("second-interrupt"));

describe("a second interrupt that comes inside the call that asks for it", () => {
  it.each(
    (["systick24", "stm32", "rtc24"] as const).flatMap((profile) =>
      [0, 4, 40].map((leadTicks) => ({ profile, leadTicks })),
    ),
  )("breaks no law: $profile with $leadTicks ticks", async ({ profile, leadTicks }) => {
    const only = interrupted.map(({ id }) => id);
    const report = await runConformance(promptBoard(profile, leadTicks), { only });
    const bad = report.laws.filter(({ verdict }) => verdict !== "pass");
    expect(bad.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(report.laws.map(({ id }) => id)).toContain("READ-08");
  });
});
