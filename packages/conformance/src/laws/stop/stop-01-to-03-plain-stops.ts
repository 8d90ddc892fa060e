import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { repeating, shortDelay, withoutRecords } from "../units.js";

/** What `stop()` promises in a thread, far from any expiry. */
export const stop01To03 = [
  law({
    id: "STOP-01",
    title: "removed means it never runs",
    statement:
      "After stop returned removed, the handler does not run, also when another timer is armed later.",
    origin: ["Zephyr cancelled_alarm", "RIOT ztimer_remove"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const stopped = timer({ mode: "one-shot", period: 2 * shortDelay(env) });
        const other = timer({ mode: "one-shot", period: 3 * shortDelay(env) });
        sweep({ from: 0, count: 8, step: Math.ceil(shortDelay(env) / 8) });
        main.start(stopped).spin(variable()).stop(stopped).start(other);
        withoutRecords(main, (list) => list.sleep(5 * shortDelay(env)));
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("removed");
      run.expiries(0).exactly(0);
      run
        .expiries(1)
        .exactly(1)
        .from(run.call("start", 1), 3 * shortDelay(env))
        .onTime();
    },
  }),
  law({
    id: "STOP-02",
    title: "never started is idle",
    statement: "stop() of a timer that was never started returns idle.",
    origin: ["Pico re-cancel", "ESP-IDF"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: 100 });
        const again = timer({ mode: repeating(env), period: 100 });
        main.stop(once).stop(again).stop(once);
      }),
    judge: (run) => {
      run.results("stop").are("idle", "idle", "idle");
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "STOP-03",
    title: "stopped after it ran is fired",
    statement:
      "stop() of a one-shot that ran since its last start returns fired, as often as it is asked.",
    origin: ["Pico should have fired or been cancelled", "RIOT ztimer_remove"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        main
          .start(t)
          .sleep(3 * shortDelay(env))
          .stop(t)
          .stop(t)
          .start(t)
          .sleep(3 * shortDelay(env))
          .stop(t)
          .stop(t);
      }),
    judge: (run) => {
      run.results("stop", 0).are("fired", "fired", "fired", "fired");
      run.expiries(0).exactly(2).onTime();
    },
  }),
];
