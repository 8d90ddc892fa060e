import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { repeating } from "../units.js";

/** One-shots that are made and forgotten, and a registry that is full. */
export const capacityLaws = [
  law({
    id: "REG-01",
    title: "forgotten one-shots never exhaust it",
    statement: "One-shots made and forgotten, many times the capacity, never exhaust it.",
    origin: ["MicroPython 18733 (first version leaked)"],
    needs: ["spawn"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.op, quiet: true });
        const wait = 3 * env.op + env.late;
        main.repeat(5 * env.board.timers, (body) => body.spawn(once).sleep(wait)).count(once);
      }),
    judge: (run, env) => {
      run.results("spawn").are();
      run.values("count", 0).are(5 * env.board.timers);
    },
  }),
  law({
    id: "REG-02",
    title: "the count returns to its baseline",
    statement:
      "The count of allocated timers returns to its baseline when forgotten one-shots have fired.",
    origin: ["MicroPython 18733", "fake-timers countTimers", "Tock virtual_timer"],
    needs: ["spawn", "stats"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.op, quiet: true });
        const wait = 3 * env.op + env.late;
        main
          .stats()
          .repeat(20, (body) => body.spawn(once).sleep(wait))
          .count(once);
        main.collect().stats();
      }),
    judge: (run) => {
      run.values("count", 0).are(20);
      const [before, after] = run.stats(2);
      if (before === undefined || after === undefined) return;
      const seen = `${after.allocated} allocated and ${after.retired} retired after 20 one-shots`;
      const whole = after.allocated === before.allocated && after.retired === 0;
      run.that(whole, `${seen}, expected ${before.allocated} and 0`, after.index);
      run.that(after.pending === 0, `${after.pending} still pending, expected 0`, after.index);
      run.that(before.allocated === 1, `${before.allocated} allocated at first, expected 1`);
    },
  }),
  law({
    id: "REG-03",
    title: "full is refused, the others run on",
    statement:
      "Exhausted capacity is refused with capacity-exhausted; the timers there are run on.",
    origin: ["Pico pool full", "FreeRTOS prvTest1"],
    needs: ["spawn", "periodic"],
    refusals: ["capacity-exhausted"],
    program: (env) =>
      program(({ main, timer }) => {
        const running = timer({ mode: "periodic", period: 2 * env.beat });
        const once = timer({ mode: "one-shot", period: 4 * env.beat, quiet: true });
        main.start(running).repeat(env.board.timers, (body) => body.spawn(once));
        main
          .spawn(once)
          .sleep(7 * env.beat)
          .count(once)
          .spawn(once)
          .sleep(6 * env.beat);
        main.count(once).stop(running);
      }),
    judge: (run, env) => {
      const fits = env.board.timers - 2;
      const full = "capacity-exhausted";
      run.results("spawn", 1).are(full, full, full, "armed");
      run.values("count", 1).are(fits, fits + 1);
      const beats = run
        .expiries(0)
        .atLeast(6)
        .onTime(env.board.timers * env.op);
      beats.spaced(2 * env.beat).from(run.call("start", 0), 2 * env.beat);
    },
  }),
  law({
    id: "REG-09",
    title: "making a timer drains",
    statement: "Making a timer is itself a drain point.",
    origin: ["MicroPython 18733"],
    needs: ["spawn", "stats"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: env.op, quiet: true });
        const free = env.board.timers - 1;
        main.repeat(free, (body) => body.spawn(once)).sleep(4 * free * env.op + 2 * env.beat);
        main.stats().spawn(once).sleep(env.beat).count(once).stats();
      }),
    judge: (run, env) => {
      const free = env.board.timers - 1;
      run.results("spawn", 0).are("armed");
      run.values("count", 0).are(free + 1);
      const [before, after] = run.stats(2);
      if (before === undefined || after === undefined) return;
      const most = env.board.timers;
      run.that(
        before.allocated <= most,
        `${before.allocated} allocated when full, at most ${most}`,
      );
      const left = `${after.allocated} allocated after a timer was made, at most ${before.allocated}`;
      run.that(after.allocated <= before.allocated, left, after.index);
    },
  }),
  law({
    id: "REG-10",
    title: "deinitAll leaves it empty",
    statement: "deinitAll() leaves the registry empty.",
    origin: ["MicroPython soft reset"],
    needs: ["spawn", "stats"],
    program: (env) =>
      program(({ main, timer }) => {
        const running = timer({ mode: repeating(env), period: env.beat });
        const once = timer({ mode: "one-shot", period: env.beat });
        main.start(running).spawn(once).spawn(once).stats().deinitAll().stats();
        main.sleep(3 * env.beat);
      }),
    judge: (run) => {
      const [before, after] = run.stats(2);
      if (before === undefined || after === undefined) return;
      run.that(before.allocated === 4, `${before.allocated} allocated at first, expected 4`);
      const { allocated, pending, retired } = after;
      const seen = `${allocated} allocated, ${pending} pending and ${retired} retired`;
      run.that(allocated + pending + retired === 0, `${seen}, expected none`, after.index);
      run.expiries().exactly(0);
    },
  }),
  law({
    id: "REG-11",
    title: "never more than the capacity",
    statement: "The registry never holds more than its capacity.",
    origin: ["MicroPython 18733"],
    needs: ["spawn", "stats"],
    refusals: ["capacity-exhausted"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: 20 * env.beat, quiet: true });
        main.repeat(env.board.timers - 1, (body) => body.spawn(once)).stats();
        main.spawn(once).spawn(once).stats();
      }),
    judge: (run, env) => {
      const full = env.board.timers;
      run.results("spawn", 0).are("capacity-exhausted", "capacity-exhausted");
      for (const stats of run.stats(2)) {
        const seen = `${stats.allocated} allocated and ${stats.pending} pending`;
        const holds = stats.allocated === full && stats.pending === full - 1;
        run.that(holds, `${seen}, expected ${full} and ${full - 1}`, stats.index);
      }
    },
  }),
];
