import { describe, expect, it } from "vitest";
import { FakeChip } from "./fake-chip.js";

const WIDTHS = [3, 8, 16, 24, 32];

describe.each(WIDTHS)("reading a counter of %i bits", (counterBits) => {
  const lap = 2 ** counterBits;
  const phases = Array.from({ length: 60 }, (_, i) => lap - 3 + i / 10);

  it.each([false, true])(
    "READ-01 READ-02 READ-15 is between the true times of call and return, masked %s",
    (masked) => {
      for (const begin of phases) {
        const chip = new FakeChip({ counterBits, ticksPerAccess: 0.3, begin: begin % lap });
        const hal = chip.connect();
        const was = masked ? chip.port.saveAndMask() : 0;
        const call = chip.ticks;
        const now = hal.now();
        expect(now).toBeGreaterThanOrEqual(call);
        expect(now).toBeLessThanOrEqual(chip.ticks);
        if (masked) {
          chip.port.restore(was);
        }
        expect(hal.now()).toBeGreaterThanOrEqual(now);
      }
    },
  );

  it("READ-03 READ-04 READ-10 never decreases over many laps", () => {
    const chip = new FakeChip({ counterBits, ticksPerAccess: 0.17 });
    const hal = chip.connect();
    let last = hal.now();
    for (let i = 0; i < 400; i += 1) {
      chip.advance(lap * 0.37);
      const now = hal.now();
      expect(now).toBeGreaterThanOrEqual(last);
      expect(Math.abs(now - chip.time)).toBeLessThan(2);
      last = now;
    }
    expect(last).toBeGreaterThan(100 * lap);
  });

  it("READ-05 restores the interrupt state as it found it", () => {
    const chip = new FakeChip({ counterBits });
    const hal = chip.connect();
    hal.now();
    expect(chip.masked).toBe(false);
    chip.withMask(() => {
      hal.now();
      expect(chip.masked).toBe(true);
    });
  });

  it("READ-06 READ-07 READ-08 stays right with an interrupt that reads at any access", () => {
    for (const begin of [lap - 2.05, lap - 1.05, lap - 0.45, lap - 0.05]) {
      for (let at = 0; at < 60; at += 1) {
        const chip = new FakeChip({ counterBits, ticksPerAccess: 0.05, begin });
        const hal = chip.connectObserved();
        const read = () => {
          const call = chip.ticks;
          const now = hal.now();
          expect(now).toBeGreaterThanOrEqual(call);
          expect(now).toBeLessThanOrEqual(chip.ticks);
        };
        chip.injection = { at: chip.accesses + at, run: read };
        for (let i = 0; i < 14; i += 1) {
          read();
        }
        expect(chip.injection).toBeUndefined();
      }
    }
  });

  it("READ-09 READ-20 is exact after just under a lap masked, and after it", () => {
    const chip = new FakeChip({ counterBits, begin: 1 });
    const hal = chip.connect();
    chip.withMask(() => {
      chip.stall(lap - 1);
      expect(hal.now()).toBe(chip.ticks);
      expect(hal.now()).toBe(chip.ticks);
    });
    expect(hal.now()).toBe(chip.ticks);
    chip.advance(5 * lap);
    expect(hal.now()).toBe(chip.ticks);
  });
});

describe("reading", () => {
  it("READ-13 works before any timer exists, and after deinit()", () => {
    const chip = new FakeChip({ begin: 77 });
    const hal = chip.connect();
    expect(hal.now()).toBe(77);
    hal.deinit();
    chip.advance(200_000);
    expect(hal.now()).toBe(200_077);
  });

  it("READ-14 makes four accesses, five with a wrap pending", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const names: string[] = [];
    chip.onAccess = (name) => names.push(name);
    hal.now();
    expect(names).toEqual(["saveAndMask", "readCounter", "overflowPending", "restore"]);
    chip.withMask(() => {
      chip.stall(65_536);
      names.length = 0;
      hal.now();
    });
    expect(names.slice(0, 5)).toEqual([
      "saveAndMask",
      "readCounter",
      "overflowPending",
      "readCounter",
      "restore",
    ]);
  });

  it("READ-11 counts a wrap once where the chip clears the flag at the vector's entry", () => {
    const chip = new FakeChip({ counterBits: 8, clearsOnEntry: true, ticksPerAccess: 0.1 });
    const hal = chip.connect();
    for (let i = 0; i < 50; i += 1) {
      chip.advance(100.7);
      const call = chip.ticks;
      expect(hal.now()).toBeGreaterThanOrEqual(call);
      expect(hal.now()).toBeLessThanOrEqual(chip.ticks);
    }
  });

  it("READ-09 READ-21 two wraps in one masked section are both counted where the HAL looks in between", () => {
    const chip = new FakeChip({ counterBits: 8, begin: 10 });
    const hal = chip.connect();
    const timer = hal.timer({ mode: "one-shot", periodTicks: 5000, callback: () => {} });
    chip.withMask(() => {
      chip.stall(446);
      timer.start();
      chip.stall(100);
    });
    expect(hal.now()).toBe(chip.ticks);
    expect(hal.stats().errors).toBe(0);
  });

  it("reads a counter of 64 bits as it is, and ignores a stray overflow", () => {
    const chip = new FakeChip({ counterBits: 64, compareBits: 32, begin: 2 ** 40 });
    const hal = chip.connect();
    hal.onOverflow();
    expect(hal.now()).toBe(2 ** 40);
    const log: number[] = [];
    hal.after(2 ** 33, (timer) => log.push(timer.scheduledTicks));
    chip.advance(2 ** 34);
    expect(log).toEqual([2 ** 40 + 1 + 2 ** 33]);
  });

  it("serves both sources from one vector", () => {
    const chip = new FakeChip({ counterBits: 8, oneVector: true, ticksPerAccess: 0.01 });
    const hal = chip.connect();
    const log: number[] = [];
    hal
      .timer({ mode: "periodic", periodTicks: 256, callback: (t) => log.push(t.scheduledTicks) })
      .start();
    chip.advance(2000);
    expect(log).toEqual([257, 513, 769, 1025, 1281, 1537, 1793]);
    expect(hal.now()).toBe(chip.ticks);
  });
});
