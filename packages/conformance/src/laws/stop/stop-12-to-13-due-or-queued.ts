import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { shortDelay } from "../units.js";

/** Stops of a timer that is due, or whose soft callback is queued. */
export const stop12To13 = [
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
        if (env.semantics.equalDeadlines !== "fifo") sibling.handler.stop(first);
        main.capture(0);
        main
          .startAt(first, { delta: 2 * shortDelay(env) })
          .startAt(sibling, { delta: 2 * shortDelay(env) });
        main.sleep(4 * shortDelay(env));
      }),
    judge: (run, env) => {
      run.results("stop").are("removed");
      run.expiries().exactly(1).onTime();
      if (env.semantics.equalDeadlines === "fifo") run.expiries(0).exactly(1);
    },
  }),
  law({
    id: "STOP-13",
    title: "a queued soft callback is dropped",
    statement: "A stop drops a soft callback that is already queued, and returns removed.",
    origin: ["POSIX check_delete", "MicroPython soft callback after deinit"],
    needs: ["soft", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: shortDelay(env), dispatch: "soft" });
        const again = timer({ mode: "periodic", period: 2 * shortDelay(env), dispatch: "soft" });
        main
          .start(once)
          .start(again)
          .sleep(3 * shortDelay(env));
        main
          .stop(once)
          .stop(again)
          .service()
          .sleep(3 * shortDelay(env))
          .service();
      }),
    judge: (run, env) => {
      const isDropped = env.semantics.queuedOnStop === "dropped";
      const result = isDropped ? "removed" : "in-flight";
      run.results("stop").are(result, result);
      run.values("service").are(isDropped ? 0 : 2, 0);
      run.expiries().exactly(isDropped ? 0 : 2);
    },
  }),
];
