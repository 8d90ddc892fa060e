import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import { law } from "../define.js";
import { quietly, span, sweepOver } from "../units.js";

/** Several timers: who is first, in which order, and what becomes of the others. */
export const armQueue = [
  law({
    id: "ARM-12",
    title: "a new earliest timer",
    statement: "A new earliest timer re-programs the hardware.",
    origin: ["rtic-time 1.1.0"],
    program: (env) =>
      program(({ main, timer }) => {
        const late = timer({ mode: "one-shot", period: 8 * env.beat });
        const middle = timer({ mode: "one-shot", period: 4 * env.beat });
        // Well under a lap even where that is short, so that no hop gets there first by chance.
        const early = timer({ mode: "one-shot", period: span(env) });
        main
          .start(late)
          .start(middle)
          .start(early)
          .sleep(10 * env.beat);
      }),
    judge: (run, env) => {
      for (const [timer, delay] of [8 * env.beat, 4 * env.beat, span(env)].entries()) {
        run.expiries(timer).exactly(1).onTime().from(run.call("start", timer), delay);
      }
    },
  }),
  law({
    id: "ARM-13",
    title: "the earliest one goes, the next stays",
    statement:
      "When the earliest timer is stopped or moved later, the next one still fires on time.",
    origin: ["RIOT 45942f6", "NuttX 493e207"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer }) => {
        const stopped = timer({ mode: "one-shot", period: env.beat });
        const moved = timer({ mode: "one-shot", period: 2 * env.beat });
        const next = timer({ mode: "one-shot", period: 4 * env.beat });
        main.capture(0).start(stopped).start(moved).start(next);
        main
          .stop(stopped)
          .startAt(moved, { delta: 6 * env.beat })
          .sleep(8 * env.beat);
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(0);
      run
        .expiries(1)
        .scheduledAt(run.reads().nth(1).value + 6 * env.beat)
        .onTime();
      run
        .expiries(2)
        .exactly(1)
        .from(run.call("start", 2), 4 * env.beat)
        .onTime();
    },
  }),
  law({
    id: "ARM-14",
    title: "equal moments in order of arming",
    statement: "Equal moments fire in the order of arming.",
    origin: ['ESP-IDF "multiple timers are ordered"', "rp2040js SimulationClock"],
    needs: ["start-at", "equal-order"],
    program: (env) =>
      program(({ main, timer, sweep }) => {
        const all = [0, 1, 2, 3].map(() => timer({ mode: "one-shot", period: 1 }));
        sweep({ from: 0, count: 4, step: 1 });
        main.capture(0);
        quietly(main, (list) => {
          for (const index of [2, 0, 3, 1]) {
            const t = all[index];
            if (t !== undefined) list.startAt(t, { delta: 2 * span(env) });
          }
        });
        quietly(main, (list) => list.sleep(4 * span(env)));
      }),
    judge: (run, env) => {
      const moment = run.reads().nth(1).value + 2 * span(env);
      const expiries = run.expiries().scheduledAt(moment, moment, moment, moment);
      expiries.onTime(4 * env.op);
      const order = listed(expiries.items.map((each) => each.timer));
      run.that(order === "2, 0, 3, 1", `equal moments fired as ${order}, armed as 2, 0, 3, 1`);
    },
  }),
  law({
    id: "ARM-15",
    title: "mixed delays in order",
    statement: "Timers with mixed delays fire in the order of their moments.",
    origin: ["Pico alarm ordering"],
    program: (env) =>
      program(({ main, timer }) => {
        const delays = [6, 2, 7, 1, 5, 3, 4];
        const all = delays.map((beats) => timer({ mode: "one-shot", period: beats * env.beat }));
        for (const t of all) main.start(t);
        main.sleep(9 * env.beat);
      }),
    judge: (run) => {
      const all = run.expiries().exactly(7).onTime();
      const order = listed(all.items.map((each) => each.timer));
      const expected = "3, 1, 5, 6, 4, 0, 2";
      run.that(order === expected, `the timers fired as ${order}, expected ${expected}`);
    },
  }),
  law({
    id: "ARM-18",
    title: "armed in another's handler",
    statement:
      "A timer armed in another's handler fires at its own time, not in the same pass by an old reading of the clock.",
    origin: ["Tock test_second_alarm_set_during_first_alarm_firing, 536efff"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const atOnce = timer({ mode: "one-shot", period: span(env) });
        const afterWork = timer({ mode: "one-shot", period: span(env) });
        const first = timer({ mode: "one-shot", period: variable() });
        const second = timer({ mode: "one-shot", period: variable() });
        sweep(sweepOver(env, 1, 8 * env.op, 16));
        atOnce.handler.start(first).spin(env.op);
        afterWork.handler.spin(4 * env.op).start(second);
        main.start(atOnce).sleep(variable(2 * span(env)));
        main.start(afterWork).sleep(variable(2 * span(env) + 4 * env.op));
      }),
    judge: (run) => {
      for (const [by, armed] of [[0, 2] as const, [1, 3] as const]) {
        run.expiries(by).exactly(1).onTime();
        const expiry = run.expiries(armed).exactly(1);
        expiry.from(run.interruptCall("start", armed), run.view.value);
        const ends = run.view.exits(by)[0] ?? run.missing("the first handler never returned");
        expiry.servedBy(ends.at, run.env.op);
      }
    },
  }),
  law({
    id: "ARM-25",
    title: "first in, last out",
    statement:
      "The first insertion into an empty queue and the removal of the last leave the hardware armed and disarmed: no lost and no spurious handler.",
    origin: ["NuttX b010356, 78dce81", "ChibiOS first-timer bugs"],
    program: (env) =>
      program(({ main, timer, sweep }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        sweep({ from: 0, count: 4, step: 1 });
        main
          .start(t)
          .stop(t)
          .sleep(2 * span(env))
          .mark(1);
        main
          .start(t)
          .sleep(2 * span(env))
          .mark(2);
        main
          .start(t)
          .stop(t)
          .start(t)
          .sleep(2 * span(env));
      }),
    judge: (run) => {
      const all = run.expiries(0).exactly(2).onTime();
      run.results("stop", 0).are("removed", "removed");
      const first = all.nth(1);
      const between = first.index > run.mark(1).index && first.index < run.mark(2).index;
      run.that(between, "the second arming did not fire in its time", first.index);
      run.these(all.items.slice(1), 0).from(run.call("start", 0, 4), span(run.env));
    },
  }),
];
