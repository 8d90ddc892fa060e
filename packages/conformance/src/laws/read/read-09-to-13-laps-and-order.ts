import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { beforeWrap, lapOrSecond, shortDelay, wholeLap, withoutRecords } from "../units.js";

/** Reads after long gaps, in order, and before any timer exists. */
export const read09To13 = [
  law({
    id: "READ-09",
    title: "masked for just under a lap",
    statement: "After interrupts were masked for just under one lap, the time is exact.",
    origin: ["rtic-time module documentation", "libretiny 28"],
    needs: ["reference", "phase", "mask"],
    program: (env) =>
      program(({ main, sweep, variable }) => {
        sweep({ from: 0, count: 8, step: Math.floor(wholeLap(env) / 8) });
        withoutRecords(main, (list) => list.phase(variable()));
        main.read();
        withoutRecords(main, (list) =>
          list.mask().spin(Math.max(1, lapOrSecond(env) - 4 * env.op)),
        );
        main.read();
        withoutRecords(main, (list) => list.restore());
        main.read();
      }),
    judge: (run) => {
      run.reads().atLeast(3).neverDecrease().matchReference();
    },
  }),
  law({
    id: "READ-10",
    title: "many laps without a read",
    statement: "The extension holds when the time is not read for many laps.",
    origin: ["RIOT ztimer64", "ChibiOS chVTGetTimeStamp note"],
    needs: ["reference"],
    program: (env) =>
      program(({ main }) => {
        main.read();
        for (const laps of [1.3, 2.6, 7.1]) main.sleep(Math.ceil(laps * lapOrSecond(env))).read();
      }),
    judge: (run, env) => {
      run.reads().atLeast(4).matchReference();
      const passed = run.reads().nth(4).value - run.reads().nth(1).value;
      const least = Math.floor(11 * lapOrSecond(env));
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
        const most = Math.max(1, Math.floor(lapOrSecond(env) * 0.7) - 8 * env.op);
        sweep({ from: 0, count: 24, step: Math.max(1, Math.floor(most / 24)) });
        withoutRecords(main, (list) => list.phase(beforeWrap(env, 2 * env.op)));
        main.read();
        withoutRecords(main, (list) => list.mask().spin(variable(2 * env.op)));
        main.read().read().read().read();
        withoutRecords(main, (list) => list.restore());
        main.read();
      }),
    judge: (run) => {
      run.reads().atLeast(6).neverDecrease().matchReference();
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
        const t = timer({ mode: "periodic", period: shortDelay(env) });
        t.handler.read();
        // Twelve counter values in the three periods before the wrap, whatever the period is on this board.
        const from = beforeWrap(env, 3 * shortDelay(env));
        const step = Math.max(1, Math.floor((wholeLap(env) - 1 - from) / 11));
        sweep({ from, count: 12, step });
        withoutRecords(main, (list) => list.phase(variable()).start(t));
        main
          .read()
          .read()
          .spin(Math.ceil(1.5 * shortDelay(env)))
          .read()
          .read()
          .spin(Math.ceil(1.5 * shortDelay(env)))
          .read()
          .read();
      }),
    judge: (run) => {
      run.expiries(0).atLeast(2).onTime().spaced(shortDelay(run.env));
      run.reads().atLeast(7).neverDecrease();
      const inside = run.reads().items.filter((read) => read.context > 0).length;
      run.that(inside > 0, "no read of the handler in the trace, expected at least 1");
    },
  }),
  law({
    id: "READ-13",
    title: "readable before any timer exists",
    statement: "The time is readable before any timer exists.",
    origin: ["Embassy 01d8543"],
    program: (env) =>
      program(({ main }) => {
        main.read().spin(env.beat).read();
      }),
    judge: (run, env) => {
      const reads = run.reads().atLeast(2);
      const passed = reads.nth(2).value - reads.nth(1).value;
      const spin = run.call("spin");
      const most = spin.until - reads.nth(1).at + 2 * env.op;
      run.that(
        passed >= env.beat && passed <= most,
        `${run.ticks(passed)} passed by the clock, expected ${env.beat} to ${most}`,
        reads.nth(2).index,
      );
    },
  }),
];
