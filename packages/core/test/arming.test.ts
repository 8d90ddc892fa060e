import { describe, expect, it } from "vitest";
import { FakeChip } from "./fake-chip.js";
import { codeOf, oneShot, periodic } from "./helpers.js";

const WIDTHS = [3, 8, 16, 24, 32];
/** More than a pass costs in these chips: how late a handler may come. */
const LATE = 3;

describe.each(WIDTHS)("arming on a counter of %i bits", (counterBits) => {
  const lap = 2 ** counterBits;

  it("ARM-01 ARM-02 is never early and little late, for delays of 1 to 100 at many phases", () => {
    for (let delay = 1; delay <= 100; delay += 1) {
      const begin = (lap - 5 + delay * 0.37) % lap;
      const chip = new FakeChip({ counterBits, ticksPerAccess: 0.02, begin });
      const hal = chip.connect();
      const seen: number[] = [];
      const timer = oneShot(hal, delay, [], { callback: () => seen.push(chip.time) });
      const call = chip.time;
      timer.start();
      const back = chip.time;
      chip.advance(delay + 20);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toBeGreaterThanOrEqual(call + delay);
      expect(seen[0]).toBeLessThan(Math.ceil(back) + delay + LATE);
    }
  });

  it.each([-1, 0, 1])("ARM-09 ARM-10 serves delays of whole laps %i at their time", (extra) => {
    for (const laps of [1, 2, 7]) {
      const chip = new FakeChip({ counterBits, ticksPerAccess: 0.01, begin: 3 });
      const hal = chip.connect();
      const seen: number[] = [];
      const delta = laps * lap + extra;
      const reference = hal.now();
      oneShot(hal, 1, [], { callback: () => seen.push(chip.ticks) }).start({ reference, delta });
      chip.runUntil(reference + delta + 3 * lap);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toBeGreaterThanOrEqual(reference + delta);
      expect(seen[0]).toBeLessThanOrEqual(reference + delta + LATE);
    }
  });

  it("ARM-16 notices a compare written too late, wherever an interrupt or a stall comes between", () => {
    for (let at = 0; at < 40; at += 1) {
      const chip = new FakeChip({ counterBits, ticksPerAccess: 0.01, begin: lap / 2 });
      const hal = chip.connect();
      const seen: number[] = [];
      const timer = oneShot(hal, 2, [], { callback: () => seen.push(chip.time) });
      const base = chip.accesses;
      // Half a lap at one access, masked or not, as a flash write stalls a processor.
      chip.onAccess = () => {
        if (chip.accesses === base + at) {
          chip.stall(lap * 0.4);
        }
      };
      timer.start();
      chip.advance(lap * 0.4 + 10);
      expect(seen, `stalled at access ${at}`).toHaveLength(1);
    }
  });
});

describe("arming", () => {
  it("ARM-05 ARM-26 is scheduled for exactly reference + delta, however long ago", () => {
    const chip = new FakeChip({ begin: 1000 });
    const hal = chip.connect();
    chip.advance(500_000);
    const log: number[] = [];
    const timer = oneShot(hal, 9, log);
    expect(timer.start({ reference: 1000, delta: 700_000 })).toBe("armed");
    chip.advance(300_000);
    expect(log).toEqual([701_000]);
  });

  it.each([
    [0, "late"],
    [1, "late"],
    [50, "late"],
    [51, "armed"],
    [65_535, "armed"],
  ])("ARM-06 ARM-08 a reference of 50 ago with a delta of %i is %s", (delta, result) => {
    const chip = new FakeChip({ begin: 65_500 });
    const hal = chip.connect();
    chip.advance(100);
    const seen: number[] = [];
    const reference = hal.now() - 50;
    const timer = oneShot(hal, 9, [], { callback: () => seen.push(chip.ticks) });
    expect(timer.start({ reference, delta })).toBe(result);
    expect(seen).toEqual([]);
    chip.advance(70_000);
    expect(seen).toEqual([Math.max(reference + delta, reference + 51)]);
  });

  it("ARM-07 with policy refuse, a deadline just missed changes nothing", () => {
    const chip = new FakeChip({ begin: 100 });
    const hal = chip.connect();
    const log: number[] = [];
    const timer = oneShot(hal, 40, log, { late: "refuse" });
    expect(timer.start()).toBe("armed");
    const reference = hal.now();
    expect(timer.start({ reference, delta: 0 })).toBe("missed");
    expect(timer.remaining()).toBe(41);
    chip.advance(200);
    expect(log).toEqual([141]);
    expect(timer.start({ reference, delta: 150 })).toBe("missed");
    expect(timer.active).toBe(false);
  });

  it("ARM-11 ARM-12 ARM-13 moving and stopping the head keeps the others on time", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: string[] = [];
    const named = (name: string, periodTicks: number) =>
      oneShot(hal, periodTicks, [], { callback: () => log.push(`${name}${chip.ticks}`) });
    const a = named("a", 100);
    const b = named("b", 300);
    const c = named("c", 200);
    for (const timer of [b, c, a]) {
      timer.start();
    }
    a.stop();
    chip.advance(150);
    c.setPeriod(500);
    chip.advance(1000);
    expect(log).toEqual(["b301", "c501"]);
  });

  it("ARM-14 equal deadlines fire in the order of arming", () => {
    const chip = new FakeChip();
    const hal = chip.connect({ capacity: 100 });
    const log: number[] = [];
    const timers = Array.from({ length: 100 }, (_, i) =>
      oneShot(hal, 50, [], { callback: () => log.push(i) }),
    );
    const order = timers.map((_, i) => (i * 37) % 100);
    for (const i of order) {
      timers[i]?.start();
    }
    chip.advance(60);
    expect(log).toEqual(order);
  });

  it.each([1, 2, 3, 8])(
    "ARM-04 ARM-17 ARM-28 serves short delays with a least delta of %i",
    (minDeltaTicks) => {
      for (let delay = 20; delay >= 1; delay -= 1) {
        for (const ticksPerAccess of [0, 0.07, 0.4]) {
          const chip = new FakeChip({ minDeltaTicks, ticksPerAccess, begin: 65_530.5 });
          const hal = chip.connect();
          const seen: number[] = [];
          const timer = oneShot(hal, delay, [], { callback: () => seen.push(chip.time) });
          const call = chip.time;
          timer.start();
          const back = chip.ticks;
          chip.advance(200);
          expect(seen).toHaveLength(1);
          expect(seen[0]).toBeGreaterThanOrEqual(call + delay);
          expect(seen[0]).toBeLessThan(back + Math.max(delay + 1, 4 * minDeltaTicks) + 12);
        }
      }
    },
  );

  it("ARM-18 a timer armed in another's handler fires at its own time", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const second = oneShot(hal, 5, [], { callback: () => log.push(chip.ticks) });
    const slow = () => {
      chip.stall(30);
      second.start();
    };
    oneShot(hal, 100, [], { callback: slow }).start();
    chip.advance(500);
    expect(log).toEqual([101 + 30 + 6]);
  });

  it("ARM-19 a timer due before the mask is lifted fires once after it", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const seen: number[] = [];
    const timer = oneShot(hal, 10, [], { callback: () => seen.push(chip.ticks) });
    chip.withMask(() => {
      timer.start();
      chip.stall(60);
      expect(seen).toEqual([]);
    });
    chip.advance(70_000);
    expect(seen).toEqual([60]);
  });

  it("ARM-21 ARM-22 takes the longest delay and refuses one more", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timer = oneShot(hal, 100, log);
    expect(timer.start({ reference: 0, delta: hal.maxDelayTicks })).toBe("armed");
    expect(timer.remaining()).toBe(hal.maxDelayTicks);
    timer.start();
    const more = hal.maxDelayTicks + 1;
    expect(codeOf(() => timer.start({ reference: 0, delta: more }))).toBe("invalid-argument");
    expect(codeOf(() => timer.setPeriod(more))).toBe("invalid-argument");
    chip.advance(1000);
    expect(log).toEqual([101]);
  });

  it.each([
    { reference: -1, delta: 5 },
    { reference: 0.5, delta: 5 },
    { reference: Number.NaN, delta: 5 },
    { reference: 1000, delta: 5 },
    { reference: 0, delta: -1 },
    { reference: 0, delta: 1.5 },
    { reference: 0, delta: Number.POSITIVE_INFINITY },
    {},
    null,
    7,
  ])("ARM-23 LIFE-05 refuses to start at %j and leaves the running arming", (at) => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timer = oneShot(hal, 100, log);
    timer.start();
    expect(codeOf(() => timer.start(at as never))).toBe("invalid-argument");
    expect(timer.remaining()).toBe(101);
    chip.advance(200);
    expect(log).toEqual([101]);
  });

  it("ARM-24 remaining() falls to 0 and stays there", () => {
    const chip = new FakeChip({ counterBits: 8 });
    const hal = chip.connect();
    const timer = oneShot(hal, 1000, []);
    expect(timer.remaining()).toBe(0);
    timer.start();
    let last = 1001;
    for (let i = 0; i < 30; i += 1) {
      expect(timer.remaining()).toBeLessThanOrEqual(last);
      last = timer.remaining();
      chip.advance(40);
    }
    expect(last).toBe(0);
    chip.withMask(() => {
      timer.start();
      chip.stall(200);
    });
    chip.withMask(() => {
      const reference = hal.now() - 20;
      timer.start({ reference, delta: 10 });
      expect(timer.remaining()).toBe(0);
    });
  });

  it("ARM-25 an empty queue leaves the compare off and no flag behind", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const timer = oneShot(hal, 10, []);
    timer.start();
    expect(chip.compareEnabled).toBe(true);
    chip.withMask(() => {
      chip.stall(50);
      expect(chip.compareFlag).toBe(true);
      timer.stop();
      expect([chip.compareEnabled, chip.compareFlag]).toEqual([false, false]);
    });
    timer.start();
    chip.advance(20);
    expect([chip.compareEnabled, chip.compareFlag]).toEqual([false, false]);
    hal.onCompare();
    expect(hal.stats().expiries).toBe(1);
  });

  it("ARM-27 two timers any number of ticks apart both fire, in order", () => {
    for (let apart = 0; apart < 40; apart += 1) {
      const chip = new FakeChip({ ticksPerAccess: 0.2 });
      const hal = chip.connect();
      const log: string[] = [];
      const reference = hal.now();
      const at = (name: string, delta: number) =>
        oneShot(hal, 1, [], { callback: () => log.push(name) }).start({ reference, delta });
      at("second", 200 + apart);
      at("first", 200);
      chip.advance(400);
      expect(log).toEqual(apart === 0 ? ["second", "first"] : ["first", "second"]);
    }
  });

  it("PER-11 PER-12 keeps the schedule for periods of about a lap and beyond the counter", () => {
    for (const periodTicks of [255, 256, 257, 1000]) {
      const chip = new FakeChip({ counterBits: 8, ticksPerAccess: 0.01 });
      const log: number[] = [];
      periodic(chip.connect(), periodTicks, log).start();
      chip.runUntil(10 * periodTicks + 5);
      expect(log).toEqual(Array.from({ length: 10 }, (_, k) => 1 + (k + 1) * periodTicks));
    }
  });
});
