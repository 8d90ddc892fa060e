import { program, type Sweep } from "@escapement/scenario";
import type { Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { beforeTurn, chances, lap, quietly, span, sweepBy, sweepOver, turn } from "../units.js";

/** Iterations of a sweep of single reads. */
const steps = 112;

/** Iterations of a sweep of many reads: of the few cycles in which a read can go wrong, some are met. */
const manySteps = 208;

/** Reads back to back, enough to begin before the turn and to end after it. */
const manyReads = 120;

/**
 * Counter values at which to begin many reads, so that the turn falls on every place in a read: up
 * to the turn itself, since a board may take far less than the operation time that it states. The
 * step is odd, so that the places differ even where a read takes a round number of ticks.
 */
function turnSweep(env: LawEnv): Sweep {
  if (env.systematic === true) return sweepBy(beforeTurn(env, env.op), turn(env) - 1, 2);
  // Where a tick is longer than a read, the place inside the tick matters, which the board varies.
  if (env.op < 8) return { from: beforeTurn(env, 1), count: 64, step: 0 };
  const from = beforeTurn(env, env.op + Math.min(160, 2 * env.op));
  const to = turn(env) - 1;
  const { step } = sweepOver(env, from, to, manySteps);
  return sweepBy(from, to, step % 2 === 1 ? step : step + 1);
}

/** Some reads have to begin before the turn and end after it; without any, nothing is proven. */
function checkCrossings(runs: readonly Judge[], env: LawEnv): void {
  const crossed = runs.some(({ view }) => {
    const call = view.calls("readMany")[0];
    return (
      call !== undefined && Math.floor(call.at / turn(env)) < Math.floor(call.until / turn(env))
    );
  });
  if (crossed) return;
  runs[0]?.say(`0 of ${runs.length} iterations read across the turn, expected at least 1`);
}

/** Reads at every phase of the counter around its wrap. */
export const wrapReads = [
  law({
    id: "READ-01",
    title: "true time across the wrap",
    statement:
      "With interrupts enabled, now() lies between the true time at the call and at the return, at every phase of the counter around its wrap.",
    origin: ["Ganssle 2001, Asynchronicity", "RTEMS Read_timer", "RIOT xtimer 7114"],
    needs: ["reference", "phase"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep(turnSweep(env));
        quietly(main, (list) => list.phase(variable()));
        main.read().readMany(chances(env, manyReads)).read().read();
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
        const masked = Math.max(1, Math.min(env.op, Math.floor(turn(env) / 4)));
        sweep(sweepOver(env, beforeTurn(env, 4 * env.op), turn(env) - 1, steps));
        quietly(main, (list) => list.phase(variable()));
        main.read();
        quietly(main, (list) => list.mask().spin(masked));
        main.read().read();
        quietly(main, (list) => list.restore());
      }),
    judge: (run) => {
      run.reads().atLeast(3).matchReference();
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
        sweep(turnSweep(env));
        quietly(main, (list) => list.phase(variable()));
        main.readMany(chances(env, manyReads));
        quietly(main, (list) => list.phase(variable()).mask());
        main.readMany(chances(env, manyReads));
        quietly(main, (list) => list.restore());
      }),
    judge: (run) => {
      run.values("readMany").are(0, 0);
    },
    whole: checkCrossings,
  }),
  law({
    id: "READ-09",
    title: "masked for just under a lap",
    statement: "After interrupts were masked for just under one lap, the time is exact.",
    origin: ["rtic-time module documentation", "libretiny 28"],
    needs: ["reference", "phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep({ from: 0, count: 8, step: Math.floor(turn(env) / 8) });
        quietly(main, (list) => list.phase(variable()));
        main.read();
        quietly(main, (list) => list.mask().spin(Math.max(1, lap(env) - 4 * env.op)));
        main.read();
        quietly(main, (list) => list.restore());
        main.read();
      }),
    judge: (run) => {
      run.reads().atLeast(3).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-10",
    title: "many laps without a read",
    statement: "The extension holds when nobody reads for many laps.",
    origin: ["RIOT ztimer64", "ChibiOS chVTGetTimeStamp note"],
    needs: ["reference"],
    program: (env) =>
      program(({ main }) => {
        main.read();
        for (const laps of [1.3, 2.6, 7.1]) main.sleep(Math.ceil(laps * lap(env))).read();
      }),
    judge: (run, env) => {
      run.reads().atLeast(4).matchReference();
      const passed = run.reads().nth(4).value - run.reads().nth(1).value;
      const least = Math.floor(11 * lap(env));
      run.that(passed >= least, `${run.ticks(passed)} passed by the clock, at least ${least} did`);
    },
  }),
  law({
    id: "READ-11",
    title: "a pending wrap counts once",
    statement:
      "A wrap pending at a masked read is counted exactly once, however many reads see it.",
    origin: ["Arduino 592", "openwch 148"],
    needs: ["reference", "phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        const most = Math.max(1, Math.floor(lap(env) * 0.7) - 8 * env.op);
        sweep({ from: 0, count: 24, step: Math.max(1, Math.floor(most / 24)) });
        quietly(main, (list) => list.phase(beforeTurn(env, 2 * env.op)));
        main.read();
        quietly(main, (list) => list.mask().spin(variable(2 * env.op)));
        main.read().read().read().read();
        quietly(main, (list) => list.restore());
        main.read();
      }),
    judge: (run) => {
      run.reads().atLeast(6).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-20",
    title: "lifting the mask keeps the wrap",
    statement:
      "After a masked read saw a wrap pending, lifting the mask neither loses nor repeats it.",
    origin: ["Ganssle 2001", "MicroPython samd ed86fdb"],
    needs: ["reference", "phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep(sweepOver(env, 0, 4 * env.op, 32));
        quietly(main, (list) => list.phase(beforeTurn(env, 3 * env.op)));
        main.read();
        quietly(main, (list) => list.mask().spin(variable()));
        main.read();
        quietly(main, (list) => list.restore());
        main.read();
        quietly(main, (list) => list.sleep(lap(env)));
        main.read();
      }),
    judge: (run) => {
      run.reads().atLeast(4).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-12",
    title: "handler and thread agree on order",
    statement:
      "Reads of a handler and of the thread that it interrupted are ordered as they happened.",
    origin: ["RIOT xtimer_now_irq"],
    needs: ["phase", "periodic"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "periodic", period: span(env) });
        t.handler.read();
        // Twelve places from three spans before the turn up to it, whatever a span is on this board.
        const from = beforeTurn(env, 3 * span(env));
        const step = Math.max(1, Math.floor((turn(env) - 1 - from) / 11));
        sweep({ from, count: 12, step });
        quietly(main, (list) => list.phase(variable()).start(t));
        main
          .read()
          .read()
          .spin(Math.ceil(1.5 * span(env)))
          .read()
          .read()
          .spin(Math.ceil(1.5 * span(env)))
          .read()
          .read();
      }),
    judge: (run) => {
      run.expiries(0).atLeast(2).onTime().spaced(span(run.env));
      run.reads().atLeast(7).neverDecrease();
      const inside = run.reads().items.filter((read) => read.context > 0).length;
      run.that(inside > 0, "no read of the handler in the trace, expected at least 1");
    },
  }),
];
