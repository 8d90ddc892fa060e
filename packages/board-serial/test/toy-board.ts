import {
  decodeProgram,
  encodeTrace,
  type Machine,
  type Program,
  runProgram,
  type TimerDriver,
  type Trace,
} from "@escapement/scenario";

interface ToyTimer {
  readonly periodic: boolean;
  periodTicks: number;
  dueTicks: number | undefined;
  readonly onExpiry: (scheduledTicks: number) => void;
}

/** A board of a few lines: time passes by sleeping, one tick for each reading. Deterministic. */
export function toyTrace(program: Program): Trace {
  let now = 0;
  let level = 0;
  let timers: ToyTimer[] = [];
  const pass = (ticks: number) => {
    const end = now + ticks;
    for (;;) {
      const due = timers
        .filter((timer) => timer.dueTicks !== undefined && timer.dueTicks <= end)
        .sort((a, b) => (a.dueTicks ?? 0) - (b.dueTicks ?? 0))[0];
      if (due?.dueTicks === undefined) break;
      const scheduled = due.dueTicks;
      now = Math.max(now, scheduled);
      due.dueTicks = due.periodic ? scheduled + due.periodTicks : undefined;
      level += 1;
      due.onExpiry(scheduled);
      level -= 1;
    }
    now = Math.max(now, end);
  };
  const driver: TimerDriver<ToyTimer> = {
    capacity: 8,
    maxDelayTicks: 2 ** 31,
    now: () => now,
    create: (spec, onExpiry) => {
      const periodic = spec.mode === "periodic";
      const timer = { periodic, periodTicks: spec.periodTicks, dueTicks: undefined, onExpiry };
      timers.push(timer);
      return timer;
    },
    start: (timer) => {
      timer.dueTicks = now + timer.periodTicks;
      return "armed";
    },
    stop: (timer) => {
      const wasActive = timer.dueTicks !== undefined;
      timer.dueTicks = undefined;
      return wasActive ? "removed" : "idle";
    },
    deinit: (timer) => {
      timers = timers.filter((other) => other !== timer);
    },
    active: (timer) => timer.dueTicks !== undefined,
    deinitAll: () => {
      timers = [];
    },
  };
  const machine: Machine = {
    stamp: () => now++,
    contextLevel: () => level,
    spin: pass,
    sleep: pass,
  };
  return runProgram({ program, driver, machine });
}

/** What the toy board records of an encoded program, as bytes of one iteration each. */
export function toyIterations(program: Uint8Array): Uint8Array[] {
  const { records } = toyTrace(decodeProgram(program));
  const bytes = encodeTrace({ records });
  const starts = records.flatMap((record, index) =>
    record.kind === "iteration" ? [encodeTrace({ records: records.slice(0, index) }).length] : [],
  );
  return starts.map((start, index) => bytes.slice(start, starts[index + 1]));
}
