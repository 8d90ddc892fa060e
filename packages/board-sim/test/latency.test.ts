import { type OpName, program, type Trace, traceView } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { createSimBoard, type SimProfileName, simProfiles } from "../src/index.js";

const names = Object.keys(simProfiles) as SimProfileName[];

/** One-shots so short that their deadline passes while they are armed, all around the wrap. */
async function shortDelays(profile: SimProfileName): Promise<Trace[]> {
  const board = createSimBoard({ profile, seed: 5 });
  const lap = 2 ** Math.min(board.describe().counterBits, 32);
  const traces: Trace[] = [];
  for (const before of [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 120]) {
    const relative = program(({ main, timer, sweep, variable }) => {
      sweep({ from: 1, count: 80, step: 1 });
      const t = timer({ mode: "one-shot", period: variable() });
      main
        .phase(lap - 1 - before)
        .start(t)
        .sleep(400);
    });
    const absolute = program(({ main, timer, sweep, variable }) => {
      sweep({ from: 0, count: 40, step: 1 });
      const t = timer({ mode: "one-shot", period: 1 });
      main.phase(lap - 1 - before).capture(0);
      main.startAt(t, { register: 0, back: 0, delta: variable() }).sleep(400);
    });
    traces.push(await board.run(relative), await board.run(absolute));
  }
  return traces;
}

/** Operations near the wrap and near an expiry, of timers that leave the thread time to run. */
async function manyOperations(profile: SimProfileName): Promise<Trace[]> {
  const board = createSimBoard({ profile, seed: 9 });
  const { counterBits, latencies } = board.describe();
  const lap = 2 ** Math.min(counterBits, 32);
  const gap = 6 * latencies.opTicks + 40;
  const traces: Trace[] = [];
  for (const when of [lap - 20, lap / 2 + 100]) {
    const all = program(({ main, timer, sweep, variable }) => {
      sweep({ from: Math.max(0, when - 130), count: 150, step: 1 });
      const t = timer({ mode: "one-shot", period: gap });
      const u = timer({ mode: "periodic", period: gap });
      main.phase(variable()).start(t).start(u).capture(0).remaining(t).pending(t).setPeriod(u, gap);
      main.startAt(t, { register: 0, back: 0, delta: 5 }).stop(t).stopSync(u, 10).start(u);
      main.overruns(u).shutdown(t).init(t).start(t).deinit(t).mask().restore().read().collect();
    });
    traces.push(await board.run(all));
  }
  return traces;
}

const unbounded: readonly OpName[] = ["sleep", "spin", "phase", "deinitAll", "service"];

function latest(traces: readonly Trace[]): number {
  let late = 0;
  for (const { iterations } of traces.map(traceView))
    for (const iteration of iterations) {
      const called = iteration.calls().find(({ op }) => op.startsWith("start"))?.at ?? 0;
      for (const { at, scheduled } of iteration.expiries())
        late = Math.max(late, at - Math.max(scheduled, called));
    }
  return late;
}

function longest(traces: readonly Trace[]): number {
  let ticks = 0;
  for (const { op, at, until } of traces.flatMap((trace) => traceView(trace).calls()))
    if (!unbounded.includes(op)) ticks = Math.max(ticks, until - at);
  return ticks;
}

describe("stated latencies", () => {
  for (const profile of names) {
    it(`ARM-03 ${profile} is never later than it states, and states little more than the truth`, async () => {
      const { latencies } = createSimBoard({ profile }).describe();
      const late = latest(await shortDelays(profile));
      const op = longest(await manyOperations(profile));
      expect(late).toBeLessThanOrEqual(latencies.lateTicks);
      expect(op).toBeLessThanOrEqual(latencies.opTicks);
      expect(latencies.lateTicks).toBeLessThanOrEqual(2 * late + 3);
      expect(latencies.opTicks).toBeLessThanOrEqual(2 * op + 3);
    });
  }
});
