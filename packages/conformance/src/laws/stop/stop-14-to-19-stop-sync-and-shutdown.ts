import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { has, repeating } from "../units.js";

/** `stopSync()`, `shutdown()`, and a stop over a running handler. */
export const stop14To19 = [
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
    id: "STOP-15",
    title: "stopSync in its own handler",
    statement: "stopSync() in its own handler returns in-flight at once.",
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
    id: "STOP-16",
    title: "stopSync from an interrupt",
    statement: "stopSync from an interrupt returns at once, as stop does.",
    origin: ["ESP-IDF stop_blocking", "NuttX hrtimer_cancel_sync"],
    needs: ["second-interrupt", "stop-sync"],
    program: (env) =>
      program(({ main, timer, interrupt }) => {
        const pending = timer({ mode: repeating(env), period: 4 * env.beat });
        const idle = timer({ mode: "one-shot", period: env.beat });
        const irq = interrupt();
        irq.handler.stopSync(pending, 20 * env.beat).stopSync(idle, 20 * env.beat);
        main
          .start(pending)
          .interrupt(irq, env.beat)
          .sleep(10 * env.beat);
      }),
    judge: (run, env) => {
      run.results("stopSync", 0).are("removed").within(env.op);
      run.results("stopSync", 1).are("idle").within(env.op);
      run.that(run.call("stopSync", 0).context > 0, "stopSync did not run in the interrupt");
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "STOP-17",
    title: "shut down permanently",
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
    id: "STOP-19",
    title: "stop over its running handler",
    statement:
      "A stop from an interrupt that interrupted the handler returns in-flight, and nothing more comes.",
    origin: ["Zephyr 109977", "Morton 2000"],
    needs: ["second-interrupt", "nesting", "periodic"],
    program: (env) =>
      program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "periodic", period: 3 * env.beat });
        const irq = interrupt();
        irq.handler.stop(t);
        t.handler.interrupt(irq, 2 * env.op).spin(env.beat);
        main.start(t).sleep(10 * env.beat);
      }),
    judge: (run) => {
      const stop = run.call("stop", 0);
      run.results("stop", 0).are("in-flight");
      run.that(stop.context === 2, `stop ran at level ${stop.context}, expected 2`, stop.index);
      run.expiries(0).exactly(1).onTime();
    },
  }),
];
