import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import { law } from "../define.js";
import { has, shortDelay } from "../units.js";

/** What `service()` runs, and in which order handlers run. */
export const call13To20 = [
  law({
    id: "CALL-13",
    title: "service ends",
    statement: "service() runs what was queued at its entry and returns.",
    origin: ["fake-timers loopLimit"],
    needs: ["soft"],
    restsOn: ["queuedOnStop", "granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        // Comes due while the first callback runs, and so in the middle of the pass.
        const delay = 3 * env.op + env.board.latencies.minDeltaTicks;
        const sibling = timer({ mode: "one-shot", period: delay, dispatch: "soft" });
        t.handler.start(t).spin(delay + 2 * env.op + 2 * env.late);
        main.start(t).sleep(shortDelay(env)).start(sibling).service().service().stop(t).service();
      }),
    judge: (run) => {
      run.values("service").are(1, 2, 0);
      run.expiries(0).exactly(2).inInterrupt(false).neverEarly().during(run.view.calls("service"));
      run.expiries(1).exactly(1).inInterrupt(false).neverEarly();
      run.results("stop", 0).are("removed");
    },
  }),
  law({
    id: "CALL-14",
    title: "service inside a soft callback",
    statement: "service() inside a soft callback is refused with reentrant-service.",
    origin: ["MicroPython 6556"],
    needs: ["soft"],
    refusals: ["reentrant-service"],
    program: (env) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: shortDelay(env), dispatch: "soft" });
        const second = timer({ mode: "one-shot", period: shortDelay(env), dispatch: "soft" });
        first.handler.service();
        main
          .start(first)
          .start(second)
          .sleep(3 * shortDelay(env))
          .service();
      }),
    judge: (run) => {
      const [inner, outer] = run.view.calls("service");
      if (inner === undefined || outer === undefined) run.missing("service was not called twice");
      else {
        run.that(inner.result === "reentrant-service", `service returned "${inner.result}"`);
        run.that(
          outer.value === 2,
          `service ran ${outer.value} callbacks, expected 2`,
          outer.index,
        );
      }
      run.expiries(0).exactly(1);
      run.expiries(1).exactly(1);
      run.expiries().neverEarly().during(run.view.calls("service")).inInterrupt(false);
    },
  }),
  law({
    id: "CALL-15",
    title: "active while a one-shot's handler runs",
    statement:
      "active is true while the handler of a one-shot runs and false after it, also where it stopped itself the time before.",
    origin: ["FreeRTOS V10.2.0", "ESP-IDF is_active"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        // What is stopped in its first run is active again in the next.
        t.handler.pending(t).when(1).stop(t);
        main.pending(t);
        for (let round = 0; round < 2; round += 1) {
          main
            .start(t)
            .pending(t)
            .sleep(3 * env.beat)
            .pending(t);
        }
        if (!has(env, "soft")) return;
        const soft = timer({ mode: "one-shot", period: env.beat, dispatch: "soft" });
        soft.handler.pending(soft).when(1).stop(soft);
        for (let round = 0; round < 2; round += 1) {
          main
            .start(soft)
            .sleep(2 * env.beat)
            .service()
            .pending(soft);
        }
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(2).onTime();
      run.values("pending", 0).are(0, 1, 1, 0, 1, 1, 0);
      if (!has(env, "soft")) return;
      run.expiries(1).exactly(2).during(run.view.calls("service"));
      run.values("pending", 1).are(1, 0, 1, 0);
    },
  }),
  law({
    id: "CALL-16",
    title: "soft callbacks in order of expiry",
    statement: "Soft callbacks run in the order their timers expired.",
    origin: ["MicroPython schedule"],
    needs: ["soft"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [4, 1, 3, 2].map((spans) =>
          timer({ mode: "one-shot", period: spans * shortDelay(env), dispatch: "soft" }),
        );
        for (const t of all) main.start(t);
        main.sleep(6 * shortDelay(env)).service();
      }),
    judge: (run) => {
      run.values("service").are(4);
      const all = run.expiries().exactly(4).neverEarly().during(run.view.calls("service"));
      const order = listed(all.items.map((each) => each.timer));
      run.that(order === "1, 3, 2, 0", `soft callbacks ran as ${order}, expected 1, 3, 2, 0`);
    },
  }),
  law({
    id: "CALL-17",
    title: "timer handlers do not nest",
    statement: "Handlers of the timer interrupt do not nest in each other.",
    origin: ["Tock TRD 3", "fake-timers recursion"],
    program: (env) =>
      program(({ main, timer }) => {
        const long = timer({ mode: "one-shot", period: env.beat });
        const inside = timer({ mode: "one-shot", period: env.beat + 4 * env.op });
        long.handler.spin(10 * env.op);
        inside.handler.spin(env.op);
        main
          .start(long)
          .start(inside)
          .sleep(4 * env.beat);
      }),
    judge: (run, env) => {
      const ends = run.view.exits(0)[0] ?? run.missing("the long handler never returned");
      run.expiries(0).exactly(1).onTime();
      const inside = run.expiries(1).exactly(1).servedBy(ends.at, env.op).nth(1);
      run.that(inside.index > ends.index, "a timer's handler ran inside another's", inside.index);
      run.that(inside.context === 1, `it ran at level ${inside.context}, expected 1`, inside.index);
    },
  }),
  law({
    id: "CALL-19",
    title: "due while a handler runs",
    statement: "Timers that come due while a handler runs are served after it; none is skipped.",
    origin: ["Tock test_quick_alarms_not_skipped", "Embassy 3758"],
    program: (env) =>
      program(({ main, timer }) => {
        const long = timer({ mode: "one-shot", period: env.beat });
        long.handler.spin(12 * env.op);
        const all = [4, 6, 8, 10].map((ops) =>
          timer({ mode: "one-shot", period: env.beat + ops * env.op }),
        );
        main.start(long);
        for (const t of all) main.start(t);
        main.sleep(4 * env.beat);
      }),
    judge: (run, env) => {
      const ends = run.view.exits(0)[0] ?? run.missing("the long handler never returned");
      for (let timer = 1; timer <= 4; timer += 1) {
        run
          .expiries(timer)
          .exactly(1)
          .servedBy(ends.at, timer * env.op);
      }
    },
  }),
  law({
    id: "CALL-20",
    title: "a restart drops the queued callback",
    statement: "Restarting a timer drops its queued soft callback.",
    origin: ["POSIX check_rearm"],
    needs: ["soft"],
    restsOn: ["queuedOnStop", "startOfRunning"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat, dispatch: "soft" });
        main
          .start(t)
          .sleep(2 * env.beat)
          .start(t)
          .service()
          .sleep(2 * env.beat)
          .service();
      }),
    judge: (run, env) => {
      run.values("service").are(0, 1);
      const soft = run.expiries(0).exactly(1).neverEarly();
      soft.from(run.call("start", 0, 2), env.beat).during(run.view.calls("service"));
    },
  }),
];
