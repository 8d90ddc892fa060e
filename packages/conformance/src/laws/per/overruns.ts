import { program } from "@escapement/scenario";
import type { Call, Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { blockPeriod, lap, quietly } from "../units.js";

type Policy = "coalesce" | "burst" | "skip";

/** A periodic timer whose periods pass in a masked window, some five of them. */
function blocked(env: LawEnv, overrun: Policy, readings = 1) {
  return program(({ main, timer }) => {
    const period = blockPeriod(env);
    const t = timer({ mode: "periodic", period, overrun });
    main.mask().start(t);
    quietly(main, (list) => list.spin(Math.ceil(5.5 * period)));
    main
      .restore()
      .sleep(Math.ceil(2.5 * period))
      .stop(t);
    for (let reading = 0; reading < readings; reading += 1) main.overruns(t);
  });
}

/** Which point of the grid a scheduled time is, from 1. */
function point(env: LawEnv, start: Call, scheduled: number): number {
  const middle = (start.at + start.until) / 2 + 1;
  return Math.round((scheduled - middle) / blockPeriod(env));
}

/** Entries that were due before the mask was lifted, and those that came due later. */
function split(run: Judge) {
  const restore = run.call("restore");
  const all = run
    .expiries(0)
    .atLeast(3)
    .inInterrupt(true)
    .servedBy(restore.until, run.env.op).items;
  const held = all.filter((each) => each.scheduled < restore.at);
  return { restore, all, held };
}

/** What becomes of periods that pass unserved. */
export const overrunLaws = [
  law({
    id: "PER-04",
    title: "coalesce: one callback, the rest counted",
    statement:
      "Under coalesce a block of n periods gives one callback, for the first of them, and n − 1 overruns.",
    origin: ["Linux check_overrun", "POSIX timers"],
    needs: ["mask", "overrun-policy", "periodic"],
    program: (env) => blocked(env, "coalesce"),
    judge: (run, env) => {
      const { all } = split(run);
      const start = run.call("start", 0);
      const overruns = run.call("overruns", 0);
      run.these(all, 0).from(start, blockPeriod(env));
      const last = all.at(-1) ?? run.missing("the timer never ran");
      const points = point(env, start, last.scheduled);
      const sum = all.length + overruns.value;
      const seen = `${all.length} callbacks and ${overruns.value} overruns for ${points} periods`;
      run.that(sum === points, `${seen}, expected ${points} together`, overruns.index);
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
    program: (env) => blocked(env, "burst"),
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
    id: "PER-08",
    title: "skip: only the newest, nothing counted",
    statement: "Under skip only the newest missed period is delivered, and nothing is counted.",
    origin: ["ESP-IDF skip_unhandled_events"],
    needs: ["mask", "overrun-policy", "periodic"],
    program: (env) => blocked(env, "skip"),
    judge: (run, env) => {
      const period = blockPeriod(env);
      const { restore, all } = split(run);
      run.values("overruns", 0).are(0);
      const first = all[0] ?? run.missing("the timer never ran");
      const age = restore.at - first.scheduled;
      const stale = `the first callback after the block was for a moment ${run.ticks(age)} before it`;
      run.that(age < period, `${stale}, the newest is at most ${period}`, first.index);
      run.these(all, 0).spaced(period);
      const points = point(env, run.call("start", 0), first.scheduled);
      run.these(all, 0).from(run.call("start", 0), points * period);
    },
  }),
  law({
    id: "PER-09",
    title: "taking the overruns clears them",
    statement: "Taking the overruns clears them: each is returned once.",
    origin: ["Zephyr k_timer_status_get"],
    needs: ["mask", "overrun-policy", "periodic"],
    program: (env) => blocked(env, "coalesce", 2),
    judge: (run) => {
      const first = run.call("overruns", 0, 1);
      const second = run.call("overruns", 0, 2);
      run.that(first.value > 0, "no overruns after a block of five periods", first.index);
      const message = `the second reading gave ${second.value}, expected 0`;
      run.that(second.value === 0, message, second.index);
    },
  }),
  law({
    id: "PER-21",
    title: "the overruns outlive a stop",
    statement:
      "Overruns survive stop and start and add up; only taking them, and init, clears them.",
    origin: ["Zephyr k_timer_status_get", "Escapement issue 8"],
    needs: ["mask", "overrun-policy", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const period = blockPeriod(env);
        const t = timer({ mode: "periodic", period });
        for (const periods of [5.5, 3.5]) {
          main.mask().start(t);
          quietly(main, (list) => list.spin(Math.ceil(periods * period)));
          main.restore().sleep(Math.ceil(period / 2) + env.late + env.op);
          main.stop(t);
        }
        main.start(t).stop(t).overruns(t).overruns(t);
      }),
    judge: (run, env) => {
      const [taken, again] = [run.call("overruns", 0, 1), run.call("overruns", 0, 2)];
      const all = run.expiries(0).atLeast(2).items;
      let [periods, least] = [0, 0];
      for (const block of [1, 2]) {
        const start = run.call("start", 0, block);
        const restore = run.call("restore", undefined, block);
        const next = run.call("start", 0, block + 1);
        const mine = all.filter(({ index }) => index > start.index && index < next.index);
        run.these(mine, 0).servedBy(restore.until, env.op);
        const last = mine.at(-1) ?? run.missing(`no callback after block ${block}`);
        periods += point(env, start, last.scheduled);
        least += Math.floor((restore.at - start.until - 1) / blockPeriod(env)) - 1;
      }
      const seen = `${taken.value} overruns after two blocks and three starts, expected at least ${least}`;
      run.that(taken.value >= least, seen, taken.index);
      const twice = `the second taking gave ${again.value}, expected 0`;
      run.that(again.value === 0, twice, again.index);
      run.results("start", 0).are("armed", "armed", "armed");
      const both = `${all.length} callbacks and ${taken.value} overruns for ${periods} periods`;
      run.that(all.length + taken.value === periods, both, taken.index);
    },
  }),
  law({
    id: "PER-10",
    title: "a long block costs no more",
    statement:
      "The time that the HAL takes after a long block does not grow with the periods missed.",
    origin: ["FreeBSD D29093, ec00c33"],
    needs: ["mask", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 1 });
        t.handler.stop(t);
        const most = Math.min(Math.floor(0.8 * lap(env)) - 4 * env.op, env.us(100_000));
        for (const part of [0.05, 1]) {
          main.mask().start(t);
          quietly(main, (list) => list.spin(Math.max(1, Math.floor(part * most))));
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
  law({
    id: "PER-17",
    title: "overrun policy of a queued soft callback",
    statement:
      "A soft periodic timer whose callback waits in the queue follows its overrun policy.",
    origin: ["MicroPython mpirq", "PebbleOS 680"],
    needs: ["soft", "overrun-policy", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const policies = ["coalesce", "burst", "skip"] as const;
        const all = policies.map((overrun) =>
          timer({ mode: "periodic", period: env.beat, dispatch: "soft", overrun }),
        );
        for (const t of all) main.start(t);
        main.sleep(Math.ceil(5.5 * env.beat)).service();
        quietly(main, (list) => list.service().service().service().service().service());
        for (const t of all) main.stop(t);
        for (const t of all) main.overruns(t);
      }),
    judge: (run, env) => {
      run.expiries().inInterrupt(false).neverEarly();
      run.expiries(0).exactly(1);
      run.values("overruns", 0).are(4);
      const burst = run.expiries(1).exactly(5).spaced(env.beat);
      burst.from(run.call("start", 1), env.beat);
      run.values("overruns", 1).are(0);
      run
        .expiries(2)
        .exactly(1)
        .from(run.call("start", 2), 5 * env.beat);
      run.values("overruns", 2).are(0);
    },
  }),
];
