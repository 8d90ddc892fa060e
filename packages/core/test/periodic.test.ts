import { describe, expect, it } from "vitest";
import { ArrayState, type OverrunPolicy, type Timer } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { oneShot, periodic } from "./helpers.js";

const POLICIES: OverrunPolicy[] = ["coalesce", "burst", "skip"];
const grid = (from: number, count: number, step: number) =>
  Array.from({ length: count }, (_, k) => from + k * step);

describe("periodic timers", () => {
  it.each([3, 8, 16, 24, 32])("PER-01 PER-02 hold their schedule on %i bits", (counterBits) => {
    const chip = new FakeChip({ counterBits, ticksPerAccess: 0.01 });
    const log: number[] = [];
    periodic(chip.connect(), 37, log).start();
    chip.runUntil(37 * 2000 + 20);
    expect(log).toEqual(grid(38, 2000, 37));
  });

  it("PER-03 a handler shorter than the period does not shift it", () => {
    const chip = new FakeChip();
    const log: number[] = [];
    const callback = (timer: Timer) => {
      log.push(timer.scheduledTicks);
      chip.stall(90);
    };
    periodic(chip.connect(), 100, [], { callback }).start();
    chip.runUntil(5090);
    expect(log).toEqual(grid(101, 50, 100));
  });

  it.each([
    ["coalesce", [101, 1101, 1201], 9],
    ["burst", grid(101, 12, 100), 0],
    ["skip", [1001, 1101, 1201], 0],
  ] as const)(
    "PER-04 PER-05 PER-08 %s after a block of ten periods",
    (overrun, expected, overruns) => {
      for (const dispatch of ["hard", "soft"] as const) {
        const chip = new FakeChip();
        const hal = chip.connect();
        const log: number[] = [];
        const timer = periodic(hal, 100, log, { overrun, dispatch });
        timer.start();
        chip.withMask(() => chip.stall(1050));
        hal.service();
        for (let i = 0; i < 20; i += 1) {
          chip.advance(10);
          hal.service();
        }
        expect(log).toEqual(expected);
        expect([timer.overruns, timer.takeOverruns(), timer.overruns]).toEqual([
          overruns,
          overruns,
          0,
        ]);
      }
    },
  );

  it("PER-09 PER-17 a soft callback that waits follows its policy", () => {
    for (const overrun of POLICIES) {
      const chip = new FakeChip();
      const hal = chip.connect();
      const log: number[] = [];
      const timer = periodic(hal, 100, log, { overrun, dispatch: "soft" });
      timer.start();
      chip.advance(1050);
      const served = hal.service();
      expect(served).toBe(overrun === "burst" ? 10 : 1);
      expect(log).toEqual({ coalesce: [101], burst: grid(101, 10, 100), skip: [1001] }[overrun]);
      expect(timer.overruns).toBe(overrun === "coalesce" ? 9 : 0);
      expect(timer.remaining()).toBe(51);
    }
  });

  it("PER-06 a new period moves the pending expiry, and the schedule goes on from the last one", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timer = periodic(hal, 100, log);
    timer.start();
    chip.advance(50);
    timer.setPeriod(80);
    chip.advance(100);
    timer.setPeriod(300);
    expect(timer.periodTicks).toBe(300);
    chip.runUntil(500);
    timer.setPeriod(20);
    chip.runUntil(505);
    expect(log).toEqual([81, 381, 401]);
    expect(timer.overruns).toBe(5);
    chip.runUntil(545);
    expect(log).toEqual([81, 381, 401, 521, 541]);
  });

  it("PER-06 a first expiry placed by a reference moves by the difference of the periods, too", () => {
    const chip = new FakeChip({ begin: 1000 });
    const log: number[] = [];
    const timer = periodic(chip.connect(), 100, log);
    timer.start({ reference: 950, delta: 500 });
    timer.setPeriod(70);
    chip.advance(600);
    expect(log).toEqual([1420, 1490, 1560]);
  });

  it("PER-07 the handler may change the period", () => {
    const chip = new FakeChip();
    const log: number[] = [];
    const callback = (timer: Timer) => {
      log.push(timer.scheduledTicks);
      timer.setPeriod(timer.periodTicks + 10);
    };
    periodic(chip.connect(), 10, [], { callback }).start();
    chip.advance(200);
    expect(log).toEqual([11, 31, 61, 101, 151]);
  });

  it("PER-10 PER-16 overruns saturate, and a long block costs no more than a short one", () => {
    const costs = [2 ** 20, 2 ** 42].map((ticks) => {
      const chip = new FakeChip({ counterBits: 64, compareBits: 32 });
      const timer = periodic(chip.connect(), 1, []);
      timer.start();
      chip.withMask(() => {
        chip.time += ticks;
        chip.compareFlag = true;
      });
      expect(timer.overruns).toBe(Math.min(ticks - 3 + 1, 2 ** 32 - 1));
      return chip.accesses;
    });
    expect(costs[0]).toBe(costs[1]);
  });

  it("PER-13 periods of their own", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const logs = [7, 11, 13, 300].map((ticks) => {
      const log: number[] = [];
      periodic(hal, ticks, log).start();
      return { ticks, log };
    });
    chip.runUntil(3003);
    for (const { ticks, log } of logs) {
      expect(log).toEqual(grid(1 + ticks, Math.floor(3002 / ticks), ticks));
    }
  });

  it("PER-14 PER-15 a restart starts over; a start at a reference goes on from its first expiry", () => {
    const chip = new FakeChip();
    const log: number[] = [];
    const timer = periodic(chip.connect(), 100, log);
    timer.start();
    chip.advance(150);
    timer.start();
    chip.advance(250);
    timer.start({ reference: 400, delta: 30 });
    chip.advance(250);
    expect(log).toEqual([101, 251, 351, 430, 530, 630]);
  });

  it("PER-18 a one-shot fires once for each start", () => {
    const chip = new FakeChip({ counterBits: 8 });
    const log: number[] = [];
    const timer = oneShot(chip.connect(), 10, log);
    for (let i = 0; i < 5; i += 1) {
      timer.start();
      timer.start();
      chip.advance(1000);
    }
    expect(log).toEqual(grid(11, 5, 1000));
  });

  it("PER-19 a timer armed at the end of a masked window waits its whole delay", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const seen: number[] = [];
    periodic(hal, 50, []).start();
    const timer = oneShot(hal, 100, [], { callback: () => seen.push(chip.ticks) });
    chip.withMask(() => {
      chip.stall(980);
      timer.start();
    });
    chip.advance(500);
    expect(seen).toEqual([1081]);
  });
});

describe("overruns", () => {
  it("PER-16 add up to 2^32 - 1 and stay there", () => {
    let state = new ArrayState(0);
    const chip = new FakeChip();
    const hal = chip.connect({
      state: (cells) => {
        state = new ArrayState(cells);
        return state;
      },
    });
    const timer = periodic(hal, 10, []);
    timer.start();
    state.store(25 + 5, 2 ** 32 - 3);
    chip.withMask(() => chip.stall(500));
    expect(timer.overruns).toBe(2 ** 32 - 1);
  });
});
