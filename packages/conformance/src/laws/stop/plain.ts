import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { quietly, repeating, span } from "../units.js";

/** What `stop()` promises in a thread, far from any expiry. */
export const plainStops = [
  law({
    id: "STOP-01",
    title: "removed means it never runs",
    statement:
      "After stop returned removed, the handler does not run, also when another timer is armed later.",
    origin: ["Zephyr cancelled_alarm", "RIOT ztimer_remove"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const stopped = timer({ mode: "one-shot", period: 2 * span(env) });
        const other = timer({ mode: "one-shot", period: 3 * span(env) });
        sweep({ from: 0, count: 8, step: Math.ceil(span(env) / 8) });
        main.start(stopped).spin(variable()).stop(stopped).start(other);
        quietly(main, (list) => list.sleep(5 * span(env)));
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("removed");
      run.expiries(0).exactly(0);
      run
        .expiries(1)
        .exactly(1)
        .from(run.call("start", 1), 3 * span(env))
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
        const t = timer({ mode: "one-shot", period: span(env) });
        main
          .start(t)
          .sleep(3 * span(env))
          .stop(t)
          .stop(t)
          .start(t)
          .sleep(3 * span(env))
          .stop(t)
          .stop(t);
      }),
    judge: (run) => {
      run.results("stop", 0).are("fired", "fired", "fired", "fired");
      run.expiries(0).exactly(2).onTime();
    },
  }),
  law({
    id: "STOP-22",
    title: "a second stop is idle",
    statement: "A second stop after removed returns idle.",
    origin: ["Pico re-cancel", "MicroPython deinit twice"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.beat });
        const again = timer({ mode: repeating(env), period: env.beat });
        main.start(once).start(again).stop(once).stop(once).stop(again).stop(again);
        main.sleep(3 * env.beat);
      }),
    judge: (run) => {
      run.results("stop", 0).are("removed", "idle");
      run.results("stop", 1).are("removed", "idle");
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "STOP-20",
    title: "stop is bounded",
    statement: "stop() takes no longer than the operation time that the board states.",
    origin: ["Linux try_to_del_timer_sync"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [5, 3, 4, 2, 6, 7].map((beats) =>
          timer({ mode: repeating(env), period: beats * env.beat }),
        );
        for (const t of all) main.start(t);
        for (const t of all) main.stop(t);
        for (const t of all.slice(0, 2)) main.stop(t);
      }),
    judge: (run, env) => {
      const removed = [1, 2, 3, 4, 5, 6].map(() => "removed" as const);
      run
        .results("stop")
        .within(env.op)
        .are(...removed, "idle", "idle");
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "STOP-24",
    title: "stopping one moves no other",
    statement: "Stopping one timer moves no other.",
    origin: ["RIOT 45942f6", "NuttX ebf7f5f"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const early = timer({ mode: "one-shot", period: env.beat });
        const before = timer({ mode: "one-shot", period: 2 * env.beat });
        const beat = timer({ mode: "periodic", period: 3 * env.beat });
        const late = timer({ mode: "one-shot", period: 5 * env.beat });
        main.start(late).start(beat).start(early).start(before);
        main
          .stop(early)
          .stop(late)
          .sleep(10 * env.beat)
          .stop(beat);
      }),
    judge: (run, env) => {
      run.results("stop").are("removed", "removed", "removed");
      run.expiries(0).exactly(0);
      run.expiries(3).exactly(0);
      run
        .expiries(1)
        .exactly(1)
        .from(run.call("start", 1), 2 * env.beat)
        .onTime();
      const beats = run
        .expiries(2)
        .exactly(3)
        .onTime()
        .spaced(3 * env.beat);
      beats.from(run.call("start", 2), 3 * env.beat);
    },
  }),
];
