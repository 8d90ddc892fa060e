import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import { law } from "../define.js";
import { shortDelay, withoutRecords } from "../units.js";

/** Several timers: which is first, in which order, and what happens to the others. */
export const arm11To15 = [
  law({
    id: "ARM-11",
    title: "starting again moves the expiry",
    statement: "Starting a running timer moves it: earlier or later, one expiry.",
    origin: ["rtic-time 1.1.0", "Embassy schedule_wake"],
    needs: ["start-at"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 4 * env.beat });
        const near = 2 * env.beat;
        const far = 4 * env.beat;
        main
          .capture(0)
          .startAt(t, { delta: far })
          .startAt(t, { delta: near })
          .sleep(6 * env.beat);
        main.capture(1).startAt(t, { register: 1, delta: near });
        main.startAt(t, { register: 1, delta: far }).sleep(6 * env.beat);
        main
          .start(t)
          .sleep(near)
          .start(t)
          .sleep(6 * env.beat);
      }),
    judge: (run, env) => {
      const first = run.reads().nth(1).value;
      const second = run.reads().nth(2).value;
      const all = run.expiries(0).exactly(3).onTime();
      const moved = [first + 2 * env.beat, second + 4 * env.beat];
      run.these(all.items.slice(0, 2), 0).scheduledAt(...moved);
      run.these(all.items.slice(2), 0).from(run.call("start", 0, 2), 4 * env.beat);
    },
  }),
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
        const early = timer({ mode: "one-shot", period: shortDelay(env) });
        main
          .start(late)
          .start(middle)
          .start(early)
          .sleep(10 * env.beat);
      }),
    judge: (run, env) => {
      for (const [timer, delay] of [8 * env.beat, 4 * env.beat, shortDelay(env)].entries()) {
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
    restsOn: ["startOfRunning"],
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
    title: "equal deadlines in order of arming",
    statement: "Equal deadlines fire in the order of arming.",
    origin: ['ESP-IDF "multiple timers are ordered"', "rp2040js SimulationClock"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep }) => {
        const all = [0, 1, 2, 3].map(() => timer({ mode: "one-shot", period: 1 }));
        sweep({ from: 0, count: 4, step: 1 });
        main.capture(0);
        withoutRecords(main, (list) => {
          for (const index of [2, 0, 3, 1]) {
            const t = all[index];
            if (t !== undefined) list.startAt(t, { delta: 2 * shortDelay(env) });
          }
        });
        withoutRecords(main, (list) => list.sleep(4 * shortDelay(env)));
      }),
    judge: (run, env) => {
      const deadline = run.reads().nth(1).value + 2 * shortDelay(env);
      const expiries = run.expiries().scheduledAt(deadline, deadline, deadline, deadline);
      expiries.onTime(4 * env.op);
      const order = listed(expiries.items.map((each) => each.timer));
      const { equalDeadlines } = env.semantics;
      if (equalDeadlines === "any") return;
      const expected = equalDeadlines === "fifo" ? "2, 0, 3, 1" : "1, 3, 0, 2";
      run.that(order === expected, `equal deadlines fired as ${order}, armed as 2, 0, 3, 1`);
    },
  }),
  law({
    id: "ARM-15",
    title: "mixed delays in order",
    statement: "Timers with mixed delays fire in the order of their deadlines.",
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
];
