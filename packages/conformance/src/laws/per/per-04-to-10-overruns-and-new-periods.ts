import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { blockPeriod, has, lapOrSecond, withoutRecords } from "../units.js";
import { entriesAroundRestore, periodNumber, periodsUnderMask } from "./masked-block.js";

/** Periods that pass without a handler, and changes of a running timer's period. */
export const per04To10 = [
  law({
    id: "PER-04",
    title: "coalesce: one callback, the rest counted",
    statement:
      "Under coalesce a block of n periods gives one callback, for the first of them, and n − 1 overruns.",
    origin: ["Linux check_overrun", "POSIX timers"],
    needs: ["mask", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods", "maxOverruns", "granularityTicks"],
    program: (env) => periodsUnderMask(env, "coalesce"),
    judge: (run, env) => {
      const { all } = entriesAroundRestore(run);
      const start = run.call("start", 0);
      const overruns = run.call("overruns", 0);
      run.these(all, 0).from(start, blockPeriod(env));
      const last = all.at(-1) ?? run.missing("the timer never ran");
      const periods = periodNumber(env, start, last.scheduled);
      const sum = all.length + overruns.value;
      const seen = `${all.length} callbacks and ${overruns.value} overruns for ${periods} periods`;
      run.that(sum === periods, `${seen}, expected ${periods} together`, overruns.index);
      const least = Math.floor((run.call("restore").at - start.until - 1) / blockPeriod(env)) - 1;
      const few = `${overruns.value} overruns, expected at least ${least}`;
      run.that(overruns.value >= least, few, overruns.index);
    },
  }),
  law({
    id: "PER-05",
    title: "burst: every period delivered",
    statement:
      "Under burst every missed period is delivered, each with its own scheduled time, in order.",
    origin: ["FreeRTOS prvReloadTimer", "RIOT periodic.h"],
    needs: ["mask", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods"],
    program: (env) => periodsUnderMask(env, "burst"),
    judge: (run, env) => {
      const period = blockPeriod(env);
      const restore = run.call("restore");
      const all = run.expiries(0).atLeast(6).spaced(period).from(run.call("start", 0), period);
      for (const [at, expiry] of all.items.entries()) {
        run.these([expiry], 0).servedBy(restore.until, (at + 1) * env.op);
      }
      run.values("overruns", 0).are(0);
    },
  }),
  law({
    id: "PER-06",
    title: "a new period from outside",
    statement:
      "A new period moves the pending expiry by the difference of new and old: it counts from the last expiry, or from a period before the first; where that deadline has passed the timer is due at once.",
    origin: ["ESP-IDF restart", "gptimer dynamic alarm"],
    needs: ["set-period", "periodic"],
    restsOn: ["missedPeriods", "setPeriod"],
    program: (env) =>
      program(({ main, timer }) => {
        const [running, fresh, passed] = [4, 4, 8].map((beats) =>
          timer({ mode: "periodic", period: beats * env.beat }),
        );
        if (running === undefined || fresh === undefined || passed === undefined) return;
        main
          .start(running)
          .sleep(5 * env.beat)
          .setPeriod(running, 2 * env.beat);
        main.sleep(Math.ceil(4.5 * env.beat)).stop(running);
        main
          .start(fresh)
          .setPeriod(fresh, 2 * env.beat)
          .sleep(5 * env.beat)
          .stop(fresh);
        main
          .start(passed)
          .sleep(Math.ceil(3.5 * env.beat))
          .setPeriod(passed, env.beat);
        main.sleep(2 * env.beat).stop(passed);
        if (!has(env, "start-at")) return;
        const apart = timer({ mode: "periodic", period: 2 * env.beat });
        main.capture(0).startAt(apart, { delta: 5 * env.beat });
        main
          .setPeriod(apart, env.beat)
          .sleep(Math.ceil(5.5 * env.beat))
          .stop(apart);
      }),
    judge: (run, env) => {
      const [running, fresh, passed] = [0, 1, 2].map((timer) => run.expiries(timer));
      if (running === undefined || fresh === undefined || passed === undefined) return;
      running
        .exactly(3)
        .onTime()
        .from(run.call("start", 0), 4 * env.beat);
      run.these(running.items.slice(1), 0).spaced(2 * env.beat);
      const gap = running.nth(2).scheduled - running.nth(1).scheduled;
      const after = `the expiry after the change came ${run.ticks(gap)} after the last`;
      run.that(gap === 2 * env.beat, `${after}, expected ${2 * env.beat}`, running.nth(2).index);
      fresh
        .exactly(2)
        .onTime()
        .from(run.call("start", 1), 2 * env.beat)
        .spaced(2 * env.beat);
      passed.exactly(3).servedBy(run.call("setPeriod", 2).until);
      const grid = run.these(passed.items.slice(1), 2).spaced(env.beat);
      grid.from(run.call("start", 2), 4 * env.beat).onTime();
      if (!has(env, "start-at")) return;
      const reference = run.reads().nth(1).value;
      run
        .expiries(3)
        .scheduledAt(reference + 4 * env.beat, reference + 5 * env.beat)
        .onTime();
    },
  }),
  law({
    id: "PER-07",
    title: "a new period in the handler",
    statement: "A period that the handler changes counts from the expiry that it runs for.",
    origin: ["ESP-IDF restart", "Zephyr test_set_top_value"],
    needs: ["set-period", "periodic"],
    restsOn: ["setPeriod"],
    program: (env) =>
      program(({ main, timer }) => {
        const shorter = timer({ mode: "periodic", period: 4 * env.beat });
        const longer = timer({ mode: "periodic", period: env.beat });
        shorter.handler.when(1).setPeriod(shorter, 2 * env.beat);
        longer.handler.when(2).setPeriod(longer, 3 * env.beat);
        main
          .start(shorter)
          .sleep(9 * env.beat)
          .stop(shorter);
        main
          .start(longer)
          .sleep(9 * env.beat)
          .stop(longer);
      }),
    judge: (run, env) => {
      const shorter = run
        .expiries(0)
        .exactly(3)
        .onTime()
        .from(run.call("start", 0), 4 * env.beat);
      const first = shorter.nth(1).scheduled;
      run.these(shorter.items, 0).scheduledAt(first, first + 2 * env.beat, first + 4 * env.beat);
      const longer = run.expiries(1).exactly(4).onTime().from(run.call("start", 1), env.beat);
      const start = longer.nth(1).scheduled;
      const expected = [0, 1, 4, 7].map((beats) => start + beats * env.beat);
      run.these(longer.items, 1).scheduledAt(...expected);
    },
  }),
  law({
    id: "PER-08",
    title: "skip: only the newest, nothing counted",
    statement: "Under skip only the newest missed period is delivered, and nothing is counted.",
    origin: ["ESP-IDF skip_unhandled_events"],
    needs: ["mask", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods"],
    program: (env) => periodsUnderMask(env, "skip"),
    judge: (run, env) => {
      const period = blockPeriod(env);
      const { restore, all } = entriesAroundRestore(run);
      run.values("overruns", 0).are(0);
      const first = all[0] ?? run.missing("the timer never ran");
      const age = restore.at - first.scheduled;
      const stale = `the first callback after the block was for a deadline ${run.ticks(age)} before it`;
      run.that(age < period, `${stale}, the newest is at most ${period}`, first.index);
      run.these(all, 0).spaced(period);
      const periods = periodNumber(env, run.call("start", 0), first.scheduled);
      run.these(all, 0).from(run.call("start", 0), periods * period);
    },
  }),
  law({
    id: "PER-09",
    title: "taking the overruns clears them",
    statement: "Taking the overruns clears them: each is returned once.",
    origin: ["Zephyr k_timer_status_get"],
    needs: ["mask", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods", "maxOverruns"],
    program: (env) => periodsUnderMask(env, "coalesce", 2),
    judge: (run) => {
      const first = run.call("overruns", 0, 1);
      const second = run.call("overruns", 0, 2);
      run.that(first.value > 0, "no overruns after a block of five periods", first.index);
      const message = `the second reading gave ${second.value}, expected 0`;
      run.that(second.value === 0, message, second.index);
    },
  }),
  law({
    id: "PER-10",
    title: "a long block costs no more",
    statement:
      "The time that the HAL takes after a long block does not grow with the periods missed.",
    origin: ["FreeBSD D29093, ec00c33"],
    needs: ["mask", "periodic"],
    restsOn: ["maxOverruns"],
    mayHang: true,
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 1 });
        t.handler.stop(t);
        const most = Math.min(Math.floor(0.8 * lapOrSecond(env)) - 4 * env.op, env.us(100_000));
        for (const part of [0.05, 1]) {
          main.mask().start(t);
          withoutRecords(main, (list) => list.spin(Math.max(1, Math.floor(part * most))));
          main.restore().sleep(2 * env.beat);
        }
      }),
    judge: (run, env) => {
      const all = run.expiries(0).exactly(2);
      for (const [at, expiry] of all.items.entries()) {
        run.these([expiry], 0).servedBy(run.call("restore", undefined, at + 1).at, env.op);
      }
      run.results("stop", 0).are("in-flight", "in-flight");
    },
  }),
];
