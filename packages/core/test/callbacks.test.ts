import { describe, expect, it } from "vitest";
import type { Timer, TimerError } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { codeOf, oneShot, periodic } from "./helpers.js";

describe("callbacks", () => {
  it("CALL-01 CALL-02 CALL-03 hard ones run in the interrupt, soft ones in service()", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: [string, number, number][] = [];
    for (const dispatch of ["hard", "soft"] as const) {
      const callback = (timer: Timer) => log.push([dispatch, chip.level, timer.scheduledTicks]);
      oneShot(hal, 10, [], { dispatch, callback }).start();
    }
    chip.advance(30);
    expect(log).toEqual([["hard", 1, 11]]);
    expect(hal.service()).toBe(1);
    expect(log).toEqual([
      ["hard", 1, 11],
      ["soft", 0, 11],
    ]);
  });

  it("CALL-03 is there for a handler whose timer was released before its first line", () => {
    for (const dispatch of ["hard", "soft"] as const) {
      let releasedBefore = 0;
      for (let at = 0; at < 120; at += 1) {
        const chip = new FakeChip({ ticksPerAccess: 1 });
        const errors: TimerError[] = [];
        const hal = chip.connectObserved({ onError: (error) => errors.push(error) });
        const seen: number[] = [];
        let isReleased = false;
        const callback = (self: Timer) => {
          releasedBefore += Number(isReleased);
          seen.push(self.scheduledTicks);
        };
        const timer = oneShot(hal, 100, [], { dispatch, callback });
        timer.start();
        const deadline = hal.now() + timer.remaining();
        chip.injection = {
          at: chip.accesses + at,
          run: () => {
            isReleased = true;
            timer.deinit();
          },
        };
        chip.advance(300);
        hal.service();
        for (const scheduled of seen) expect(Math.abs(scheduled - deadline)).toBeLessThan(20);
        expect(errors).toEqual([]);
        if (isReleased) expect(codeOf(() => timer.scheduledTicks)).toBe("stale-handle");
      }
      expect(releasedBefore).toBeGreaterThan(0);
    }
  });

  it("CALL-02 runs with the mask as the interrupt found it, never under the HAL's own", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const masked: boolean[] = [];
    for (const dispatch of ["hard", "soft"] as const) {
      oneShot(hal, 10, [], { dispatch, callback: () => masked.push(chip.masked) }).start();
    }
    chip.advance(30);
    hal.service();
    expect(masked).toEqual([false, false]);
  });

  it("CALL-04 CALL-16 soft callbacks of every timer can wait, in the order they expired", () => {
    const chip = new FakeChip();
    const hal = chip.connect({ capacity: 50 });
    const log: number[] = [];
    for (let i = 0; i < 50; i += 1) {
      oneShot(hal, 10 + ((i * 29) % 50), log, { dispatch: "soft" }).start();
    }
    chip.advance(100);
    expect(hal.stats().queued).toBe(50);
    expect(hal.service()).toBe(50);
    expect(log).toEqual(Array.from({ length: 50 }, (_, i) => 11 + i));
  });

  it("CALL-05 CALL-06 one that throws is contained and reported once", () => {
    for (const dispatch of ["hard", "soft"] as const) {
      const errors: TimerError[] = [];
      const chip = new FakeChip();
      const onError = (error: TimerError) => {
        errors.push(error);
        throw new Error("the hook throws, too");
      };
      const hal = chip.connect({ onError });
      const cause = new Error("mine");
      const log: number[] = [];
      const thrower = periodic(hal, 10, [], {
        dispatch,
        callback: () => {
          throw cause;
        },
      });
      thrower.start();
      periodic(hal, 10, log, { dispatch }).start();
      for (let i = 0; i < 3; i += 1) {
        chip.advance(i === 0 ? 11 : 10);
        hal.service();
      }
      expect(errors.map((error) => error.code)).toEqual(Array(3).fill("callback-threw"));
      expect(errors[0]?.cause).toBe(cause);
      expect(log).toEqual([11, 21, 31]);
      expect(thrower.active).toBe(true);
      expect(hal.stats()).toMatchObject({ errors: 3, expiries: 6 });
    }
  });

  it("CALL-05 survives a thrown value that cannot be shown, and no hook at all", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const callback = () => {
      throw Object.create(null);
    };
    oneShot(hal, 10, [], { callback }).start();
    chip.advance(20);
    expect(hal.stats().errors).toBe(1);
  });

  it("CALL-07 CALL-12 one that starts itself again with the shortest delay leaves time to others", () => {
    const chip = new FakeChip({ ticksPerAccess: 0.01 });
    const hal = chip.connect();
    const log: number[] = [];
    let count = 0;
    const callback = (timer: Timer) => {
      count += 1;
      timer.start({ reference: 0, delta: 0 });
    };
    oneShot(hal, 10, [], { callback }).start();
    oneShot(hal, 40, log).start();
    chip.advance(100);
    expect(log).toEqual([41]);
    expect(count).toBeGreaterThan(40);
    expect(count).toBeLessThan(100);
  });

  it("CALL-08 a handler may start a sibling", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const sibling = oneShot(hal, 5, log);
    oneShot(hal, 10, [], { callback: () => sibling.start() }).start();
    chip.advance(30);
    expect(log).toEqual([17]);
  });

  it("CALL-09 LIFE-01 a handler may set its own timer up again", () => {
    const chip = new FakeChip();
    const log: string[] = [];
    const callback = (timer: Timer) => {
      log.push(`old ${timer.scheduledTicks}`);
      timer.init({ mode: "one-shot", periodTicks: 7, callback: () => log.push("new") });
      expect(timer.active).toBe(false);
      timer.start();
    };
    periodic(chip.connect(), 10, [], { callback }).start();
    chip.advance(100);
    expect(log).toEqual(["old 11", "new"]);
  });

  it("CALL-13 service() runs what waited at its entry", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    let count = 0;
    const callback = (timer: Timer) => {
      count += 1;
      timer.start();
      chip.advance(20);
    };
    oneShot(hal, 10, [], { dispatch: "soft", callback }).start();
    chip.advance(20);
    expect([hal.service(), count, hal.stats().queued]).toEqual([1, 1, 1]);
    expect([hal.service(), count]).toEqual([1, 2]);
  });

  it("CALL-14 service() inside a soft callback is refused", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const codes: unknown[] = [];
    const callback = () => codes.push(codeOf(() => hal.service()));
    oneShot(hal, 10, [], { dispatch: "soft", callback }).start();
    oneShot(hal, 12, [], { callback }).start();
    chip.advance(20);
    hal.service();
    expect(codes).toEqual(["in-interrupt", "reentrant-service"]);
    expect(hal.service()).toBe(0);
  });

  it("CALL-15 active is true while a handler runs, and false after a one-shot's", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const seen: boolean[] = [];
    const callback = (timer: Timer) => {
      seen.push(timer.active);
      timer.stop();
      seen.push(timer.active);
    };
    const timer = oneShot(hal, 10, [], { callback: (self) => seen.push(self.active) });
    const stopper = periodic(hal, 10, [], { callback });
    seen.push(timer.active);
    timer.start();
    stopper.start();
    seen.push(timer.active);
    chip.advance(20);
    seen.push(timer.active, stopper.active);
    expect(seen).toEqual([false, true, true, true, false, false, false]);
  });

  it("CALL-17 handlers of the timer interrupt do not nest in each other", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    let depth = 0;
    let deepest = 0;
    const callback = () => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      chip.stall(30);
      hal.onCompare();
      depth -= 1;
    };
    for (const ticks of [10, 20, 30]) {
      oneShot(hal, ticks, [], { callback }).start();
    }
    chip.advance(200);
    expect([deepest, hal.stats().expiries]).toEqual([1, 3]);
  });

  it("CALL-19 timers that come due while a handler runs are served after it", () => {
    const chip = new FakeChip({ ticksPerAccess: 0.5 });
    const hal = chip.connect();
    const log: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const callback = (timer: Timer) => {
        log.push(timer.scheduledTicks);
        chip.stall(3);
      };
      oneShot(hal, 300 + i, [], { callback }).start({ reference: 0, delta: 500 + i });
    }
    chip.advance(2000);
    expect(log).toEqual(Array.from({ length: 20 }, (_, i) => 500 + i));
  });

  it("a burst in the interrupt does not keep others waiting until it has caught up", () => {
    const chip = new FakeChip({ ticksPerAccess: 0.01 });
    const hal = chip.connect();
    const log: string[] = [];
    periodic(hal, 10, [], { overrun: "burst", callback: () => log.push("burst") }).start();
    oneShot(hal, 95, [], { callback: () => log.push("other") }).start();
    chip.withMask(() => chip.stall(205));
    chip.advance(30);
    expect(log.indexOf("other")).toBeLessThanOrEqual(1);
    expect(log.filter((name) => name === "burst")).toHaveLength(23);
  });
});
