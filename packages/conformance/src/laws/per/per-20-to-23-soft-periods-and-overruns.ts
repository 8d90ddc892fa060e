import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { blockPeriod, has, withoutRecords } from "../units.js";
import { periodNumber } from "./masked-block.js";

/** Soft periodic timers, and overruns that outlive a stop. */
export const per20To23 = [
  law({
    id: "PER-20",
    title: "a soft period, served again and again",
    statement:
      "A soft periodic timer that is served after each period runs once for each, on its schedule, and misses none.",
    origin: ["MicroPython schedule", "Escapement issue 8"],
    needs: ["soft", "periodic"],
    restsOn: ["queuedOnStop"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat, dispatch: "soft" });
        main.start(t).sleep(Math.ceil(1.5 * env.beat));
        for (let round = 0; round < 4; round += 1) main.service().sleep(env.beat);
        main.stop(t).service();
        if (has(env, "overrun-policy")) main.overruns(t);
      }),
    judge: (run, env) => {
      run.values("service").are(1, 1, 1, 1, 0);
      const all = run.expiries(0).exactly(4).inInterrupt(false).neverEarly().spaced(env.beat);
      all.from(run.call("start", 0), env.beat).during(run.view.calls("service"));
      run.results("stop", 0).are("removed");
      if (has(env, "overrun-policy")) run.values("overruns", 0).are(0);
    },
  }),
  law({
    id: "PER-21",
    title: "the overruns outlive a stop",
    statement:
      "Overruns survive stop and start and add up; only taking them, and init, clears them.",
    origin: ["Zephyr k_timer_status_get", "Escapement issue 8"],
    needs: ["mask", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods", "maxOverruns", "granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const period = blockPeriod(env);
        const t = timer({ mode: "periodic", period });
        for (const periods of [5.5, 3.5]) {
          main.mask().start(t);
          withoutRecords(main, (list) => list.spin(Math.ceil(periods * period)));
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
        periods += periodNumber(env, start, last.scheduled);
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
    id: "PER-22",
    title: "what one pass of service runs",
    statement:
      "One pass of service() runs a coalescing or skipping timer at most once, and a bursting one once for each period due at its start; what comes due in the pass waits for the next.",
    origin: ["fake-timers loopLimit", "Escapement issue 8"],
    needs: ["soft", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods", "equalDeadlines"],
    program: (env) =>
      program(({ main, timer }) => {
        const period = 4 * env.beat;
        const policies = ["coalesce", "skip", "burst"] as const;
        const all = policies.map((overrun) =>
          timer({ mode: "periodic", period, dispatch: "soft", overrun }),
        );
        // The first callback takes so long that its own timer comes due again, and the last one too.
        all[0]?.handler.when(1).spin(Math.ceil(1.3 * period));
        for (const t of all) main.start(t);
        main.sleep(Math.ceil(3.4 * period)).service();
        for (const t of all) main.count(t);
        main.sleep(Math.ceil(env.beat / 2)).service();
        for (const t of all) main.count(t);
        for (const t of all) main.stop(t);
      }),
    judge: (run, env) => {
      run.values("service").are(5, 2);
      run.values("count", 0).are(1, 2);
      run.values("count", 1).are(1, 1);
      run.values("count", 2).are(3, 4);
      run.expiries().inInterrupt(false).neverEarly().during(run.view.calls("service"));
      const burst = run.expiries(2).spaced(4 * env.beat);
      burst.from(run.call("start", 2), 4 * env.beat);
    },
  }),
  law({
    id: "PER-23",
    title: "a new period of a soft timer that waits",
    statement:
      "A new period set while the soft callback waits, or runs, counts from the expiry that it waits, or runs, for.",
    origin: ["ESP-IDF restart", "Escapement issue 8"],
    needs: ["soft", "set-period", "periodic"],
    restsOn: ["setPeriod"],
    program: (env) =>
      program(({ main, timer }) => {
        const period = 2 * env.beat;
        const [waiting, taken] = [0, 1].map(() =>
          timer({ mode: "periodic", period, dispatch: "soft" }),
        );
        if (waiting === undefined || taken === undefined) return;
        taken.handler.when(1).setPeriod(taken, 3 * env.beat);
        main
          .start(waiting)
          .start(taken)
          .sleep(Math.ceil(2.5 * env.beat));
        main
          .setPeriod(waiting, 3 * env.beat)
          .service()
          .sleep(2 * env.beat)
          .service()
          .sleep(env.beat)
          .service();
        for (const t of [waiting, taken]) main.stop(t);
      }),
    judge: (run, env) => {
      run.values("service").are(2, 0, 2);
      for (const timer of [0, 1]) {
        const both = run.expiries(timer).exactly(2).during(run.view.calls("service")).neverEarly();
        both.from(run.call("start", timer), 2 * env.beat).spaced(3 * env.beat);
      }
    },
  }),
];
