import { TimerHal } from "../dist/index.js";
import { makeBenchPort, step } from "./bench-port.mjs";
import { median } from "./measure.mjs";

function used() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collect() {
  globalThis.gc();
  globalThis.gc();
}

/** Bytes that a pending timer takes, its handle included; the callback is shared. */
export function bytesPerTimer(count) {
  const bench = makeBenchPort();
  const callback = () => {};
  collect();
  const before = used();
  const hal = new TimerHal(bench.port, { capacity: count });
  for (let i = 0; i < count; i += 1) {
    hal.timer({ mode: "one-shot", periodTicks: 1 + i, callback }).start();
  }
  collect();
  const bytes = (used() - before) / count;
  return hal.stats().pending === count ? bytes : Number.NaN;
}

/**
 * Bytes allocated by a start, a stop and a fire with 1 000 timers pending, at a time beyond 2^31
 * (a smaller number would not need a box anywhere, and hide what a larger one costs).
 */
export function bytesAllocated() {
  const bench = makeBenchPort();
  const hal = new TimerHal(bench.port, { capacity: 1001 });
  for (let i = 0; i < 300; i += 1) {
    hal.onOverflow();
  }
  const restart = (timer) => {
    timer.start();
  };
  for (let i = 1; i <= 1000; i += 1) {
    hal.timer({ mode: "one-shot", periodTicks: 100 * i, callback: restart }).start();
  }
  const timer = hal.timer({ mode: "one-shot", periodTicks: 777, callback: restart });
  return {
    "start and stop": allocated(() => {
      timer.start();
      timer.stop();
    }),
    "fire and start": allocated(() => step(bench, hal)),
  };
}

function allocated(operation) {
  const repeat = (count) => {
    for (let i = 0; i < count; i += 1) {
      operation();
    }
  };
  repeat(300_000);
  const samples = [];
  for (let run = 0; run < 7; run += 1) {
    collect();
    const before = process.memoryUsage().heapUsed;
    repeat(100_000);
    samples.push((process.memoryUsage().heapUsed - before) / 100_000);
  }
  return median(samples);
}
