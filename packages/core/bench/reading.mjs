import { TimerHal } from "../dist/index.js";
import { makeBenchPort } from "./bench-port.mjs";
import { cpuNs, median } from "./measure.mjs";

const READS = 5_000_000;

/** Nanoseconds of `hal.now()` and of a naive read that ignores wraps, on the same 16-bit port. */
export function readings() {
  const { port, chip } = makeBenchPort(16);
  const hal = new TimerHal(port);
  const high = { wraps: 3 };
  const naive = () => high.wraps * 65_536 + port.readCounter();
  const samples = { now: [], naive: [] };
  for (let run = -2; run < 7; run += 1) {
    const naiveNs = time(naive, chip);
    const nowNs = time(() => hal.now(), chip);
    if (run >= 0) {
      samples.naive.push(naiveNs / READS);
      samples.now.push(nowNs / READS);
    }
  }
  return { now: median(samples.now), naive: median(samples.naive) };
}

function time(read, chip) {
  let sum = 0;
  const ns = cpuNs(() => {
    for (let i = 0; i < READS; i += 1) {
      chip.time = i & 0xffff;
      sum += read();
    }
  });
  if (!(sum > 0)) {
    throw new Error("the reads were not made");
  }
  return ns;
}
