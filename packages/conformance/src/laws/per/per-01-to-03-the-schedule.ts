import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { shortDelay } from "../units.js";

/** The grid of a periodic timer: start + k·T, whatever the handlers do. */
export const per01To03 = [
  law({
    id: "PER-01",
    title: "first callback after one period",
    statement: "The first callback comes one period after start().",
    origin: ["MicroPython RFC 2971"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 3 * env.beat });
        main
          .start(t)
          .sleep(2 * env.beat)
          .mark(1)
          .sleep(2 * env.beat)
          .stop(t);
      }),
    judge: (run, env) => {
      const first = run
        .expiries(0)
        .exactly(1)
        .onTime()
        .from(run.call("start", 0), 3 * env.beat);
      run.that(first.nth(1).index > run.mark(1).index, "the first callback came too soon");
    },
  }),
  law({
    id: "PER-02",
    title: "no drift",
    statement: "The scheduled times are start + k·T, without drift.",
    origin: ["Zephyr timer_behavior", "RIOT xtimer_drift", "avr8js 137"],
    needs: ["periodic"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: shortDelay(env) + 1 });
        main
          .start(t)
          .sleep(48 * shortDelay(env))
          .stop(t);
      }),
    judge: (run, env) => {
      const all = run
        .expiries(0)
        .atLeast(40)
        .onTime()
        .spaced(shortDelay(env) + 1);
      all.from(run.call("start", 0), shortDelay(env) + 1);
    },
  }),
  law({
    id: "PER-03",
    title: "a handler inside its period",
    statement: "A handler shorter than the period does not shift the schedule.",
    origin: ["Pico positive delay", "esp harmonic periods"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.spin(Math.floor(env.beat / 2));
        main
          .start(t)
          .sleep(Math.ceil(10.5 * env.beat))
          .stop(t);
      }),
    judge: (run, env) => {
      const all = run.expiries(0).exactly(10).onTime().spaced(env.beat);
      all.from(run.call("start", 0), env.beat);
    },
  }),
];
