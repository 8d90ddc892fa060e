import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { TimerHal, type TimerPort } from "../src/index.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const WARM_UP = 600_000;
const OPERATIONS = 20_000;

/** A chip that allocates nothing itself, with its compare as a moment to jump to. */
function bareChip() {
  const chip = { time: 0, compare: 0, masked: 0 };
  const port: TimerPort = {
    counterBits: 32,
    frequencyHz: 1_000_000,
    minDeltaTicks: 1,
    readCounter: () => chip.time,
    overflowPending: () => false,
    acknowledgeOverflow: () => {},
    setCompare: (ticks) => {
      chip.compare = ticks;
    },
    enableCompare: () => {},
    comparePending: () => false,
    acknowledgeCompare: () => {},
    saveAndMask: () => {
      const was = chip.masked;
      chip.masked = 1;
      return was;
    },
    restore: (state) => {
      chip.masked = state;
    },
    inInterrupt: () => false,
  };
  return { chip, port };
}

/** Bytes that the operation leaves on the heap each time, once it is compiled: the middle of several rounds. */
function bytesEach(operation: () => void): number {
  const repeat = (count: number) => {
    for (let i = 0; i < count; i += 1) {
      operation();
    }
  };
  repeat(WARM_UP);
  const rounds = Array.from({ length: 9 }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    repeat(OPERATIONS);
    return (process.memoryUsage().heapUsed - before) / OPERATIONS;
  });
  return rounds.sort((a, b) => a - b)[4] ?? Number.NaN;
}

it("CALL-18 start, stop and fire allocate nothing", () => {
  const { chip, port } = bareChip();
  const hal = new TimerHal(port, { capacity: 101 });
  for (let i = 1; i <= 100; i += 1) {
    hal
      .timer({ mode: "one-shot", periodTicks: i, callback: (timer) => void timer.start() })
      .start();
  }
  const timer = hal.timer({ mode: "periodic", periodTicks: 50, callback: () => {} });
  // An object each time would be 24 bytes at the least; what is below is the measurement's own.
  expect(
    bytesEach(() => {
      timer.start();
      timer.stop();
    }),
  ).toBeLessThan(4);
  timer.start();
  const { expiries } = hal.stats();
  expect(
    bytesEach(() => {
      chip.time = chip.compare;
      hal.onCompare();
    }),
  ).toBeLessThan(4);
  expect(hal.stats().expiries).toBeGreaterThan(expiries + 9 * OPERATIONS);
});
