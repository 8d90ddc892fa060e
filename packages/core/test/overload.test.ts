import { describe, expect, it } from "vitest";
import type { Timer, TimerError, TimerHal } from "../src/index.js";
import { FakeChip, type FakeChipOptions } from "./fake-chip.js";
import { oneShot, periodic } from "./helpers.js";

/** How the two flags of a chip reach the HAL. */
const CHIPS: readonly [string, FakeChipOptions][] = [
  ["two vectors, flags left to the HAL", {}],
  ["two vectors, flags cleared at entry", { clearsOnEntry: true }],
  ["two vectors whose requests are latched", { latchesRequest: true }],
  ["one vector", { oneVector: true }],
];

describe.each(CHIPS)("time under overload, on a chip with %s", (_, options) => {
  it.each([60, 120, 200, 250])(
    "READ-21 is exact while handlers of %i ticks run back to back for a thousand laps",
    (handlerTicks) => {
      // The next match comes on the way out of the interrupt: neither the thread nor the overflow's
      // vector gets a turn.
      const chip = new FakeChip({
        counterBits: 8,
        ticksPerAccess: 0.02,
        exitTicks: 5,
        ...options,
      });
      const errors: TimerError[] = [];
      const hal = chip.connect({ onError: (error) => errors.push(error) });
      const off: number[] = [];
      const callback = (self: Timer) => {
        chip.stall(handlerTicks);
        const call = chip.ticks;
        const now = hal.now();
        off.push(now < call || now > chip.ticks ? now - call : 0);
        if (chip.time > 1000 * 256) {
          self.stop();
        }
      };
      const timer = periodic(hal, 50, [], { overrun: "burst", callback });
      timer.start();
      chip.runUntil(1000 * 256);
      expect(off.length).toBeGreaterThan(900);
      expect(off.filter((ticks) => ticks !== 0)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );

  it("READ-21 READ-11 a wrap that the HAL counted is not counted again by its vector", () => {
    const chip = new FakeChip({ counterBits: 8, ...options });
    const hal = chip.connect();
    const timer = oneShot(hal, 100, []);
    for (let lap = 0; lap < 50; lap += 1) {
      chip.withMask(() => {
        chip.stall(256);
        timer.start();
        chip.stall(7);
      });
      expect(hal.now()).toBe(chip.ticks);
    }
    hal.onInterrupt();
    expect(hal.now()).toBe(chip.ticks);
  });
});

/** What a program may ask for in which a look at the time is part of the call. */
const LOOKS: readonly [string, (hal: TimerHal, timer: Timer, chip: FakeChip) => void][] = [
  ["now()", (hal) => hal.now()],
  ["start()", (_, timer) => timer.start()],
  ["stop()", (_, timer) => timer.stop()],
  ["remaining()", (_, timer) => timer.remaining()],
  ["setPeriod()", (_, timer) => timer.setPeriod(700)],
  ["init()", (_, timer) => timer.init()],
  ["deinit()", (_, timer) => timer.deinit()],
  ["service()", (hal) => hal.service()],
  ["deinitAll()", (hal) => hal.deinitAll()],
  ["the compare's vector", (hal) => hal.onCompare()],
  ["the overflow's vector, spurious", (hal) => hal.onOverflow()],
];

describe.each(LOOKS)("a lap that is proven lost, seen by %s", (_, look) => {
  it("READ-16 is reported once, outside the masked section, and the time goes on", () => {
    const masked: boolean[] = [];
    const chip = new FakeChip({ counterBits: 8, begin: 200 });
    const hal = chip.connect({
      onError: ({ code }) => {
        expect(code).toBe("overflow-missed");
        masked.push(chip.masked);
      },
    });
    const timer = oneShot(hal, 5000, []);
    timer.start();
    chip.stall(100);
    // Somebody else's hands on the flag: the wrap is gone, and time would go back by a lap.
    chip.overflowFlag = false;
    look(hal, timer, chip);
    look(hal, hal.timer({ mode: "one-shot", periodTicks: 9, callback: () => {} }), chip);
    expect(masked).toEqual([false]);
    expect(hal.stats().errors).toBe(1);
    expect(hal.now()).toBe(chip.ticks);
  });
});

describe("fairness under overload", () => {
  it("ARM-31 a timer that is always due delays another by at most one handler of each", () => {
    const chip = new FakeChip({ ticksPerAccess: 0.01 });
    const hal = chip.connect();
    const callback = () => chip.stall(40);
    const busy = [1, 3].map((ticks) => periodic(hal, ticks, [], { overrun: "burst", callback }));
    for (const timer of busy) {
      timer.start();
    }
    const lateness: number[] = [];
    const sibling = periodic(hal, 997, [], {
      callback: (timer) => lateness.push(chip.ticks - timer.scheduledTicks),
    });
    sibling.start();
    chip.runUntil(100_000);
    expect(lateness.length).toBeGreaterThanOrEqual(99);
    // One handler of each other timer, and what of one was running when the time came.
    expect(Math.max(...lateness)).toBeLessThanOrEqual(40 * 3 + 5);
    expect(Math.max(...lateness)).toBeGreaterThan(40);
  });

  it("ARM-32 a timer armed for a time that has passed runs behind what was due already", () => {
    const chip = new FakeChip({ begin: 1000 });
    const hal = chip.connect();
    const order: string[] = [];
    const [first, second] = ["first", "second"].map((name) =>
      oneShot(hal, 2000, [], { callback: () => order.push(name) }),
    );
    chip.withMask(() => {
      first?.start();
      chip.stall(6000);
      expect(second?.start({ reference: 900, delta: 100 })).toBe("late");
    });
    expect(order).toEqual(["first", "second"]);
  });
});
