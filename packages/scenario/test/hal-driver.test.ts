import { TimerHal } from "@escapement/core";
import { describe, expect, it } from "vitest";
import {
  createBoard,
  halDriver,
  type ProgramTools,
  program,
  type TraceView,
  traceView,
} from "../src/index.js";
import { FakeChip } from "./fake-chip.js";

function makeBoard() {
  return createBoard({
    name: "fake-chip",
    counterBits: 16,
    frequencyHz: 1_000_000,
    latencies: { lateTicks: 40, minDeltaTicks: 2, opTicks: 40 },
    boot: () => {
      const chip = new FakeChip();
      const driver = halDriver((onError) =>
        chip.connect(new TimerHal(chip.port, { capacity: 8, onError })),
      );
      return { driver, machine: chip.machine };
    },
  });
}

async function run(build: (tools: ProgramTools) => void): Promise<TraceView> {
  return traceView(await makeBoard().run(program(build)));
}

describe("halDriver", () => {
  it("has every capability that a driver can have", () => {
    expect(makeBoard().describe()).toMatchObject({
      timers: 8,
      capabilities: [
        "mask",
        "soft",
        "start-at",
        "overrun-policy",
        "set-period",
        "shutdown",
        "stop-sync",
        "spawn",
        "stats",
        "remaining",
        "generations",
        "exceptions",
      ],
    });
  });

  it("reports scheduled times, and stops from the handler (STOP-04)", async () => {
    const view = await run(({ main, timer }) => {
      const t = timer({ mode: "periodic", period: 3_000 });
      t.handler.when(3).stop(t);
      main.capture().startAt(t, { delta: 3_000 }).sleep(20_000).pending(t);
    });
    const from = view.reads()[0]?.value ?? Number.NaN;
    expect(view.expiries(0).map(({ scheduled }) => scheduled - from)).toEqual([
      3_000, 6_000, 9_000,
    ]);
    expect(view.results("stop")).toEqual(["in-flight"]);
    expect(view.values("pending")).toEqual([0]);
  });

  it("passes every operation on", async () => {
    const view = await run(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 500 });
      const p = timer({ mode: "periodic", period: 100, quiet: true });
      main.start(p).mask().spin(350).restore().overruns(p).stopSync(p, 100).setPeriod(p, 50);
      main.start(t).remaining(t).stats().stop(t).stop(t).start(t).sleep(700).stop(t);
      main.spawn(t).sleep(700).collect().stats().shutdown(t).start(t).deinit(t).deinit(t).start(t);
    });
    expect(view.values("overruns")).toEqual([2]);
    expect(view.results("stopSync")).toEqual(["removed"]);
    expect(view.results("stop")).toEqual(["removed", "idle", "fired"]);
    expect(view.results("spawn")).toEqual(["armed"]);
    expect(view.results("start", 0)).toEqual(["armed", "armed", "timer-shut-down", "stale-handle"]);
    expect(view.values("remaining")[0]).toBeGreaterThan(450);
    expect(view.stats().map(({ allocated, pending }) => [allocated, pending])).toEqual([
      [2, 1],
      [2, 0],
    ]);
  });

  it("turns what the HAL reports into error records", async () => {
    const view = await run(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 500, dispatch: "soft" });
      t.handler.service().throw();
      main.start(t).sleep(1_000).service();
    });
    expect(view.errors().map(({ code }) => code)).toEqual(["callback-threw"]);
    expect(view.results("service")).toEqual(["reentrant-service", "ok"]);
    expect(view.values("service")).toEqual([0, 1]);
  });

  it("takes a HAL that exists already", () => {
    const chip = new FakeChip();
    const hal = chip.connect(new TimerHal(chip.port, { capacity: 3 }));
    expect(halDriver(hal)).toMatchObject({ capacity: 3, maxDelayTicks: hal.maxDelayTicks });
  });

  it("leaves nothing between iterations: ten thousand spawned on a capacity of eight", async () => {
    const view = await run(({ main, timer, sweep }) => {
      sweep({ from: 0, count: 10, step: 1 });
      const t = timer({ mode: "one-shot", period: 20, quiet: true });
      main
        .repeat(1_000, (body) => body.spawn(t).sleep(60))
        .count(t)
        .stats();
    });
    expect(view.calls("spawn")).toEqual([]);
    expect(view.values("count")).toEqual(Array(10).fill(1_000));
    expect(view.stats().every(({ pending }) => pending === 0)).toBe(true);
  });
});
