import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeChip } from "./fake-chip.js";
import { codeOf } from "./helpers.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

describe("conversions", () => {
  it.each([
    [1_000_000, 0, 0],
    [1_000_000, 1, 1],
    [32_768, 1, 1],
    [32_768, 1_000_000, 32_768],
    [32_768, 30.5, 1],
    [16_000_000, 0.01, 1],
    [16_000_000, 4_294_967_295, 68_719_476_720],
    [125_000_000, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [1_000_000, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
  ])("READ-17 at %i Hz, %d us are %i ticks", (frequencyHz, us, ticks) => {
    expect(new FakeChip({ frequencyHz }).connect().ticksFromUs(us)).toBe(ticks);
  });

  it("READ-17 rounds ticks down, and back never falls short", () => {
    const us = fc.integer({ min: 0, max: 2 ** 31 });
    const rates = fc.constantFrom(32_768, 1_000_000, 16_000_000, 125_000_000, 7_812_500);
    fc.assert(
      fc.property(us, rates, (time, frequencyHz) => {
        const hal = new FakeChip({ frequencyHz }).connect();
        const ticks = hal.ticksFromUs(time);
        expect(hal.usFromTicks(ticks)).toBeGreaterThanOrEqual(time);
        expect((ticks - 1) * 1e6).toBeLessThan(time * frequencyHz || 1);
      }),
    );
    const hal = new FakeChip({ frequencyHz: 32_768 }).connect();
    expect(hal.usFromTicks(1)).toBe(30);
    expect(hal.usFromTicks(32_768)).toBe(1_000_000);
    expect(hal.usFromTicks(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([Number.NaN, -1, "5", undefined])("READ-17 refuses %s", (value) => {
    const hal = new FakeChip().connect();
    expect(codeOf(() => hal.ticksFromUs(value as number))).toBe("invalid-argument");
    expect(codeOf(() => hal.usFromTicks(value as number))).toBe("invalid-argument");
  });
});
