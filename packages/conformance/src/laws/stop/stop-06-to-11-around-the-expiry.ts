import { program } from "@escapement/scenario";
import { type Expiry, saidOf } from "../../check/index.js";
import { law } from "../define.js";
import { shortDelay, withoutRecords } from "../units.js";
import {
  aroundExpiry,
  checkBothSidesMet,
  checkRemovedOrRan,
  interruptAroundExpiry,
  wasInFlight,
} from "./race-window.js";

/** Stops just before, at and just after an expiry, from the thread and from an interrupt. */
export const stop06To11 = [
  law({
    id: "STOP-06",
    title: "thread's stop around the expiry",
    statement:
      'Of removed and "the handler ran" exactly one is true, wherever around the expiry the stop comes from the thread.',
    origin: ["Pico cancel race", "RIOT ztimer_remove contract"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        sweep(aroundExpiry(env));
        withoutRecords(main, (list) => list.start(t).spin(variable()));
        main.stop(t);
        withoutRecords(main, (list) => list.sleep(shortDelay(env)));
      }),
    judge: checkRemovedOrRan,
    whole: checkBothSidesMet,
  }),
  law({
    id: "STOP-07",
    title: "interrupt's stop around the expiry",
    statement:
      "Of removed and the handler ran exactly one is true, wherever around the expiry an interrupt stops the timer.",
    origin: ["Zephyr 40391, 54568", "Morton 2000"],
    needs: ["second-interrupt"],
    program: (env) => interruptAroundExpiry(env, (list, t) => list.stop(t), 5 * env.op + env.late),
    judge: checkRemovedOrRan,
    whole: checkBothSidesMet,
  }),
  law({
    id: "STOP-08",
    title: "due but masked, then stopped",
    statement:
      "A timer stopped with interrupts masked after its deadline passed returns removed and does not run.",
    origin: ["Pico cancel with masked interrupts", "Zephyr cancelled_alarm"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        sweep({ from: shortDelay(env) + 2 * env.op, count: 6, step: env.op });
        // Started before the mask: the compare is set, and its flag is up when the stop comes.
        withoutRecords(main, (list) => list.start(t).mask().spin(variable()));
        main.stop(t);
        withoutRecords(main, (list) => list.restore().sleep(2 * shortDelay(env)));
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
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        const other = timer({ mode: "one-shot", period: 3 * shortDelay(env) });
        sweep({ from: shortDelay(env) - env.op, count: 10, step: Math.ceil(env.op / 2) });
        withoutRecords(main, (list) => list.mask().start(t).spin(variable()));
        main.stop(t).restore().start(other);
        withoutRecords(main, (list) => list.sleep(2 * shortDelay(env)));
        main.start(t);
        withoutRecords(main, (list) => list.sleep(3 * shortDelay(env)));
      }),
    judge: (run, env) => {
      run.results("stop", 0).are("removed");
      run.expiries(0).exactly(1).from(run.call("start", 0), shortDelay(env)).onTime(env.op);
      run
        .expiries(1)
        .exactly(1)
        .from(run.call("start", 1), 3 * shortDelay(env))
        .onTime(env.op);
    },
  }),
  law({
    id: "STOP-10",
    title: "stop, start, stop in the dispatch window",
    statement:
      "An interrupt that stops, starts and stops a timer in its dispatch window leaves nothing that fires.",
    origin: ["Zephyr 109977"],
    needs: ["second-interrupt"],
    program: (env) =>
      interruptAroundExpiry(
        env,
        (list, t) => {
          list.stop(t);
          list.start(t);
          list.stop(t);
        },
        shortDelay(env) + 6 * env.op + env.late,
      ),
    judge: (run) => {
      run.expiries(0).onTime(2 * run.env.op);
      const first = run.call("stop", 0, 1);
      const last = run.call("stop", 0, 2);
      if (first.result !== "ok") run.expiries(0).exactly(first.result === "removed" ? 0 : 1);
      const after = run.view.expiries(0).filter((each) => each.index > first.index);
      run
        .these(
          after.filter((each) => !wasInFlight(run, first, each)),
          0,
        )
        .exactly(0);
      const wasRunning = saidOf(run.env, "in-flight").includes(first.result);
      const allowed = [...saidOf(run.env, "removed"), ...(wasRunning ? [first.result] : [])];
      const message = `the second stop returned "${last.result}"`;
      run.that(allowed.includes(last.result), message, last.index);
    },
    whole: checkBothSidesMet,
  }),
  law({
    id: "STOP-11",
    title: "start, stop, start in the dispatch window",
    statement:
      "An interrupt that starts, stops and starts a timer in its dispatch window leaves exactly one expiry, of the new schedule.",
    origin: ["Zephyr 109977"],
    needs: ["second-interrupt"],
    restsOn: ["startOfRunning", "startInHandler"],
    program: (env) =>
      interruptAroundExpiry(
        env,
        (list, t) => {
          list.start(t);
          list.stop(t);
          list.start(t);
        },
        shortDelay(env) + 8 * env.op + 3 * env.late,
      ),
    judge: (run, env) => {
      const last = run.interruptCall("start", 0, 2);
      const stop = run.call("stop", 0);
      run.results("stop", 0).all("removed", "in-flight");
      const old = (each: Expiry) => each.index < last.index || wasInFlight(run, stop, each);
      const after = run.view.expiries(0).filter((each) => !old(each));
      run.these(after, 0).exactly(1).from(last, shortDelay(env)).onTime(env.op);
      const before = run.view.expiries(0).filter(old);
      run.that(before.length <= 1, `${before.length} expiries before the interrupt, at most 1`);
    },
  }),
];
