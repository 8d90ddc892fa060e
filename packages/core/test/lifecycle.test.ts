import { describe, expect, it } from "vitest";
import { TimerHal, type TimerOptions, type TimerPort } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { codeOf, oneShot, periodic } from "./helpers.js";

const GOOD: TimerOptions = { mode: "periodic", periodTicks: 10, callback: () => {} };

describe("the life of a timer", () => {
  it("LIFE-01 LIFE-02 LIFE-13 init() stops first, and 256 times leave one timer", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timer = periodic(hal, 10, log);
    timer.start();
    chip.withMask(() => chip.stall(100));
    for (let i = 0; i < 256; i += 1) {
      timer.init({ periodTicks: 20 + i });
    }
    expect([timer.overruns, timer.active, timer.periodTicks]).toEqual([0, false, 275]);
    const count = log.length;
    chip.advance(1000);
    expect(log).toHaveLength(count);
    expect(hal.stats()).toMatchObject({ allocated: 1, pending: 0 });
    timer.init({ mode: "one-shot", dispatch: "soft", periodUs: 50.5 });
    expect([timer.mode, timer.periodTicks]).toEqual(["one-shot", 51]);
  });

  it("LIFE-05 a refused init() leaves a running timer running", () => {
    const chip = new FakeChip();
    const log: number[] = [];
    const timer = periodic(chip.connect(), 10, log);
    timer.start();
    for (const bad of BAD) {
      expect(codeOf(() => timer.init(bad as never))).toBe("invalid-argument");
    }
    chip.advance(25);
    expect([log, timer.periodTicks, timer.mode]).toEqual([[11, 21], 10, "periodic"]);
  });

  it("LIFE-08 a timer released while pending does not fire", () => {
    const chip = new FakeChip();
    const log: number[] = [];
    const timer = periodic(chip.connect(), 10, log);
    timer.start();
    timer.deinit();
    chip.advance(100);
    expect(log).toEqual([]);
  });

  it("LIFE-12 a closed HAL refuses, and stays readable", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const timer = periodic(hal, 10, []);
    timer.start();
    hal.deinit();
    hal.deinit();
    const calls = [
      () => hal.timer(GOOD),
      () => hal.after(5, () => {}),
      () => hal.service(),
      () => hal.collect(),
      () => hal.deinitAll(),
      () => timer.start(),
      () => timer.stop(),
    ];
    expect(calls.map(codeOf)).toEqual(calls.map(() => "hal-closed"));
    timer.deinit();
    chip.advance(70_000);
    expect([hal.isOpen, hal.now(), hal.stats().expiries]).toEqual([false, chip.ticks, 0]);
  });

  it("refuses in interrupt context what only a thread may do", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const codes: unknown[] = [];
    const calls = [
      () => hal.timer(GOOD),
      () => hal.after(5, () => {}),
      () => hal.service(),
      () => hal.collect(),
      () => hal.deinitAll(),
      () => hal.deinit(),
    ];
    oneShot(hal, 10, [], { callback: () => codes.push(...calls.map(codeOf)) }).start();
    chip.advance(20);
    expect(codes).toEqual(calls.map(() => "in-interrupt"));
    expect(hal.isOpen).toBe(true);
  });
});

/** Options that no timer can have, each on its own. */
const BAD = [
  { periodTicks: 0 },
  { periodTicks: -5 },
  { periodTicks: 1.5 },
  { periodTicks: Number.NaN },
  { periodTicks: 2 ** 53 },
  { periodTicks: "10" },
  { periodUs: 0 },
  { periodUs: -1 },
  { periodUs: Number.POSITIVE_INFINITY },
  { periodUs: 1e20 },
  { frequencyHz: 0 },
  { frequencyHz: Number.NaN },
  { frequencyHz: 1e9 },
  { frequencyHz: 1e-20 },
  { periodTicks: 10, periodUs: 10 },
  { callback: "toggle" },
  { callback: null },
  { mode: "sometimes" },
  { mode: "toString" },
  { dispatch: "medium" },
  { overrun: "ignore" },
  { late: true },
  { autoRelease: 1 },
  { autoRelease: true, mode: "periodic" },
];

describe("arguments", () => {
  it.each([
    ...BAD.map((bad) => {
      const period = "periodUs" in bad || "frequencyHz" in bad ? {} : { periodTicks: 10 };
      return { mode: "periodic", callback: () => {}, ...period, ...bad };
    }),
    { mode: "periodic", callback: () => {} },
    { periodTicks: 5, callback: () => {} },
    { mode: "periodic", periodTicks: 5 },
    null,
    undefined,
  ])("ARM-23 timer() refuses %j and takes no slot", (options) => {
    const hal = new FakeChip().connect();
    expect(codeOf(() => hal.timer(options as never))).toBe("invalid-argument");
    expect(hal.stats().allocated).toBe(0);
  });

  it("PER-18 a frequency above the counter's is an error, not a one-shot", () => {
    const hal = new FakeChip({ frequencyHz: 1000 }).connect();
    const make = (frequencyHz: number) =>
      hal.timer({ mode: "periodic", frequencyHz, callback: () => {} });
    expect(make(1000).periodTicks).toBe(1);
    expect(make(300).periodTicks).toBe(3);
    expect(codeOf(() => make(2001))).toBe("invalid-argument");
  });

  it.each([
    { counterBits: 2 },
    { counterBits: 65 },
    { counterBits: 7.5 },
    { compareBits: 17 },
    { compareBits: 2 },
    { frequencyHz: 0 },
    { frequencyHz: Number.NaN },
    { frequencyHz: Number.POSITIVE_INFINITY },
    { minDeltaTicks: 0 },
    { minDeltaTicks: 40_000 },
    { autoClear: 1 as never },
  ])("refuses a port with %j", (bad) => {
    const port = { ...new FakeChip().port, ...bad } as TimerPort;
    expect(codeOf(() => new TimerHal(port))).toBe("invalid-argument");
  });

  it.each([
    { capacity: 0 },
    { capacity: 1.5 },
    { capacity: 2 ** 25 },
    { onError: 5 },
    { state: 5 },
  ])("refuses a HAL with %j", (bad) => {
    const { port } = new FakeChip();
    expect(codeOf(() => new TimerHal(port, bad as never))).toBe("invalid-argument");
  });
});
