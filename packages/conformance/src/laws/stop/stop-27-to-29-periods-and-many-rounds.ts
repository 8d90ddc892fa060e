import { type IterationView, program } from "@escapement/scenario";
import type { Judge } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { has, repetitions, shortDelay, withoutRecords } from "../units.js";
import { aroundExpiry, wasInFlight } from "./race-window.js";

/** Many times as often as there are slots, so that whatever a stop might use up runs out. */
function rounds(env: LawEnv): number {
  return repetitions(env, 4 * env.board.timers);
}

/** The registry is at the end as it was at the beginning; starts that were refused are findings anyway. */
function checkNothingUsedUp(run: Judge, timers: number): void {
  if (!has(run.env, "stats")) return;
  const seen = (stats: ReturnType<IterationView["stats"]>[number]): string =>
    `${stats.allocated} allocated, ${stats.pending} pending and ${stats.retired} retired`;
  for (const [at, stats] of run.stats(2).entries()) {
    const when = at === 0 ? "at first" : "at the end";
    const holds = stats.allocated === timers && stats.pending === 0 && stats.retired === 0;
    run.that(holds, `${seen(stats)} ${when}, expected ${timers}, 0 and 0`, stats.index);
  }
}

/** Stops around the end of a period, and stops repeated many times. */
export const stop27To29 = [
  law({
    id: "STOP-27",
    title: "interrupt's stop around a period's end",
    statement:
      "A periodic timer stopped by an interrupt, wherever around its expiry that comes, does not run again.",
    origin: ["Zephyr 40391, 54568"],
    needs: ["second-interrupt", "periodic"],
    program: (env) =>
      program(({ main, timer, interrupt, sweep, variable }) => {
        const t = timer({ mode: "periodic", period: shortDelay(env) });
        const irq = interrupt();
        irq.handler.stop(t);
        sweep(aroundExpiry(env));
        withoutRecords(main, (list) => list.start(t).interrupt(irq, variable()));
        main
          .sleep(4 * shortDelay(env))
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
  law({
    id: "STOP-28",
    title: "two stops under one mask, many times",
    statement:
      "Two stops in one masked section, many times the capacity, use nothing up: each start is armed, and the last one fires.",
    origin: ["MicroPython 18733 (first version leaked)", "Escapement issue 8"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [2, 3].map((beats) => timer({ mode: "one-shot", period: beats * env.beat }));
        if (has(env, "stats")) main.stats();
        main.repeat(rounds(env), (body) => {
          for (const t of all) body.start(t);
          body.mask();
          for (const t of all) body.stop(t);
          body.restore();
        });
        if (has(env, "stats")) main.stats();
        for (const t of all) main.start(t);
        main.sleep(5 * env.beat);
      }),
    judge: (run, env) => {
      checkNothingUsedUp(run, 2);
      for (const [timer, beats] of [2, 3].entries()) {
        const expiries = run.expiries(timer).exactly(1).onTime();
        expiries.from(run.call("start", timer), beats * env.beat);
      }
    },
  }),
  law({
    id: "STOP-29",
    title: "two stops in one handler, many times",
    statement:
      "Two stops in one handler or one interrupt, many times the capacity, use nothing up: each start is armed, and the last one fires.",
    origin: ["MicroPython 18733 (first version leaked)", "Escapement issue 8"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer, interrupt }) => {
        const all = [2, 3].map((beats) => timer({ mode: "one-shot", period: beats * env.beat }));
        const stopper = timer({ mode: "one-shot", period: env.op, quiet: true });
        for (const t of all) stopper.handler.stop(t);
        const wait = 4 * env.op + env.late;
        if (has(env, "stats")) main.stats();
        main.repeat(rounds(env), (body) => {
          for (const t of all) body.start(t);
          body.start(stopper).sleep(wait);
        });
        main.count(stopper);
        if (has(env, "second-interrupt")) {
          const irq = interrupt();
          for (const t of all) irq.handler.stop(t);
          main.repeat(rounds(env), (body) => {
            for (const t of all) body.start(t);
            body.interrupt(irq, env.op).sleep(wait);
          });
        }
        if (has(env, "stats")) main.stats();
        for (const t of all) main.start(t);
        main.sleep(5 * env.beat);
      }),
    judge: (run, env) => {
      checkNothingUsedUp(run, 3);
      run.values("count", 2).are(rounds(env));
      for (const [timer, beats] of [2, 3].entries()) {
        const expiries = run.expiries(timer).exactly(1).onTime();
        expiries.from(run.call("start", timer), beats * env.beat);
      }
    },
  }),
];
