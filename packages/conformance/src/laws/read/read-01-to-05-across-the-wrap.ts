import { program, type Sweep } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { type Judge, listed } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import {
  beforeWrap,
  repetitions,
  shortDelay,
  sweepBy,
  sweepOver,
  wholeLap,
  withoutRecords,
} from "../units.js";

/** Iterations of a sweep of single reads. */
const sweepSteps = 112;

/** Iterations of a sweep of many reads: of the few cycles in which a read can go wrong, some are met. */
const readsSweepSteps = 208;

/**
 * How far before the wrap a search begins at most, in ticks, where the board's ticks are coarse: from there it
 * holds the processor up for a whole one.
 */
const searchedBeforeWrap = 64;

/** Reads back to back, enough to begin before the wrap and to end after it. */
const readsAcrossWrap = 120;

/**
 * Counter values at which to begin many reads, so that the wrap falls on every place in a read: up
 * to the wrap itself, since a board may take far less than the operation time that it states. The
 * step is odd, so that the places differ even where a read takes a round number of ticks.
 */
function sweepAroundWrap(env: LawEnv): Sweep {
  if (env.systematic === true) {
    const isCoarse = env.semantics.granularityTicks > 1;
    const ahead = isCoarse ? Math.min(env.op, searchedBeforeWrap) : env.op;
    return sweepBy(beforeWrap(env, ahead), wholeLap(env) - 1, 2);
  }
  // Where a tick is longer than a read, the place inside the tick matters, which the board varies.
  if (env.op < 8) return { from: beforeWrap(env, 1), count: 64, step: 0 };
  const from = beforeWrap(env, env.op + Math.min(160, 2 * env.op));
  const to = wholeLap(env) - 1;
  const { step } = sweepOver(env, from, to, readsSweepSteps);
  return sweepBy(from, to, step % 2 === 1 ? step : step + 1);
}

/** Some reads have to begin before the wrap and end after it; without any, nothing is proven. */
function checkCrossings(runs: readonly Judge[], env: LawEnv): void {
  const crossed = runs.some(({ view }) => {
    const call = view.calls("readMany")[0];
    return (
      call !== undefined &&
      Math.floor(call.at / wholeLap(env)) < Math.floor(call.until / wholeLap(env))
    );
  });
  if (crossed) return;
  runs[0]?.say(`0 of ${runs.length} iterations read across the wrap, expected at least 1`);
}

/** Reads at every phase of the counter around its wrap, masked or not. */
export const read01To05 = [
  law({
    id: "READ-01",
    title: "true time across the wrap",
    statement:
      "With interrupts enabled, now() lies between the true time at the call and at the return, at every phase of the counter around its wrap.",
    origin: ["Ganssle 2001, Asynchronicity", "RTEMS Read_timer", "RIOT xtimer 7114"],
    needs: ["reference", "phase"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep(sweepAroundWrap(env));
        withoutRecords(main, (list) => list.phase(variable()));
        main.read().readMany(repetitions(env, readsAcrossWrap)).read().read();
      }),
    judge: (run) => {
      run.reads().atLeast(3).neverDecrease().matchReference();
      run.values("readMany").are(0);
    },
    whole: checkCrossings,
  }),
  law({
    id: "READ-02",
    title: "true time with a masked wrap pending",
    statement:
      "With interrupts masked and a wrap pending, now() lies between the true time at the call and at the return.",
    origin: ["Ganssle 2001", "ArduinoCore-avr 232"],
    needs: ["reference", "phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        const masked = Math.max(1, Math.min(env.op, Math.floor(wholeLap(env) / 4)));
        sweep(sweepOver(env, beforeWrap(env, 4 * env.op), wholeLap(env) - 1, sweepSteps));
        withoutRecords(main, (list) => list.phase(variable()));
        main.read();
        withoutRecords(main, (list) => list.mask().spin(masked));
        main.read().read();
        withoutRecords(main, (list) => list.restore());
      }),
    judge: (run) => {
      run.reads().atLeast(3).matchReference();
    },
  }),
  law({
    id: "READ-03",
    title: "no step back, back to back",
    statement: "Back-to-back reads never decrease.",
    origin: ["Zephyr timer_monotonic", "ArduinoCore-renesas 49"],
    program: (env) =>
      program(({ main }) => {
        main
          .read()
          .readMany(repetitions(env, 1000))
          .read()
          .sleep(env.us(100))
          .readMany(repetitions(env, 1000))
          .read();
      }),
    judge: (run, env) => {
      run.values("readMany").are(0, 0);
      const reads = run.reads().atLeast(3).neverDecrease();
      const passed = reads.nth(3).value - reads.nth(1).value;
      const least = run.ticks(env.us(100));
      run.that(
        passed >= env.us(100),
        `${run.ticks(passed)} passed by the clock, at least ${least}`,
      );
    },
  }),
  law({
    id: "READ-04",
    title: "no step back across the wrap",
    statement: "Reads that straddle a wrap never decrease, at any phase, masked or not.",
    origin: ["RIOT xtimer 5406", "rtic half-period tables"],
    needs: ["phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep(sweepAroundWrap(env));
        withoutRecords(main, (list) => list.phase(variable()));
        main.readMany(repetitions(env, readsAcrossWrap));
        withoutRecords(main, (list) => list.phase(variable()).mask());
        main.readMany(repetitions(env, readsAcrossWrap));
        withoutRecords(main, (list) => list.restore());
      }),
    judge: (run) => {
      run.values("readMany").are(0, 0);
    },
    whole: checkCrossings,
  }),
  law({
    id: "READ-05",
    title: "the interrupt state stays as found",
    statement:
      "A read restores the interrupt state as it found it: masked stays masked, enabled stays enabled.",
    origin: ["MicroPython samd ed86fdb", "Ganssle 2001"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        t.handler.enabled().read().enabled();
        main.enabled().read().enabled().mask().enabled().read().enabled();
        main.mask().read().enabled().restore().enabled().restore().enabled();
        main.start(t).sleep(3 * shortDelay(env));
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime();
      run.reads().atLeast(4).neverDecrease();
      const calls = run.view.calls("enabled");
      const thread = calls.filter((call) => call.context === 0).map((call) => call.value);
      const inside = calls.filter((call) => call.context > 0).map((call) => call.value);
      const expected = [1, 1, 0, 0, 0, 0, 1];
      run.that(
        thread.join() === expected.join(),
        `enabled gave ${listed(thread, "nothing")} in the thread, expected ${listed(expected)}`,
      );
      const same = inside.length === 2 && inside[0] === inside[1];
      const seen =
        inside.length === 2
          ? `a read in the handler turned enabled from ${inside.join(" to ")}`
          : `enabled was asked ${counted(inside.length, "time")} in the handler, expected 2`;
      run.that(same, seen);
    },
  }),
];
