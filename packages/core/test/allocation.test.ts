import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { TimerHal, type TimerPort } from "../src/index.js";

setFlagsFromString("--expose-gc");
// Compile on this thread: on a busy machine the compiler's own may not get its turn in time.
setFlagsFromString("--no-concurrent-recompilation");
const collect = runInNewContext("gc") as () => void;

const WARM_UP = 100_000;
const OPERATIONS = 20_000;
const ROUNDS_MAX = 60;
/** An object each time would be 24 bytes at the least; what is below this is the measurement's own. */
const NOISE_BYTES = 4;

/** A chip that allocates nothing itself, with its compare as a time to jump to. */
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

/**
 * Bytes that the operation leaves on the heap each time, in its steady state: what three rounds
 * in a row agree on, once the code is compiled. More rounds when they do not, up to a bound.
 */
function bytesEach(operation: () => void): number {
  const repeat = (count: number) => {
    for (let i = 0; i < count; i += 1) {
      operation();
    }
  };
  repeat(WARM_UP);
  let steady = Number.POSITIVE_INFINITY;
  let last: number[] = [];
  for (let round = 0; round < ROUNDS_MAX && steady >= NOISE_BYTES; round += 1) {
    collect();
    const before = process.memoryUsage().heapUsed;
    repeat(OPERATIONS);
    last = [...last.slice(-2), (process.memoryUsage().heapUsed - before) / OPERATIONS];
    if (last.length === 3) steady = Math.min(steady, Math.max(...last));
  }
  return steady;
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
  expect(
    bytesEach(() => {
      timer.start();
      timer.stop();
    }),
  ).toBeLessThan(NOISE_BYTES);
  timer.start();
  const { expiries } = hal.stats();
  expect(
    bytesEach(() => {
      chip.time = chip.compare;
      hal.onCompare();
    }),
  ).toBeLessThan(NOISE_BYTES);
  expect(hal.stats().expiries).toBeGreaterThan(expiries + 3 * OPERATIONS);
});

it("control: an operation that allocates is seen", () => {
  const kept: unknown[] = [undefined];
  expect(
    bytesEach(() => {
      kept[0] = { made: 1 };
    }),
  ).toBeGreaterThan(NOISE_BYTES);
});
