import { program } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { shortDelay } from "../units.js";

/** How long a handler that starts itself again is let run. */
function starvedFor(env: LawEnv): number {
  const isShort = env.systematic === true && env.semantics.granularityTicks === 1;
  return isShort ? 3 * env.op : shortDelay(env);
}

/** What a handler may do: throw, start, set up, shut down, release. */
export const call05To12 = [
  law({
    id: "CALL-05",
    title: "a throw is contained",
    statement: "A callback that throws is contained and reported once; the others still run.",
    origin: ["fake-timers", "MicroPython mp_irq_dispatch"],
    needs: ["exceptions", "periodic"],
    errors: ["callback-threw"],
    program: (env) =>
      program(({ main, timer }) => {
        const throwing = timer({ mode: "one-shot", period: env.beat });
        const next = timer({ mode: "one-shot", period: env.beat });
        const other = timer({ mode: "periodic", period: env.beat });
        throwing.handler.throw();
        main
          .start(throwing)
          .start(next)
          .start(other)
          .sleep(3 * env.beat + 4 * env.op)
          .stop(other);
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(1);
      run
        .expiries(1)
        .exactly(1)
        .onTime(2 * env.op);
      run
        .expiries(2)
        .exactly(3)
        .onTime(2 * env.op);
      const errors = run.view.errors().length;
      run.that(errors === 1, `${errors} errors reported, expected exactly 1`);
    },
  }),
  law({
    id: "CALL-06",
    title: "periodic goes on after a throw",
    statement: "A periodic timer whose callback threw goes on.",
    origin: ["fake-timers"],
    needs: ["exceptions", "periodic"],
    errors: ["callback-threw"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.throw();
        main
          .start(t)
          .sleep(Math.ceil(4.5 * env.beat))
          .stop(t);
      }),
    judge: (run, env) => {
      const callbacks = env.semantics.callbackThrows === "contained" ? 4 : 1;
      run.expiries(0).exactly(callbacks).onTime().spaced(env.beat);
      const errors = run.view.errors().length;
      const message = `${errors} errors reported, expected one for each of ${callbacks} callbacks`;
      run.that(errors === callbacks, message);
    },
  }),
  law({
    id: "CALL-07",
    title: "a one-shot starts itself again",
    statement: "A one-shot may start itself again in its handler.",
    origin: ["Morton 2000", 'Tock "alarm is disabled when this is called"'],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        t.handler.start(t);
        main
          .start(t)
          .sleep(Math.ceil(5.5 * env.beat))
          .stop(t)
          .sleep(2 * env.beat);
      }),
    judge: (run, env) => {
      const all = run.expiries(0).atLeast(4).onTime();
      for (const [at, expiry] of all.items.entries()) {
        run.these([expiry], 0).from(run.call("start", 0, at + 1), env.beat);
      }
      run.results("stop", 0).are("removed");
    },
  }),
  law({
    id: "CALL-08",
    title: "a handler starts a sibling",
    statement: "A handler may start a sibling.",
    origin: ["Tock test_second_alarm_set_during_first_alarm_firing"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: env.beat });
        const once = timer({ mode: "one-shot", period: 2 * env.beat });
        const again = timer({ mode: "periodic", period: env.beat });
        first.handler.start(once).start(again);
        main
          .start(first)
          .sleep(Math.ceil(4.5 * env.beat))
          .stop(again);
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(1).onTime();
      const once = run.expiries(1).exactly(1).onTime(env.op);
      once.from(run.interruptCall("start", 1), 2 * env.beat);
      const again = run.expiries(2).exactly(3).onTime(env.op).spaced(env.beat);
      again.from(run.interruptCall("start", 2), env.beat);
    },
  }),
  law({
    id: "CALL-09",
    title: "a handler sets its own timer up again",
    statement: "A handler may set its own timer up again; nothing of the old setting fires.",
    origin: ["MicroPython 19162"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.when(1).init(t).pending(t);
        main
          .start(t)
          .sleep(4 * env.beat)
          .pending(t)
          .mark(1);
        main
          .start(t)
          .sleep(Math.ceil(2.5 * env.beat))
          .stop(t);
      }),
    judge: (run, env) => {
      const mark = run.mark(1).index;
      const all = run.expiries(0).exactly(3).onTime().items;
      run
        .these(
          all.filter((each) => each.index < mark),
          0,
        )
        .exactly(1);
      const after = run.these(
        all.filter((each) => each.index > mark),
        0,
      );
      after.from(run.call("start", 0, 2), env.beat).spaced(env.beat);
      run.values("pending", 0).are(0, 0);
    },
  }),
  law({
    id: "CALL-10",
    title: "a handler shuts its own timer down",
    statement: "A handler may shut its own timer down.",
    origin: ["Linux timer_shutdown_sync"],
    needs: ["shutdown", "periodic"],
    refusals: ["timer-shut-down"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        const other = timer({ mode: "periodic", period: env.beat });
        t.handler.shutdown(t).start(t);
        main
          .start(t)
          .start(other)
          .sleep(Math.ceil(3.5 * env.beat))
          .stop(other)
          .pending(t);
      }),
    judge: (run, env) => {
      run.results("shutdown", 0).are("in-flight");
      run.results("start", 0).are("armed", "timer-shut-down");
      run.expiries(0).exactly(1).onTime();
      run
        .expiries(1)
        .exactly(3)
        .onTime(3 * env.op)
        .spaced(env.beat);
      run.values("pending", 0).are(0);
    },
  }),
  law({
    id: "CALL-11",
    title: "a handler releases a sibling",
    statement: "A handler may release a pending sibling; it does not run.",
    origin: ["NuttX ebf7f5f", "Flipper 3431"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: env.beat });
        const near = timer({ mode: "one-shot", period: env.beat + 1 });
        const far = timer({ mode: "periodic", period: 2 * env.beat });
        const kept = timer({ mode: "one-shot", period: 2 * env.beat });
        first.handler.deinit(near).deinit(far);
        main
          .start(first)
          .start(near)
          .start(far)
          .start(kept)
          .sleep(6 * env.beat);
      }),
    judge: (run, env) => {
      run.results("deinit").are("ok", "ok");
      run.expiries(0).exactly(1).onTime();
      // The first sibling was due a few ticks later, in the same pass of the interrupt or the next.
      run.expiries(1).exactly(0);
      run.expiries(2).exactly(0);
      run
        .expiries(3)
        .exactly(1)
        .onTime()
        .from(run.call("start", 3), 2 * env.beat);
    },
  }),
  law({
    id: "CALL-12",
    title: "restarting at once does not starve the thread",
    statement:
      "A handler that starts itself again with the shortest delay does not starve the thread forever.",
    origin: ["fake-timers 522", "Bun 42728"],
    mayHang: true,
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1, quiet: true });
        t.handler.start(t);
        main.repeat(1, (body) => body.start(t).sleep(starvedFor(env)).stop(t));
        main.count(t).sleep(env.beat).count(t).pending(t);
      }),
    judge: (run) => {
      const [first = 0, second = -1] = run.values("count", 0).list();
      run.that(first >= 2, `the handler ran ${first} times, expected at least 2`);
      run.that(first === second, `the handler ran ${second - first} times after the stop`);
      run.values("pending", 0).are(0);
    },
  }),
];
