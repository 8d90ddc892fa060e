import { createSimBoard, type SimChip, SimEvent, simProfiles } from "@escapement/board-sim";
import { expect, it } from "vitest";
import { runConformance } from "../src/index.js";

/** A low-power timer: the compare goes over to another clock, and the port waits until it is there. */
function waitingPort(chip: SimChip) {
  const transferCycles = 2 * chip.shape.cyclesPerTick + 200;
  let done = false;
  let value = 0;
  const arrived = new SimEvent(() => {
    chip.hardware.writeCompare(value);
    done = true;
  });
  return {
    ...simProfiles.rtc24.port(chip),
    minDeltaTicks: 2,
    setCompare: (ticks: number) => {
      done = false;
      value = ticks;
      chip.clock.schedule(arrived, chip.clock.now + transferCycles);
      while (!done) void chip.flags;
    },
  };
}

it("a port that waits for its compare keeps the latencies that the simulator derives for it", async () => {
  const board = createSimBoard({ profile: "rtc24", port: waitingPort, name: "lptim" });
  const quick = createSimBoard({ profile: "rtc24" }).describe().latencies;
  const slow = board.describe().latencies;
  expect(slow.opTicks).toBeGreaterThan(quick.opTicks + 2);
  const report = await runConformance(board, { only: ["ARM", "STOP", "PER"] });
  expect(report.laws.filter(({ verdict }) => verdict === "fail").map(({ id }) => id)).toEqual([]);
});
