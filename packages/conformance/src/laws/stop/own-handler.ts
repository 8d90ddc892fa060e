import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has, span } from "../units.js";

/** Stops that a handler makes: of its own timer, and of a sibling. */
export const stopsInHandlers = [
  law({
    id: "STOP-04",
    title: "periodic stopped by its own handler",
    statement:
      "A periodic timer, hard or soft, stopped by its own handler does not fire again; the result is in-flight.",
    origin: [
      "MicroPython soft timer",
      "ChibiOS chVTResetI in the callback",
      "RIOT ztimer_periodic",
    ],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.stop(t);
        main.start(t).sleep(10 * env.beat);
        if (!has(env, "soft")) return;
        const soft = timer({ mode: "periodic", period: env.beat, dispatch: "soft" });
        soft.handler.stop(soft);
        main.start(soft);
        for (const beats of [1.5, 2]) main.sleep(Math.ceil(beats * env.beat)).service();
      }),
    judge: (run, env) => {
      run.results("stop", 0).all("in-flight");
      run.expiries(0).exactly(1).onTime();
      if (!has(env, "soft")) return;
      run.results("stop", 1).all("in-flight");
      run.expiries(1).exactly(1).neverEarly().during(run.view.calls("service"));
      run.values("service").are(1, 0);
    },
  }),
  law({
    id: "STOP-05",
    title: "one-shot stopped by its own handler",
    statement: "A one-shot, hard or soft, stopped by its own handler returns in-flight.",
    origin: ["FreeRTOS prvTest7", "Pico 750"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        t.handler.stop(t);
        main.start(t).sleep(3 * env.beat);
        if (!has(env, "soft")) return;
        const soft = timer({ mode: "one-shot", period: env.beat, dispatch: "soft" });
        soft.handler.stop(soft);
        main
          .start(soft)
          .sleep(2 * env.beat)
          .service();
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("in-flight");
      run.expiries(0).exactly(1).onTime();
      if (!has(env, "soft")) return;
      run.results("stop", 1).are("in-flight");
      run.expiries(1).exactly(1).neverEarly().during(run.view.calls("service"));
      run.values("service").are(1);
    },
  }),
  law({
    id: "STOP-12",
    title: "sibling due at the same tick",
    statement:
      "A sibling due at the same tick, stopped by a handler, returns removed and does not run.",
    origin: ["fake-timers 585", "NuttX 50f801d"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: 1 });
        const sibling = timer({ mode: "one-shot", period: 1 });
        first.handler.stop(sibling);
        // Where equal deadlines run in any order, the other one may be the first.
        if (!has(env, "equal-order")) sibling.handler.stop(first);
        main.capture(0);
        main.startAt(first, { delta: 2 * span(env) }).startAt(sibling, { delta: 2 * span(env) });
        main.sleep(4 * span(env));
      }),
    judge: (run, env) => {
      run.results("stop").are("removed");
      run.expiries().exactly(1).onTime();
      if (has(env, "equal-order")) run.expiries(0).exactly(1);
    },
  }),
  law({
    id: "STOP-15",
    title: "stopSync in its own handler",
    statement: "stopSync() from the own handler returns in-flight at once.",
    origin: ["ESP-IDF stop_blocking", "Linux lockdep note"],
    needs: ["stop-sync", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.stopSync(t, 8 * env.beat);
        main.start(t).sleep(4 * env.beat);
      }),
    judge: (run, env) => {
      run.results("stopSync", 0).are("in-flight").within(env.op);
      run.expiries(0).exactly(1).onTime();
    },
  }),
  law({
    id: "STOP-18",
    title: "shutdown in its own handler",
    statement: "shutdown() in its own handler: nothing more comes.",
    origin: ["Linux timer_shutdown_sync"],
    needs: ["shutdown", "periodic"],
    refusals: ["timer-shut-down"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.shutdown(t);
        main
          .start(t)
          .sleep(4 * env.beat)
          .start(t)
          .sleep(2 * env.beat);
      }),
    judge: (run) => {
      run.results("shutdown", 0).are("in-flight");
      run.results("start", 0).are("armed", "timer-shut-down");
      run.expiries(0).exactly(1).onTime();
    },
  }),
  law({
    id: "STOP-21",
    title: "stop, then start in its own handler",
    statement:
      "A handler that stopped its own timer may start it again; it fires one period later.",
    origin: ["Morton 2000", 'Zephyr counter "channel is available in that context"'],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * env.beat });
        t.handler.when(1).spin(env.op).stop(t).start(t);
        main
          .start(t)
          .sleep(5 * env.beat)
          .stop(t)
          .sleep(3 * env.beat);
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("in-flight", "removed");
      const all = run.expiries(0).exactly(2).onTime();
      const again = run.interruptCall("start", 0);
      run.these(all.items.slice(1), 0).from(again, 2 * env.beat);
    },
  }),
  law({
    id: "STOP-25",
    title: "the shortest period, stopped in its handler",
    statement: "A timer of the shortest period can be stopped from its own handler.",
    origin: ["Pico 750"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 1 });
        t.handler.stop(t);
        main.start(t).sleep(2 * span(env));
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("in-flight");
      const all = run.expiries(0).exactly(1);
      all.servedBy(all.nth(1).scheduled, env.op);
    },
  }),
];
