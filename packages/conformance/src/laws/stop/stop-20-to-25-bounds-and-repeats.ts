import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { repeating, shortDelay } from "../units.js";

/** What a stop costs, a second stop, and what a stop leaves alone. */
export const stop20To25 = [
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
  law({
    id: "STOP-25",
    title: "the shortest period, stopped in its handler",
    statement: "A timer of the shortest period can be stopped from its own handler.",
    origin: ["Pico 750"],
    needs: ["periodic"],
    mayHang: true,
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 1 });
        t.handler.stop(t);
        main.start(t).sleep(2 * shortDelay(env));
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("in-flight");
      const all = run.expiries(0).exactly(1);
      all.servedBy(all.nth(1).scheduled, env.op);
    },
  }),
];
