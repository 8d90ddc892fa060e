import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has, quietly, repeating, span } from "../units.js";

/** Stops after the moment has passed, with its interrupt or its callback still waiting. */
export const latchedStops = [
  law({
    id: "STOP-08",
    title: "due but masked, then stopped",
    statement:
      "A timer stopped with interrupts masked after its moment passed returns removed and does not run.",
    origin: ["Pico cancel with masked interrupts", "Zephyr cancelled_alarm"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        sweep({ from: span(env) + 2 * env.op, count: 6, step: env.op });
        // Started before the mask: the compare is set, and its flag is up when the stop comes.
        quietly(main, (list) => list.start(t).mask().spin(variable()));
        main.stop(t);
        quietly(main, (list) => list.restore().sleep(2 * span(env)));
      }),
    judge: (run) => {
      run.results("stop", 0).are("removed");
      run.expiries(0).exactly(0);
    },
  }),
  law({
    id: "STOP-09",
    title: "a latched flag and the next arming",
    statement: "A latched flag of a stopped timer never fires a later arming.",
    origin: ["RIOT 18976", "sam3x 15330"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        const other = timer({ mode: "one-shot", period: 3 * span(env) });
        sweep({ from: span(env) - env.op, count: 10, step: Math.ceil(env.op / 2) });
        quietly(main, (list) => list.mask().start(t).spin(variable()));
        main.stop(t).restore().start(other);
        quietly(main, (list) => list.sleep(2 * span(env)));
        main.start(t);
        quietly(main, (list) => list.sleep(3 * span(env)));
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("removed");
      run.expiries(0).exactly(1).from(run.call("start", 0), span(env)).onTime(env.op);
      run
        .expiries(1)
        .exactly(1)
        .from(run.call("start", 1), 3 * span(env))
        .onTime(env.op);
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
        const once = timer({ mode: "one-shot", period: span(env), dispatch: "soft" });
        const again = timer({ mode: "periodic", period: 2 * span(env), dispatch: "soft" });
        main
          .start(once)
          .start(again)
          .sleep(3 * span(env));
        main
          .stop(once)
          .stop(again)
          .service()
          .sleep(3 * span(env))
          .service();
      }),
    judge: (run) => {
      run.results("stop").are("removed", "removed");
      run.values("service").are(0, 0);
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "STOP-14",
    title: "stopSync with nothing in flight",
    statement: "stopSync() from a thread with nothing in flight returns as stop() does.",
    origin: ["Linux timer_delete_sync"],
    needs: ["stop-sync"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        const long = 20 * env.beat;
        main.stopSync(t, long).start(t).stopSync(t, long).stopSync(t, long);
        main
          .sleep(2 * env.beat)
          .start(t)
          .sleep(2 * env.beat)
          .stopSync(t, long);
      }),
    judge: (run, env) => {
      run.results("stopSync", 0).are("idle", "removed", "idle", "fired").within(env.op);
      run
        .expiries(0)
        .exactly(1)
        .from(run.call("start", 0, 2), env.beat)
        .onTime();
    },
  }),
  law({
    id: "STOP-17",
    title: "shut down for good",
    statement:
      "After shutdown(), of a running timer or of one that never ran, start, init and setPeriod are refused with timer-shut-down, and nothing of it fires; other timers do.",
    origin: ["Linux timer_shutdown_sync"],
    needs: ["shutdown"],
    refusals: ["timer-shut-down"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.beat });
        const again = timer({ mode: repeating(env), period: env.beat });
        const never = timer({ mode: "one-shot", period: env.beat });
        const other = timer({ mode: "one-shot", period: 3 * env.beat });
        main.capture(0);
        for (const t of [once, again]) main.start(t).shutdown(t);
        main.shutdown(never).start(other).start(never);
        for (const t of [once, again]) {
          main.start(t).init(t);
          if (has(env, "start-at")) main.startAt(t, { delta: 2 * env.beat });
          if (has(env, "set-period")) main.setPeriod(t, 2 * env.beat);
          main.start(t);
        }
        main
          .sleep(4 * env.beat)
          .pending(once)
          .pending(again);
      }),
    judge: (run, env) => {
      const refused = "timer-shut-down";
      run.results("shutdown").are("removed", "removed", "idle");
      run.results("start", 2).are(refused);
      run.expiries(2).exactly(0);
      // A refusal that leaves interrupts masked holds everybody back.
      const others = run.expiries(3).exactly(1).onTime();
      others.from(run.call("start", 3), 3 * env.beat);
      for (const timer of [0, 1]) {
        run.results("start", timer).are("armed", refused, refused);
        run.results("init", timer).are(refused);
        if (has(env, "start-at")) run.results("startAt", timer).are(refused);
        if (has(env, "set-period")) run.results("setPeriod", timer).are(refused);
      }
      for (const timer of [0, 1]) run.expiries(timer).exactly(0);
      run.values("pending").are(0, 0);
    },
  }),
];
