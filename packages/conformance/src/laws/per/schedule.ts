import { program } from "@escapement/scenario";
import { partialTick } from "../../check/index.js";
import { law } from "../define.js";
import { lapsAhead, nearLap, quietly, span, sweepBy } from "../units.js";

/** The grid of a periodic timer: start + k·T, whatever the handlers do. */
export const periodicSchedules = [
  law({
    id: "PER-01",
    title: "first callback after one period",
    statement: "The first callback comes one period after start().",
    origin: ["MicroPython RFC 2971"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 3 * env.beat });
        main
          .start(t)
          .sleep(2 * env.beat)
          .mark(1)
          .sleep(2 * env.beat)
          .stop(t);
      }),
    judge: (run, env) => {
      const first = run
        .expiries(0)
        .exactly(1)
        .onTime()
        .from(run.call("start", 0), 3 * env.beat);
      run.that(first.nth(1).index > run.mark(1).index, "the first callback came too soon");
    },
  }),
  law({
    id: "PER-02",
    title: "no drift",
    statement: "The scheduled times are start + k·T, without drift.",
    origin: ["Zephyr timer_behavior", "RIOT xtimer_drift", "avr8js 137"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: span(env) + 1 });
        main
          .start(t)
          .sleep(48 * span(env))
          .stop(t);
      }),
    judge: (run, env) => {
      const all = run
        .expiries(0)
        .atLeast(40)
        .onTime()
        .spaced(span(env) + 1);
      all.from(run.call("start", 0), span(env) + 1);
    },
  }),
  law({
    id: "PER-03",
    title: "a handler inside its period",
    statement: "A handler shorter than the period does not shift the schedule.",
    origin: ["Pico positive delay", "esp harmonic periods"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: env.beat });
        t.handler.spin(Math.floor(env.beat / 2));
        main
          .start(t)
          .sleep(Math.ceil(10.5 * env.beat))
          .stop(t);
      }),
    judge: (run, env) => {
      const all = run.expiries(0).exactly(10).onTime().spaced(env.beat);
      all.from(run.call("start", 0), env.beat);
    },
  }),
  law({
    id: "PER-11",
    title: "periods of a lap, a tick less, a tick more",
    statement: "Periods of exactly one lap, one tick less and one tick more keep their schedule.",
    origin: ["Zephyr counter top value", "avr8js 137"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "periodic", period: variable() });
        const from = Math.max(1, nearLap(env, 1) - 2);
        sweep(sweepBy(from, nearLap(env, 1), 1));
        main
          .start(t)
          .sleep(variable(2 * nearLap(env, 1) + span(env)))
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
    title: "a restart begins anew",
    statement: "A restart begins the schedule anew.",
    origin: ["ESP-IDF esp_timer_restart"],
    needs: ["periodic"],
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
  law({
    id: "PER-18",
    title: "one expiry for each start",
    statement: "A one-shot fires exactly once for each start.",
    origin: ["FreeRTOS 305", "MicroPython zephyr period 0"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        main
          .repeat(12, (body) => body.start(t).sleep(3 * span(env)))
          .count(t)
          .pending(t);
      }),
    judge: (run) => {
      run.expiries(0).exactly(12).onTime();
      run.values("count", 0).are(12);
      run.values("pending", 0).are(0);
    },
  }),
  law({
    id: "PER-19",
    title: "armed at the end of a masked window",
    statement: "A timer armed at the end of a masked window waits its whole delay.",
    origin: ["Zephyr timer_schedule"],
    needs: ["mask"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        sweep({ from: env.op, count: 8, step: Math.ceil(span(env) / 8) });
        quietly(main, (list) => list.mask().spin(variable()));
        main.start(t);
        quietly(main, (list) => list.restore().sleep(2 * span(env)));
      }),
    judge: (run, env) => {
      const start = run.call("start", 0);
      const expiry = run.expiries(0).exactly(1).onTime().from(start, span(env)).nth(1);
      const waited = expiry.at - start.at;
      run.that(
        waited >= span(env) + partialTick(env),
        `the handler came ${run.ticks(waited)} after start`,
        expiry.index,
      );
    },
  }),
];
