import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has } from "../units.js";

/** Stops that a handler makes of its own timer. */
export const stop04To05 = [
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
];
