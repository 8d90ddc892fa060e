import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { shortDelay, withoutRecords } from "../units.js";

/** Where a callback runs, and what it sees. */
export const call01To04 = [
  law({
    id: "CALL-01",
    title: "hard runs in the interrupt",
    statement: "A hard callback runs in interrupt context.",
    origin: ["MicroPython hard", "Zephyr k_timer"],
    needs: ["hard", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.beat });
        const again = timer({ mode: "periodic", period: 2 * env.beat });
        main
          .start(once)
          .start(again)
          .sleep(7 * env.beat)
          .stop(again);
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(1);
      run.expiries(1).exactly(3);
      run.expiries().inInterrupt(true).onTime(env.op);
    },
  }),
  law({
    id: "CALL-02",
    title: "soft runs in service, and not before",
    statement: "A soft callback runs in thread context, in service() and not before.",
    origin: ["MicroPython schedule"],
    needs: ["soft"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat, dispatch: "soft" });
        main
          .start(t)
          .service()
          .sleep(3 * env.beat)
          .mark(1)
          .service()
          .service();
      }),
    judge: (run) => {
      run.values("service").are(0, 1, 0);
      const soft = run.expiries(0).exactly(1).inInterrupt(false).neverEarly();
      soft.from(run.call("start", 0), run.env.beat);
      const expiry = soft.neverEarly().during(run.view.calls("service")).nth(1);
      const before = expiry.index < run.mark(1).index;
      run.that(!before, "the soft callback ran before service was called", expiry.index);
    },
  }),
  law({
    id: "CALL-03",
    title: "the scheduled time is the one armed for",
    statement: "The scheduled time that a callback sees is the time it was armed for.",
    origin: ["NuttX hrtimer", "Zephyr counter ticks"],
    needs: ["start-at", "mask", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const exact = timer({ mode: "one-shot", period: 1 });
        const again = timer({ mode: "periodic", period: 2 * env.beat });
        main
          .capture(0)
          .startAt(exact, { delta: 3 * env.beat })
          .start(again);
        main
          .sleep(2 * env.beat + env.late + env.op)
          .mask()
          .spin(env.beat)
          .restore();
        main.sleep(2 * env.beat).stop(again);
      }),
    judge: (run, env) => {
      const restore = run.call("restore").until;
      const exact = run.expiries(0).scheduledAt(run.reads().nth(1).value + 3 * env.beat);
      exact.servedBy(restore, env.op);
      const again = run
        .expiries(1)
        .exactly(2)
        .spaced(2 * env.beat)
        .servedBy(restore, env.op);
      again.from(run.call("start", 1), 2 * env.beat);
    },
  }),
  law({
    id: "CALL-04",
    title: "every soft callback can wait",
    statement: "Soft callbacks of every timer can wait at once; none is lost.",
    origin: ["MicroPython mpirq", "PebbleOS 680"],
    needs: ["soft"],
    program: (env) =>
      program(({ main, timer }) => {
        const count = Math.min(env.board.timers, 12);
        for (let index = 0; index < count; index += 1) {
          const t = timer({ mode: "one-shot", period: shortDelay(env), dispatch: "soft" });
          withoutRecords(main, (list) => list.start(t));
        }
        main
          .sleep(3 * shortDelay(env))
          .service()
          .service();
      }),
    judge: (run, env) => {
      const count = Math.min(env.board.timers, 12);
      run.values("service").are(count, 0);
      run
        .expiries()
        .exactly(count)
        .inInterrupt(false)
        .neverEarly()
        .during(run.view.calls("service"));
      for (let timer = 0; timer < count; timer += 1) run.expiries(timer).exactly(1);
    },
  }),
];
