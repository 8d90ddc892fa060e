import { describe, expect, it } from "vitest";
import { describeCell } from "../src/audit.js";
import { ArrayState, type Timer } from "../src/index.js";
import type { HalTimer } from "../src/timer.js";
import { FakeChip } from "./fake-chip.js";
import { codeOf, oneShot, periodic } from "./helpers.js";

describe("the registry", () => {
  it("REG-01 REG-02 REG-11 ten thousand forgotten one-shots fit a capacity of eight", () => {
    const chip = new FakeChip();
    const hal = chip.connect({ capacity: 8 });
    let fired = 0;
    for (let i = 0; i < 10_000; i += 1) {
      hal.after(1 + (i % 7), () => {
        fired += 1;
      });
      expect(hal.stats().allocated).toBeLessThanOrEqual(8);
      chip.advance(1 + (i % 3));
      if (i % 3 === 0) {
        chip.advance(9);
      }
    }
    chip.advance(10);
    hal.collect();
    expect(fired).toBe(10_000);
    expect(hal.stats()).toMatchObject({ allocated: 0, pending: 0, retired: 0, expiries: 10_000 });
  });

  it("REG-02 a forgotten one-shot that was stopped gives its slot back, too", () => {
    const hal = new FakeChip().connect({ capacity: 1 });
    for (let i = 0; i < 20; i += 1) {
      const timer = oneShot(hal, 10, [], { autoRelease: true });
      timer.start();
      expect(timer.stop()).toBe("removed");
      expect(codeOf(() => timer.stop())).toBe("stale-handle");
    }
  });

  it("REG-03 exhausted capacity is refused, and what runs runs on", () => {
    const chip = new FakeChip();
    const hal = chip.connect({ capacity: 2 });
    const log: number[] = [];
    oneShot(hal, 10, log).start();
    oneShot(hal, 20, log).start();
    expect(codeOf(() => oneShot(hal, 5, log))).toBe("capacity-exhausted");
    expect(codeOf(() => hal.after(5, () => {}))).toBe("capacity-exhausted");
    expect(hal.stats()).toMatchObject({ allocated: 2, pending: 2, capacity: 2 });
    chip.advance(30);
    expect(log).toEqual([11, 21]);
  });

  it("REG-04 REG-05 LIFE-03 LIFE-06 a stale handle is refused and never reaches the slot's next timer", () => {
    const hal = new FakeChip().connect({ capacity: 1 });
    const old = oneShot(hal, 10, []);
    old.start();
    old.deinit();
    old.deinit();
    const next = oneShot(hal, 20, []);
    next.start();
    old.deinit();
    const calls: ((timer: Timer) => unknown)[] = [
      (timer) => timer.start(),
      (timer) => timer.stop(),
      (timer) => timer.stopSync(),
      (timer) => timer.shutdown(),
      (timer) => timer.init(),
      (timer) => timer.setPeriod(5),
      (timer) => timer.remaining(),
      (timer) => timer.active,
      (timer) => timer.overruns,
      (timer) => timer.takeOverruns(),
      (timer) => timer.periodTicks,
      (timer) => timer.scheduledTicks,
      (timer) => timer.mode,
    ];
    for (const call of calls) {
      expect(codeOf(() => call(old))).toBe("stale-handle");
    }
    expect(() => old.stop()).toThrow(
      "Slot 0, generation 1 was released; the slot is now at generation 2",
    );
    expect([old.generation, next.generation]).toEqual([1, 2]);
    expect([next.remaining(), next.active, hal.stats().pending]).toEqual([21, true, 1]);
  });

  it("REG-06 REG-09 an interrupt's release stays allocated until a collecting call", () => {
    const chip = new FakeChip();
    const hal = chip.connect({ capacity: 4 });
    const victim = oneShot(hal, 500, []);
    oneShot(hal, 10, [], { callback: () => victim.deinit() }).start();
    victim.start();
    const drains = [
      () => hal.collect(),
      () => hal.service(),
      () => oneShot(hal, 9, []).deinit(),
      () => hal.after(9, () => {}),
      () => hal.deinitAll(),
    ];
    chip.advance(20);
    expect(hal.stats()).toMatchObject({ allocated: 2, retired: 1, pending: 0 });
    for (const drain of drains) {
      const timer = oneShot(hal, 5, []);
      timer.deinit();
      const { retired } = hal.stats();
      drain();
      expect(hal.stats().retired).toBeLessThanOrEqual(retired);
      hal.collect();
      expect(hal.stats().retired).toBe(0);
    }
    expect(hal.stats().allocated).toBe(0);
  });

  it("REG-08 an interrupt that releases while the thread makes one leaves the registry whole", () => {
    let at = 0;
    for (let landed = true; landed; at += 1) {
      const chip = new FakeChip();
      const hal = chip.connectObserved({ capacity: 4 });
      const victims = [1, 2, 3].map((ticks) => oneShot(hal, 100 * ticks, []));
      for (const timer of victims) {
        timer.start();
      }
      victims[2]?.deinit();
      const run = () => chip.withMask(() => victims[at % 2]?.deinit());
      chip.injection = { at: chip.accesses + at, run };
      const made = [oneShot(hal, 5, []), oneShot(hal, 6, [])];
      hal.collect();
      landed = chip.injection === undefined;
      if (!landed) {
        break;
      }
      hal.collect();
      expect(hal.stats()).toMatchObject({ allocated: 3, retired: 0, pending: 1 });
      expect(made.every((timer) => timer.start() === "armed")).toBe(true);
      const more = [oneShot(hal, 7, [])];
      expect(codeOf(() => oneShot(hal, 8, []))).toBe("capacity-exhausted");
      expect(new Set([...made, ...more].map((timer) => (timer as HalTimer).slot)).size).toBe(3);
    }
    expect(at).toBeGreaterThan(50);
  });

  it("REG-07 THR-04 a timer released in its own handler fires no more, its slot comes back when that has returned", () => {
    const chip = new FakeChip();
    const hal = chip.connect({ capacity: 1 });
    const refusals: (string | undefined)[] = [];
    const log: number[] = [];
    const callback = (timer: Timer) => {
      log.push(timer.scheduledTicks);
      timer.deinit();
      refusals.push(codeOf(() => oneShot(hal, 10, log)));
      expect(hal.stats()).toMatchObject({ allocated: 1, pending: 0, retired: 1 });
    };
    periodic(hal, 10, [], { dispatch: "soft", callback }).start();
    for (let i = 0; i < 10; i += 1) {
      chip.advance(10);
      hal.service();
    }
    // While its handler runs the slot is nobody else's; service() gives it back at its end.
    expect([log.length, refusals]).toEqual([1, ["capacity-exhausted"]]);
    expect(hal.stats()).toMatchObject({ allocated: 0, pending: 0, retired: 0 });
    const next = oneShot(hal, 10, log);
    expect([next.active, next.stop(), next.start(), next.stop()]).toEqual([
      false,
      "idle",
      "armed",
      "removed",
    ]);
  });

  it("REG-10 LIFE-04 LIFE-09 deinitAll() leaves it empty and nothing fires", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timers = [5, 3, 4, 1].map((ticks) => periodic(hal, ticks, log, { dispatch: "soft" }));
    for (const timer of timers) {
      timer.start();
    }
    timers[2]?.deinit();
    timers[0]?.deinit();
    chip.advance(10);
    hal.deinitAll();
    expect(hal.stats()).toMatchObject({ allocated: 0, pending: 0, queued: 0, retired: 0 });
    chip.advance(100);
    expect([hal.service(), log.length, chip.compareEnabled]).toEqual([0, 0, false]);
  });

  it("REG-12 generations run past their wrap", () => {
    let state = new ArrayState(0);
    const hal = new FakeChip().connect({
      capacity: 1,
      state: (cells) => {
        state = new ArrayState(cells);
        return state;
      },
    });
    oneShot(hal, 5, []).deinit();
    hal.collect();
    const word = 25;
    expect(describeCell(word, 1)).toBe("slot 0: word (generation and flags)");
    state.store(word, (2 ** 32 - 1) * 65_536);
    const last = oneShot(hal, 5, []);
    expect(last.generation).toBe(2 ** 32 - 1);
    last.deinit();
    const first = oneShot(hal, 5, []);
    expect(first.generation).toBe(0);
    expect(codeOf(() => last.start())).toBe("stale-handle");
    expect(first.start()).toBe("armed");
  });
});

describe("describeCell", () => {
  it("names every cell of a HAL", () => {
    let cells = 0;
    const state = (count: number) => {
      cells = count;
      return new ArrayState(count);
    };
    new FakeChip().connect({ capacity: 3, state });
    const names = Array.from({ length: cells }, (_, cell) => describeCell(cell, 3));
    expect(names[0]).toBe("wraps");
    expect(names[17]).toBe("hard lane: slot");
    expect(names.filter((name) => name.startsWith("slot 2:"))).toHaveLength(8);
    expect(names.filter((name) => name.startsWith("soft queue:")).length).toBeGreaterThan(0);
    expect(names.filter((name) => name === "deadline queue").length).toBeGreaterThanOrEqual(6);
    expect(names.at(-1)).toBe("soft pass: place in the queue, or link back");
  });
});
