import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { repeating } from "../units.js";

/** Timers set up again, released twice, refused, and closed with all others. */
export const life01To05 = [
  law({
    id: "LIFE-01",
    title: "init stops a running timer",
    statement: "init() of a running timer stops it first.",
    origin: ["MicroPython 19162", "Zephyr b3fb831"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.beat });
        const again = timer({ mode: repeating(env), period: env.beat });
        main.start(once).start(again).init(once).init(again).pending(once).pending(again);
        main
          .sleep(4 * env.beat)
          .start(once)
          .sleep(2 * env.beat);
      }),
    judge: (run, env) => {
      run.values("pending").are(0, 0);
      run
        .expiries(0)
        .exactly(1)
        .from(run.call("start", 0, 2), env.beat)
        .onTime();
      run.expiries(1).exactly(0);
    },
  }),
  law({
    id: "LIFE-02",
    title: "set up 256 times",
    statement: "Setting a timer up 256 times in a row leaves one timer.",
    origin: ["MicroPython 19162"],
    needs: ["stats"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 2 * env.beat });
        main
          .stats()
          .repeat(256, (body) => body.init(t).start(t))
          .stats()
          .sleep(5 * env.beat);
      }),
    judge: (run) => {
      for (const [at, stats] of run.stats(2).entries()) {
        const seen = `${stats.allocated} allocated and ${stats.pending} pending`;
        const holds = stats.allocated === 1 && stats.pending === at;
        run.that(holds, `${seen}, expected 1 and ${at}`, stats.index);
      }
      run.expiries(0).exactly(1).onTime();
    },
  }),
  law({
    id: "LIFE-03",
    title: "deinit twice",
    statement: "deinit() twice is fine.",
    origin: ["MicroPython machine.Timer"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        const other = timer({ mode: "one-shot", period: 2 * env.beat });
        main
          .start(t)
          .start(other)
          .deinit(t)
          .deinit(t)
          .sleep(3 * env.beat)
          .deinit(t);
      }),
    judge: (run, env) => {
      run.results("deinit", 0).are("ok", "ok", "ok");
      run.expiries(0).exactly(0);
      run
        .expiries(1)
        .exactly(1)
        .onTime()
        .from(run.call("start", 1), 2 * env.beat);
    },
  }),
  law({
    id: "LIFE-04",
    title: "deinitAll leaves nothing that fires",
    statement: "deinitAll() leaves nothing that fires.",
    origin: ["MicroPython soft reset", "Pico 2118"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [1, 2, 3].map((beats) =>
          timer({ mode: beats === 2 ? "one-shot" : "periodic", period: beats * env.beat }),
        );
        for (const t of all) main.start(t);
        main
          .sleep(Math.ceil(1.5 * env.beat))
          .deinitAll()
          .mark(1)
          .sleep(6 * env.beat);
      }),
    judge: (run) => {
      const mark = run.mark(1).index;
      const all = run.expiries().exactly(1).onTime().items;
      run.these(all.filter((each) => each.index > mark)).exactly(0);
      run.results("deinitAll").are("ok");
    },
  }),
  law({
    id: "LIFE-05",
    title: "a refused call changes nothing",
    statement: "A refused call leaves the timer's schedule as it was.",
    origin: ['RTEMS post-conditions "Nop"'],
    needs: ["set-period", "periodic"],
    refusals: ["invalid-argument"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: 2 * env.beat });
        const again = timer({ mode: "periodic", period: 2 * env.beat });
        main.start(once).start(again).setPeriod(once, 0).setPeriod(again, 0);
        main.sleep(Math.ceil(6.5 * env.beat)).stop(again);
      }),
    judge: (run, env) => {
      run.results("setPeriod").are("invalid-argument", "invalid-argument");
      run
        .expiries(0)
        .exactly(1)
        .onTime(env.op)
        .from(run.call("start", 0), 2 * env.beat);
      const again = run
        .expiries(1)
        .exactly(3)
        .onTime(env.op)
        .spaced(2 * env.beat);
      again.from(run.call("start", 1), 2 * env.beat);
    },
  }),
];
