import { type Program, program, type TimerRef } from "@escapement/scenario";
import type { Call, Expiry, Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { quietly, repeating, span, sweepOver } from "../units.js";

const steps = 64;

/** Delay of the timers that the sweeps stop: well over the operations that come between. */
function delay(env: LawEnv): number {
  return span(env);
}

/** Moments from surely before the expiry to surely after it, as a delay after the start returned. */
function around(env: LawEnv) {
  return sweepOver(env, delay(env) - 5 * env.op, delay(env) + env.late + env.op, steps);
}

/**
 * Whether an expiry after a stop is one that the stop found in flight: where an interrupt comes
 * just after the HAL called the handler, the handler's first doing is seen after the interrupt.
 */
function wasInFlight(run: Judge, stop: Call, expiry: Expiry): boolean {
  if (stop.result !== "in-flight" || stop.context < 2) return false;
  return expiry.at - stop.until <= 2 * run.env.op;
}

/** Of removed and "the handler ran" exactly one is true, and nothing comes after the stop. */
function eitherOr(run: Judge): void {
  run.expiries(0).onTime(2 * run.env.op);
  const stop = run.call("stop", 0);
  const ran = run.view.expiries(0).length;
  if (stop.result === "removed") run.expiries(0).exactly(0);
  else if (stop.result === "fired" || stop.result === "in-flight") run.expiries(0).exactly(1);
  else
    run.say(`stop returned "${stop.result}" of a started timer that ran ${ran} times`, stop.index);
  for (const each of run.view.expiries(0)) {
    if (each.index < stop.index || wasInFlight(run, stop, each)) continue;
    run.say(`the handler ran after stop returned "${stop.result}"`, each.index);
  }
}

/** The sweep has to have met the timer before its expiry and after it. */
function metBoth(runs: readonly Judge[]): void {
  const results = runs.flatMap((run) => run.view.results("stop", 0));
  const removed = results.filter((result) => result === "removed").length;
  const last = runs.at(-1);
  if (removed > 0 && removed < results.length) return;
  last?.say(
    `${removed} of ${results.length} stops returned "removed"; the sweep met only one side`,
  );
}

/** A one-shot that starts, and the second interrupt that runs a list at each point around its expiry. */
function interrupted(
  env: LawEnv,
  build: (list: { stop(t: TimerRef): unknown; start(t: TimerRef): unknown }, t: TimerRef) => void,
  tail: number,
): Program {
  return program(({ main, timer, interrupt, sweep, variable }) => {
    const t = timer({ mode: "one-shot", period: delay(env) });
    const irq = interrupt();
    build(irq.handler, t);
    sweep(around(env));
    quietly(main, (list) => list.start(t).interrupt(irq, variable()));
    main.sleep(delay(env) + tail);
  });
}

/** Stops placed at each point around an expiry, from the thread and from the second interrupt. */
export const stopRaces = [
  law({
    id: "STOP-06",
    title: "thread's stop around the expiry",
    statement:
      'Of removed and "the handler ran" exactly one is true, wherever around the expiry the stop comes from the thread.',
    origin: ["Pico cancel race", "RIOT ztimer_remove contract"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: delay(env) });
        sweep(around(env));
        quietly(main, (list) => list.start(t).spin(variable()));
        main.stop(t);
        quietly(main, (list) => list.sleep(delay(env)));
      }),
    judge: eitherOr,
    whole: metBoth,
  }),
  law({
    id: "STOP-07",
    title: "interrupt's stop around the expiry",
    statement:
      "Of removed and the handler ran exactly one is true, wherever around the expiry an interrupt stops the timer.",
    origin: ["Zephyr 40391, 54568", "Morton 2000"],
    needs: ["second-interrupt"],
    program: (env) => interrupted(env, (list, t) => list.stop(t), 5 * env.op + env.late),
    judge: eitherOr,
    whole: metBoth,
  }),
  law({
    id: "STOP-10",
    title: "stop, start, stop in the dispatch window",
    statement:
      "An interrupt that stops, starts and stops a timer in its dispatch window leaves nothing that fires.",
    origin: ["Zephyr 109977"],
    needs: ["second-interrupt"],
    program: (env) =>
      interrupted(
        env,
        (list, t) => {
          list.stop(t);
          list.start(t);
          list.stop(t);
        },
        delay(env) + 6 * env.op + env.late,
      ),
    judge: (run) => {
      run.expiries(0).onTime(2 * run.env.op);
      const first = run.call("stop", 0, 1);
      const last = run.call("stop", 0, 2);
      run.expiries(0).exactly(first.result === "removed" ? 0 : 1);
      const after = run.view.expiries(0).filter((each) => each.index > first.index);
      run
        .these(
          after.filter((each) => !wasInFlight(run, first, each)),
          0,
        )
        .exactly(0);
      const allowed = first.result === "in-flight" ? ["in-flight", "removed"] : ["removed"];
      const message = `the second stop returned "${last.result}"`;
      run.that(allowed.includes(last.result), message, last.index);
    },
    whole: metBoth,
  }),
  law({
    id: "STOP-11",
    title: "start, stop, start in the dispatch window",
    statement:
      "An interrupt that starts, stops and starts a timer in its dispatch window leaves exactly one expiry, of the new schedule.",
    origin: ["Zephyr 109977"],
    needs: ["second-interrupt"],
    program: (env) =>
      interrupted(
        env,
        (list, t) => {
          list.start(t);
          list.stop(t);
          list.start(t);
        },
        delay(env) + 8 * env.op + 3 * env.late,
      ),
    judge: (run, env) => {
      const last = run.interruptCall("start", 0, 2);
      const stop = run.call("stop", 0);
      run.results("stop", 0).all("removed", "in-flight");
      const old = (each: Expiry) => each.index < last.index || wasInFlight(run, stop, each);
      const after = run.view.expiries(0).filter((each) => !old(each));
      run.these(after, 0).exactly(1).from(last, delay(env)).onTime(env.op);
      const before = run.view.expiries(0).filter(old);
      run.that(before.length <= 1, `${before.length} expiries before the interrupt, at most 1`);
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
  law({
    id: "STOP-27",
    title: "interrupt's stop around a period's end",
    statement:
      "A periodic timer stopped by an interrupt, wherever around its expiry that comes, does not run again.",
    origin: ["Zephyr 40391, 54568"],
    needs: ["second-interrupt", "periodic"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const t = timer({ mode: "periodic", period: delay(env) });
        const irq = interrupt();
        irq.handler.stop(t);
        sweep(around(env));
        quietly(main, (list) => list.start(t).interrupt(irq, variable()));
        main
          .sleep(4 * delay(env))
          .pending(t)
          .count(t);
      }),
    judge: (run) => {
      const stop = run.call("stop", 0);
      run.results("stop", 0).all("removed", "in-flight");
      run.expiries(0).onTime(2 * run.env.op);
      run.values("count", 0).are(run.view.expiries(0).length);
      const after = run.view.expiries(0).filter((each) => each.index > stop.index);
      const late = after.filter((each) => !wasInFlight(run, stop, each));
      run.these(late, 0).exactly(0);
      const before = run.view.expiries(0).length - late.length;
      run.that(before <= 1, `${before} expiries before the stop, at most 1`, stop.index);
      run.values("pending", 0).are(0);
    },
  }),
];
