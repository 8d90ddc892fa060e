import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chipShape,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  type SimChipOptions,
  SimClock,
  SimCounter,
} from "../src/index.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

function counterOf(options: Partial<SimChipOptions> & { counterBits: number }) {
  const clock = new SimClock();
  const shape = chipShape({ cpuHz: 1_000_000, cyclesPerTick: 1, startCounter: 0, ...options });
  const counter = new SimCounter(clock, shape, () => {});
  return { clock, counter, shape };
}

describe("SimCounter", () => {
  it("counts laps of widths 3 to 10 up and down at every phase, the flag set in the tick of the wrap", () => {
    for (let counterBits = 3; counterBits <= 10; counterBits += 1) {
      const lap = 2 ** counterBits;
      for (const countDown of [false, true]) {
        for (let start = 0; start < lap; start += 1) {
          const startCounter = countDown ? lap - 1 - start : start;
          const { clock, counter } = counterOf({ counterBits, countDown, startCounter });
          clock.advanceTo(lap - start - 1);
          expect([counter.count(), counter.flags & FLAG_OVERFLOW]).toEqual([lap - 1, 0]);
          clock.advance(1);
          expect([counter.count(), counter.flags & FLAG_OVERFLOW]).toEqual([0, FLAG_OVERFLOW]);
          expect(counter.raw()).toBe(countDown ? lap - 1 : 0);
          expect(counter.ticks()).toBe(lap);
        }
      }
    }
  });

  it("counts down to 0 and raises the flag there, with overflowAt zero, at every phase", () => {
    for (let counterBits = 3; counterBits <= 8; counterBits += 1) {
      const lap = 2 ** counterBits;
      for (let start = 1; start < lap; start += 1) {
        const options = { counterBits, countDown: true, overflowAt: "zero", startCounter: start };
        const { clock, counter } = counterOf(options as SimChipOptions);
        clock.advanceTo(start - 1);
        counter.clearFlags(FLAG_COMPARE);
        counter.writeCompare(lap - 2);
        expect([counter.raw(), counter.count(), counter.flags]).toEqual([1, lap - 1, 0]);
        clock.advance(1);
        expect([counter.raw(), counter.count(), counter.flags]).toEqual([0, 0, FLAG_OVERFLOW]);
        counter.writeCompare(lap - 2);
        clock.advance(1);
        expect([counter.raw(), counter.count(), counter.flags]).toEqual([
          lap - 1,
          1,
          FLAG_OVERFLOW,
        ]);
        clock.advance(1);
        expect([counter.raw(), counter.flags]).toEqual([lap - 2, FLAG_OVERFLOW | FLAG_COMPARE]);
        counter.preset(5);
        expect(counter.raw()).toBe(5);
      }
    }
  });

  it("wraps every width from 3 to 32 bits, three laps on, in three events", () => {
    for (let counterBits = 3; counterBits <= 32; counterBits += 1) {
      for (const countDown of [false, true]) {
        const lap = 2 ** counterBits;
        const { clock, counter } = counterOf({ counterBits, countDown, cyclesPerTick: 5 });
        counter.writeCompare(countDown ? 3 : lap - 4);
        const begin = counter.count();
        clock.advanceTo(3 * lap * 5 + 4);
        expect(counter.count()).toBe(begin);
        expect(counter.flags).toBe(FLAG_OVERFLOW | FLAG_COMPARE);
        expect(clock.eventsRun).toBeLessThanOrEqual(4);
      }
    }
  });

  it("sets the compare flag at equality only, at every distance, up and down", () => {
    const lap = 16;
    for (const countDown of [false, true]) {
      for (let now = 0; now < lap; now += 1) {
        for (let target = 0; target < lap; target += 1) {
          const { clock, counter } = counterOf({ counterBits: 4, countDown, cyclesPerTick: 3 });
          const up = (raw: number) => (countDown ? lap - 1 - raw : raw);
          counter.preset(up(now));
          counter.writeCompare(up(target));
          const ahead = (target - now + lap) % lap || lap;
          clock.advanceTo(ahead * 3 - 1);
          expect(counter.flags & FLAG_COMPARE, `${now} to ${target}`).toBe(0);
          clock.advance(1);
          expect(counter.flags & FLAG_COMPARE, `${now} to ${target}`).toBe(FLAG_COMPARE);
        }
      }
    }
  });

  it("misses N and N + 1 for a lap where the chip cannot match them", () => {
    for (const ahead of [0, 1, 2, 3]) {
      const { clock, counter } = counterOf({ counterBits: 8, startCounter: 100, minMatchTicks: 2 });
      counter.writeCompare(100 + ahead);
      clock.advanceTo(4);
      expect(counter.flags & FLAG_COMPARE).toBe(ahead >= 2 ? FLAG_COMPARE : 0);
      clock.advanceTo(256 + ahead);
      expect(counter.flags & FLAG_COMPARE).toBe(FLAG_COMPARE);
    }
  });

  it("matches the present count where minMatchTicks is 0", () => {
    const { counter } = counterOf({ counterBits: 8, startCounter: 100, minMatchTicks: 0 });
    counter.writeCompare(100);
    expect(counter.flags).toBe(FLAG_COMPARE);
  });

  it("clears the flags that are named and no others, and sees the next match after it", () => {
    const { clock, counter } = counterOf({ counterBits: 4 });
    counter.writeCompare(2);
    clock.advanceTo(16);
    expect(counter.flags).toBe(FLAG_OVERFLOW | FLAG_COMPARE);
    counter.clearFlags(FLAG_COMPARE);
    expect(counter.flags).toBe(FLAG_OVERFLOW);
    clock.advanceTo(17);
    expect(counter.flags).toBe(FLAG_OVERFLOW);
    clock.advanceTo(18);
    expect(counter.flags).toBe(FLAG_OVERFLOW | FLAG_COMPARE);
  });

  it("agrees with a counter that is stepped tick by tick", () => {
    const action = fc.oneof(
      fc.record({ do: fc.constant("wait" as const), n: fc.integer({ min: 0, max: 60 }) }),
      fc.record({ do: fc.constant("compare" as const), n: fc.integer({ min: 0, max: 31 }) }),
      fc.record({ do: fc.constant("clear" as const), n: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ do: fc.constant("preset" as const), n: fc.integer({ min: 0, max: 31 }) }),
    );
    let longest = 0;
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 40, size: "max" }),
        fc.integer({ min: 0, max: 31 }),
        (acts, start) => {
          const { clock, counter } = counterOf({ counterBits: 5, startCounter: start });
          let count = start;
          let compare = 0;
          let flags = 0;
          longest = Math.max(longest, acts.length);
          for (const act of acts) {
            if (act.do === "wait") {
              for (let i = 0; i < act.n; i += 1) {
                count = (count + 1) % 32;
                if (count === 0) flags |= FLAG_OVERFLOW;
                if (count === compare) flags |= FLAG_COMPARE;
              }
              clock.advance(act.n);
            } else if (act.do === "compare") {
              compare = act.n;
              counter.writeCompare(act.n);
            } else if (act.do === "clear") {
              flags &= ~act.n;
              counter.clearFlags(act.n);
            } else {
              count = act.n;
              counter.preset(act.n);
            }
            expect([counter.count(), counter.flags]).toEqual([count, flags]);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(longest).toBeGreaterThan(35);
  });

  it("reads a wide counter's halves apart: they tear, the latch does not", () => {
    const { clock, counter } = counterOf({ counterBits: 64, startCounter: 2 ** 32 - 1 });
    expect([counter.high(), counter.latchLow()]).toEqual([0, 2 ** 32 - 1]);
    clock.advance(1);
    expect([counter.high(), counter.low()]).toEqual([1, 0]);
    expect(counter.latchedHigh()).toBe(0);
    expect(counter.flags & FLAG_OVERFLOW).toBe(0);
  });

  it("compares the low 32 bits of a wide counter", () => {
    const { clock, counter } = counterOf({ counterBits: 64, startCounter: 2 ** 32 - 10 });
    counter.writeCompare(5);
    clock.advance(14);
    expect(counter.flags).toBe(0);
    clock.advance(1);
    expect(counter.flags).toBe(FLAG_COMPARE);
  });

  it("drifts by the stated parts per million and stays monotone", () => {
    const { clock, counter } = counterOf({ counterBits: 16, cyclesPerTick: 4 });
    let asked = 0;
    counter.drift(() => (asked++ % 2 === 0 ? 1000 : 500), 1_000_000);
    let last = 0;
    for (let cycle = 0; cycle <= 40_000_000; cycle += 333_333) {
      clock.advanceTo(cycle);
      expect(counter.ticks()).toBeGreaterThanOrEqual(last);
      last = counter.ticks();
    }
    clock.advanceTo(40_000_000);
    expect(Math.abs(counter.ticks() - 10_000_000 * 1.00075)).toBeLessThanOrEqual(1);
  });
});
