import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import { findLaw, lawEnv } from "@escapement/conformance";
import { TimerHal } from "@escapement/core";
import { halDriver } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  type DriverTargetOptions,
  driverTarget,
  exploreEnv,
  lawCases,
  World,
} from "../src/index.js";

/** Escapement's own HAL, put up by hand; with a wait of so many ticks in each stop. */
function target(more: Partial<DriverTargetOptions> = {}, waitTicks = 0) {
  return driverTarget({
    name: "mine",
    profile: "rp2040",
    boot: ({ chip, port }) => {
      const driver = halDriver((onError) => {
        const hal = new TimerHal(port, { capacity: 16, onError });
        chip.connect({ overflow: hal.onOverflow, compare: hal.onCompare });
        chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);
        return hal;
      });
      const stop = driver.stop.bind(driver);
      driver.stop = (timer) => {
        chip.clock.advance(waitTicks);
        return stop(timer);
      };
      return { driver };
    },
    ...more,
  });
}

describe("driverTarget", () => {
  it("states what the driver contains and how slow it is, with the slack added", () => {
    const { board } = exploreEnv(
      target({
        slackTicks: 8,
        exceptions: false,
        latencies: { opTicks: 20, lateTicks: 30, minDeltaTicks: 3 },
      }),
    );
    expect(board.latencies).toEqual({ opTicks: 28, lateTicks: 38, minDeltaTicks: 3 });
    expect(board.capabilities).not.toContain("exceptions");
    const usual = exploreEnv(target({ slackTicks: 8 })).board;
    expect(usual.latencies).toEqual({ opTicks: 9, lateTicks: 10, minDeltaTicks: 1 });
    expect(usual.capabilities).toContain("exceptions");
  });

  it("leaves the laws about exceptions out where nothing can throw", () => {
    const law = findLaw("CALL-05");
    expect(lawCases(law, target()).length).toBeGreaterThan(0);
    expect(lawCases(law, target({ exceptions: false }))).toEqual([]);
  });

  it("does not accuse a driver of the wait that it states, and does without the statement", () => {
    const law = findLaw("STOP-20");
    const found = (more: Partial<DriverTargetOptions>): number => {
      const made = target(more, 60);
      const world = new World(made, 100_000);
      const env = lawEnv(world.describe(), { systematic: true });
      return lawCases(law, made).flatMap(({ program }) => {
        const { trace, fault } = world.run(program, []);
        expect(fault).toBeUndefined();
        return law.check(trace, env, program);
      }).length;
    };
    expect(found({ latencies: { opTicks: 70, lateTicks: 70 } })).toBe(0);
    expect(found({})).toBeGreaterThan(0);
  });

  it("refuses a speed that is none", () => {
    expect(() => target({ latencies: { opTicks: Number.NaN } })).toThrow(
      expect.objectContaining({ code: "invalid-argument" }),
    );
  });
});
