import { program } from "@escapement/scenario";
import { partialTick } from "../../check/index.js";
import { law } from "../define.js";
import { beforeWrap, shortDelay, withoutRecords } from "../units.js";

/** Delays of a few ticks and of a beat: never early, late by a stated bound. */
export const arm01To04 = [
  law({
    id: "ARM-01",
    title: "never early",
    statement:
      "A handler never runs before its deadline, for delays of 1 to 100 ticks, in the middle of a lap and across the wrap.",
    origin: ["Tock TRD 105", "Zephyr timers guide", "NuttX wdtest_checkdelay"],
    needs: ["phase"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: variable() });
        sweep({ from: 1, count: 100, step: 1 });
        main.start(t);
        withoutRecords(main, (list) => {
          list.sleep(variable(env.late + 4 * env.op)).phase(beforeWrap(env, env.op + 50));
        });
        main.start(t);
        withoutRecords(main, (list) => list.sleep(variable(env.late + 4 * env.op)));
      }),
    judge: (run) => {
      const expiries = run.expiries(0).exactly(2);
      for (const nth of [1, 2]) {
        const expiry = expiries.nth(nth);
        const start = run.call("start", 0, nth);
        const waited = run.ticks(expiry.at - start.at);
        const early = `the handler ran ${waited} after the call of start`;
        const least = run.view.value + partialTick(run.env);
        const holds = expiry.at - start.at >= least;
        run.that(holds, `${early}, expected at least ${least}`, expiry.index);
        run.these([expiry], 0).servedBy(start.until);
      }
    },
  }),
  law({
    id: "ARM-02",
    title: "the partial tick is waited for",
    statement:
      "start() waits the whole period after the tick that was running at the call; it returns armed, also with the shortest delay.",
    origin: ["rtic-time 1.1.0", "embedded-hal DelayNs"],
    needs: ["phase"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        const shortest = timer({ mode: "one-shot", period: 1 });
        sweep({ from: 5, count: 32, step: 1 });
        withoutRecords(main, (list) => list.phase(variable()));
        main.start(t);
        withoutRecords(main, (list) => list.sleep(2 * shortDelay(env)));
        main.start(shortest);
        withoutRecords(main, (list) => list.sleep(shortDelay(env)));
      }),
    judge: (run, env) => {
      if (env.semantics.relativeStart === "armed") run.results("start").are("armed", "armed");
      else run.results("start").all("armed", "late");
      run.expiries(1).exactly(1).servedBy(run.call("start", 1).until);
      run.expiries(0).exactly(1).from(run.call("start", 0), shortDelay(env)).onTime();
    },
  }),
  law({
    id: "ARM-03",
    title: "late only by the stated bound",
    statement:
      "A handler is entered within the stated lateness of its deadline when nothing masks or precedes it.",
    origin: ["Tock random_alarm", "Zephyr timer_behavior"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const once = timer({ mode: "one-shot", period: variable() });
        const again = timer({ mode: "periodic", period: variable() });
        sweep({ from: shortDelay(env), count: 6, step: Math.ceil(env.beat / 5) });
        main.start(once).sleep(variable(shortDelay(env)));
        main
          .start(again)
          .sleep(variable())
          .sleep(variable(shortDelay(env)))
          .stop(again);
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime();
      run.expiries(1).atLeast(2).onTime();
    },
  }),
  law({
    id: "ARM-04",
    title: "delays that shrink to one tick",
    statement: "Delays that shrink one by one down to one tick all fire.",
    origin: ["RIOT timer_short_relative_set", "Zephyr short_relative"],
    needs: ["set-period"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        for (const delay of [100, 64, 40, 24, 16, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) {
          withoutRecords(main, (list) => list.setPeriod(t, delay));
          main.start(t);
          withoutRecords(main, (list) => list.sleep(delay + env.late + 3 * env.op));
        }
      }),
    judge: (run) => {
      const starts = run.view.calls("start", 0);
      const expiries = run.expiries(0).exactly(16).items;
      for (const [at, start] of starts.entries()) {
        const next = starts[at + 1]?.at ?? Number.POSITIVE_INFINITY;
        const mine = expiries.filter((each) => each.at >= start.at && each.at < next);
        run.these(mine, 0).exactly(1).servedBy(start.until);
      }
    },
  }),
];
