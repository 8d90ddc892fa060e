import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { lapsAhead, nearLap, shortDelay, sweepBy } from "../units.js";

/** Periods around a lap, several timers, and restarts. */
export const per11To15 = [
  law({
    id: "PER-11",
    title: "periods of a lap, a tick less, a tick more",
    statement: "Periods of exactly one lap, one tick less and one tick more keep their schedule.",
    origin: ["Zephyr counter top value", "avr8js 137"],
    needs: ["periodic"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "periodic", period: variable() });
        const from = Math.max(1, nearLap(env, 1) - 2);
        sweep(sweepBy(from, nearLap(env, 1), 1));
        main
          .start(t)
          .sleep(variable(2 * nearLap(env, 1) + shortDelay(env)))
          .stop(t);
      }),
    judge: (run) => {
      const all = run.expiries(0).exactly(3).onTime().spaced(run.view.value);
      all.from(run.call("start", 0), run.view.value);
    },
  }),
  law({
    id: "PER-12",
    title: "a period longer than the counter",
    statement: "A period longer than the counter keeps its schedule.",
    origin: ["Tock extended alarms", "RIOT set16"],
    needs: ["periodic"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: lapsAhead(env, 7 / 3) });
        main
          .start(t)
          .sleep(Math.ceil(3.2 * lapsAhead(env, 7 / 3)))
          .stop(t);
      }),
    judge: (run, env) => {
      const period = lapsAhead(env, 7 / 3);
      run.expiries(0).exactly(3).onTime().spaced(period).from(run.call("start", 0), period);
    },
  }),
  law({
    id: "PER-13",
    title: "schedules of their own",
    statement: "Periodic timers of different periods keep their own schedules.",
    origin: ["ESP-IDF 958dc8a"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [2, 3, 5].map((beats) => timer({ mode: "periodic", period: beats * env.beat }));
        for (const t of all) main.start(t);
        main.sleep(Math.ceil(15.5 * env.beat));
        for (const t of all) main.stop(t);
      }),
    judge: (run, env) => {
      for (const [timer, beats] of [2, 3, 5].entries()) {
        const mine = run.expiries(timer).exactly([7, 5, 3][timer] ?? 0);
        mine.onTime(2 * env.op).spaced(beats * env.beat);
        mine.from(run.call("start", timer), beats * env.beat);
      }
    },
  }),
  law({
    id: "PER-14",
    title: "a restart starts over",
    statement: "A restart starts the schedule over.",
    origin: ["ESP-IDF esp_timer_restart"],
    needs: ["periodic"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * env.beat });
        main
          .start(t)
          .sleep(5 * env.beat)
          .mark(1)
          .start(t)
          .sleep(5 * env.beat)
          .stop(t);
      }),
    judge: (run, env) => {
      const mark = run.mark(1).index;
      const all = run.expiries(0).exactly(4).onTime().items;
      const after = run
        .these(
          all.filter((each) => each.index > mark),
          0,
        )
        .exactly(2);
      after.from(run.call("start", 0, 2), 2 * env.beat).spaced(2 * env.beat);
    },
  }),
  law({
    id: "PER-15",
    title: "first expiry at reference plus delta",
    statement:
      "A periodic timer started at (reference, delta) has its first expiry there and the others T apart.",
    origin: ["Zephyr duration_period"],
    needs: ["start-at", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * env.beat });
        main
          .capture(0)
          .startAt(t, { delta: 3 * env.beat })
          .sleep(8 * env.beat)
          .stop(t);
      }),
    judge: (run, env) => {
      const first = run.reads().nth(1).value + 3 * env.beat;
      const expected = [first, first + 2 * env.beat, first + 4 * env.beat];
      run
        .expiries(0)
        .scheduledAt(...expected)
        .onTime();
    },
  }),
];
