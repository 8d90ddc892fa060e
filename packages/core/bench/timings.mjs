import { cpuNs, median, random, shuffled } from "./measure.mjs";

const OPS_A_SAMPLE = 60_000;

/** Nanoseconds a set, clear, fire and hold with `count` timers pending: medians of `runs`, or what else `pick` takes. */
export function timings(contender, count, runs, options, pick = median) {
  const next = random(count);
  const delays = Array.from({ length: count }, () => 1 + Math.floor(next() * 1_000_000));
  const order = shuffled(count, next);
  const rounds = Math.max(1, Math.floor(OPS_A_SAMPLE / count));
  const samples = { set: [], clear: [], fire: [], hold: [] };
  const setAll = (subject) => {
    for (let i = 0; i < count; i += 1) {
      subject.set(i);
    }
  };
  const subject = contender(delays, options);
  // The first run warms up and is not counted.
  for (let run = -1; run < runs; run += 1) {
    const sums = { set: 0, clear: 0, fire: 0, hold: 0 };
    for (let round = 0; round < rounds; round += 1) {
      sums.set += cpuNs(() => setAll(subject));
      sums.clear += cpuNs(() => {
        for (let i = 0; i < count; i += 1) {
          subject.clear(order[i]);
        }
      });
      subject.reset();
      setAll(subject);
      sums.fire += cpuNs(() => subject.fireAll());
      subject.reset();
    }
    setAll(subject);
    const holds = Math.min(Math.max(count, OPS_A_SAMPLE), 200_000);
    sums.hold = cpuNs(() => subject.hold(holds)) / holds;
    // Whatever is left has to go before the next run.
    subject.fireAll();
    subject.reset();
    if (run >= 0) {
      for (const name of ["set", "clear", "fire"]) {
        samples[name].push(sums[name] / (rounds * count));
      }
      samples.hold.push(sums.hold);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, pick(list)]));
}

/** Whether all contenders fire the same schedule, with ties and clears, in the same order. */
export function crossCheck(contenders, count) {
  const next = random(7);
  const delays = Array.from({ length: count }, () => 1 + Math.floor(next() * (count / 2)));
  const cleared = shuffled(count, next).slice(0, count / 4);
  const logs = contenders.map(([contender, options]) => {
    const log = [];
    const subject = contender(delays, { ...options, onFire: (i) => log.push(i) });
    for (let i = 0; i < count; i += 1) {
      subject.set(i);
    }
    for (const i of cleared) {
      subject.clear(i);
    }
    subject.fireAll();
    return log.join();
  });
  return logs.every((log) => log === logs[0]) && logs[0].split(",").length === count - count / 4;
}
