import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has } from "../units.js";

/** Changes of a running timer's period. */
export const periodChanges = [
  law({
    id: "PER-06",
    title: "a new period from outside",
    statement:
      "A new period moves the pending expiry by the difference of new and old: it counts from the last expiry, or from a period before the first; where that moment has passed the timer is due at once.",
    origin: ["ESP-IDF restart", "gptimer dynamic alarm"],
    needs: ["set-period", "periodic"],
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
];
