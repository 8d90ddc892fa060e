import { TimerError } from "@escapement/core";
import { describe, expect, it } from "vitest";
import {
  chipShape,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  SimChip,
  type SimChipOptions,
  simAccess,
} from "../src/index.js";

const plain: SimChipOptions = {
  counterBits: 8,
  cpuHz: 1_000_000,
  cyclesPerTick: 1,
  startCounter: 0,
  accessCycles: 2,
  entryCycles: 10,
  exitCycles: 5,
};

describe("SimChip", () => {
  it("moves time on between any two register accesses", () => {
    const chip = new SimChip(plain);
    expect([chip.counter, chip.counter, chip.counter]).toEqual([1, 3, 5]);
  });

  it("calls a watcher before each access, which may let time pass", () => {
    const seen: string[] = [];
    const names = Object.keys(simAccess);
    const chip = new SimChip(
      { ...plain, accessCycles: 0 },
      {
        watcher: (access, argument) => {
          seen.push(`${names[access]} ${argument}`);
          if (access === simAccess.readCounter) chip.clock.advance(7);
        },
      },
    );
    const count = chip.counter;
    chip.compare = 9;
    chip.enable(FLAG_COMPARE);
    chip.clearFlags(FLAG_OVERFLOW);
    chip.restore(chip.saveAndMask());
    expect(count).toBe(7);
    expect(chip.clock.now).toBe(7);
    expect(seen).toEqual([
      "readCounter 0",
      "writeCompare 9",
      "enable 2",
      "clearFlags 1",
      "mask 0",
      "restore 0",
    ]);
    expect(chip.enabledFlags).toBe(FLAG_COMPARE);
    expect([chip.hardware.matchCycle, chip.hardware.wrapCycle, chip.secondCycle]).toEqual([
      9,
      256,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("reads and writes half way through the access", () => {
    const chip = new SimChip({ ...plain, accessCycles: 5 });
    expect(chip.counter).toBe(3);
    expect(chip.clock.now).toBe(5);
  });

  it("lets the interrupt in after the very access in which the flag comes up", () => {
    const chip = new SimChip({ ...plain, startCounter: 253 });
    const seen: number[] = [];
    chip.connect({
      overflow: () => {
        seen.push(chip.hardware.count());
        chip.clearFlags(FLAG_OVERFLOW);
      },
      compare: () => {},
    });
    chip.enable(FLAG_OVERFLOW);
    expect(seen).toEqual([]);
    // The counter is read at 0, the handler has run before the value is back.
    expect(chip.counter).toBe(0);
    expect(seen).toEqual([11]);
  });

  it("latches what comes while masked, and runs it once at restore", () => {
    const chip = new SimChip({ ...plain, startCounter: 250 });
    let overflows = 0;
    chip.connect({
      overflow: () => {
        overflows += 1;
        chip.clearFlags(FLAG_OVERFLOW);
      },
      compare: () => {},
    });
    chip.enable(FLAG_OVERFLOW);
    chip.compare = 200;
    const state = chip.saveAndMask();
    chip.clock.advance(100);
    expect([overflows, chip.flags]).toEqual([0, FLAG_OVERFLOW]);
    chip.restore(state);
    expect([overflows, chip.flags]).toEqual([1, 0]);
  });

  it("keeps a flag latched while its interrupt is disabled, and runs it when enabled", () => {
    const chip = new SimChip(plain);
    let compares = 0;
    const compare = () => {
      compares += 1;
      expect(chip.inInterrupt()).toBe(true);
      chip.clearFlags(FLAG_COMPARE);
    };
    chip.connect({ overflow: () => {}, compare });
    chip.compare = 20;
    chip.clock.advance(30);
    expect([compares, chip.flags, chip.inInterrupt()]).toEqual([0, FLAG_COMPARE, false]);
    chip.enable(FLAG_COMPARE);
    expect(compares).toBe(1);
    chip.disable(FLAG_COMPARE);
    chip.clock.advance(256);
    expect([compares, chip.flags & FLAG_COMPARE]).toEqual([1, FLAG_COMPARE]);
  });

  it("clears the flag at entry where the chip does so, each vector its own", () => {
    const chip = new SimChip({
      ...plain,
      startCounter: 250,
      nesting: false,
      clearsFlagAtEntry: true,
    });
    const seen: string[] = [];
    chip.connect({
      overflow: () => seen.push(`overflow ${chip.hardware.flags}`),
      compare: () => seen.push(`compare ${chip.hardware.flags}`),
    });
    chip.compare = 2;
    chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);
    const state = chip.saveAndMask();
    chip.clock.advance(20);
    expect(chip.flags).toBe(FLAG_OVERFLOW | FLAG_COMPARE);
    chip.restore(state);
    expect(seen).toEqual(["compare 1", "overflow 0"]);
  });

  it("calls one handler for both flags on a shared vector, until both are clear", () => {
    const chip = new SimChip({ ...plain, startCounter: 250, sharedVector: true });
    const seen: number[] = [];
    const both = () => {
      const flags = chip.hardware.flags;
      seen.push(flags);
      chip.clearFlags((flags & FLAG_OVERFLOW) !== 0 ? FLAG_OVERFLOW : FLAG_COMPARE);
    };
    chip.connect({ overflow: both, compare: both });
    chip.compare = 2;
    chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);
    const state = chip.saveAndMask();
    chip.clock.advance(20);
    chip.restore(state);
    expect(seen).toEqual([FLAG_OVERFLOW | FLAG_COMPARE, FLAG_COMPARE]);
  });

  it("mirrors counter and compare on a down-counter", () => {
    const chip = new SimChip({ ...plain, countDown: true, startCounter: 200 });
    expect(chip.counter).toBe(199);
    chip.compare = 190;
    chip.clock.advance(5);
    expect(chip.hardware.raw()).toBe(191);
    expect(chip.hardware.flags).toBe(0);
    chip.clock.advance(1);
    expect(chip.hardware.flags).toBe(FLAG_COMPARE);
  });

  it("has one latch for all contexts: an interrupt between the halves changes it", () => {
    const chip = new SimChip({ ...plain, counterBits: 64, startCounter: 2 ** 32 - 10 });
    const low = chip.latchLow();
    chip.requestSecond(() => chip.latchLow(), chip.clock.now + 20);
    chip.clock.advance(20);
    chip.controller.serve();
    const torn = chip.latchedHigh() * 2 ** 32 + low;
    expect(torn).toBe(2 ** 33 - 9);
  });

  it("lets the second interrupt into a running timer interrupt where the core nests", () => {
    for (const nesting of [true, false]) {
      const chip = new SimChip({ ...plain, startCounter: 250, nesting });
      const depths: number[] = [];
      chip.connect({
        overflow: () => {
          chip.clearFlags(FLAG_OVERFLOW);
          for (let i = 0; i < 20; i += 1) chip.inInterrupt() && chip.flags;
        },
        compare: () => {},
      });
      chip.enable(FLAG_OVERFLOW);
      chip.requestSecond(() => depths.push(chip.controller.depth), chip.clock.now + 20);
      for (let i = 0; i < 40; i += 1) chip.flags;
      expect(depths).toEqual([nesting ? 2 : 1]);
    }
  });

  it("jitters entries and stalls by the seed: the same seed, the same times", () => {
    const timesOf = (seed: number): number[] => {
      const models = {
        latency: { maxCycles: 40 },
        stall: { everyCycles: 1000, maxCycles: 300 },
        drift: { shape: "step", ppm: 5000, everyCycles: 2000 },
      } as const;
      const chip = new SimChip(plain, { seed, models });
      const times: number[] = [];
      chip.connect({
        overflow: () => {
          times.push(chip.clock.now);
          chip.clearFlags(FLAG_OVERFLOW);
        },
        compare: () => {},
      });
      chip.enable(FLAG_OVERFLOW);
      while (times.length < 50) chip.flags;
      return times;
    };
    expect(timesOf(7)).toEqual(timesOf(7));
    expect(timesOf(7)).not.toEqual(timesOf(8));
  });

  it("takes the flags in one access, and with them the request; pend asks in their place", () => {
    for (const sharedVector of [false, true]) {
      const chip = new SimChip({ ...plain, sharedVector });
      const ran: string[] = [];
      const vector = (name: string) => () => {
        ran.push(name);
        chip.clearFlags(FLAG_OVERFLOW | FLAG_COMPARE);
      };
      const one = vector("timer");
      chip.connect(
        sharedVector
          ? { overflow: one, compare: one }
          : { overflow: vector("o"), compare: vector("c") },
      );
      chip.compare = 20;
      chip.enable(FLAG_COMPARE);
      const state = chip.saveAndMask();
      chip.clock.advanceTo(300);
      const before = chip.clock.now;
      expect(chip.takeFlags()).toBe(FLAG_OVERFLOW | FLAG_COMPARE);
      expect(chip.clock.now - before).toBe(chip.shape.accessCycles);
      expect(chip.flags).toBe(0);
      chip.restore(state);
      expect(ran).toEqual([]);
      chip.saveAndMask();
      chip.pend(FLAG_COMPARE);
      expect(ran).toEqual([]);
      chip.restore(state);
      expect(ran).toEqual([sharedVector ? "timer" : "c"]);
      chip.disable(FLAG_COMPARE);
      chip.pend(FLAG_OVERFLOW);
      expect(ran).toEqual(sharedVector ? ["timer", "timer"] : ["c", "o"]);
      expect(chip.counter).toBeGreaterThan(0); // and once only
      expect(ran.length).toBe(2);
    }
  });

  it("refuses a shape out of range, naming the member, with a hint", () => {
    const bad: [Partial<SimChipOptions>, RegExp][] = [
      [{ counterBits: 2 }, /chip\.counterBits is 2/],
      [{ counterBits: 65 }, /counterBits/],
      [{ counterBits: 8.5 }, /counterBits/],
      [{ cpuHz: 0 }, /cpuHz/],
      [{ cpuHz: Number.NaN }, /cpuHz/],
      [{ cyclesPerTick: 0 }, /cyclesPerTick/],
      [{ cyclesPerTick: 1.5 }, /cyclesPerTick/],
      [{ compareBits: 9 }, /compareBits/],
      [{ startCounter: 256 }, /startCounter/],
      [{ minMatchTicks: -1 }, /minMatchTicks/],
      [{ accessCycles: -1 }, /accessCycles/],
      [{ clearsFlagAtEntry: true, sharedVector: true }, /clearsFlagAtEntry/],
      [{ counterBits: 16, overflowAt: "zero" }, /overflowAt/],
      [{ counterBits: 64, countDown: true, startCounter: 5 }, /countDown/],
    ];
    for (const [change, message] of bad) {
      let thrown: unknown;
      try {
        chipShape({ ...plain, ...change });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(TimerError);
      expect(thrown).toMatchObject({
        code: "invalid-argument",
        message: expect.stringMatching(message),
      });
      expect((thrown as TimerError).hint).toMatch(/^Give /);
    }
    expect(
      () => new SimChip(plain, { models: { drift: { shape: "constant", ppm: 0.5 } } }),
    ).toThrow(/models\.drift\.ppm is 0\.5/);
  });
});
