import { program } from "@escapement/scenario";
import { law } from "../define.js";

/** How many timers there may be, and what happens when the registry is full. */
export const reg01To03 = [
  law({
    id: "REG-01",
    title: "forgotten one-shots never exhaust it",
    statement: "One-shots made and forgotten, many times the capacity, never exhaust it.",
    origin: ["MicroPython 18733 (first version leaked)"],
    needs: ["spawn"],
    restsOn: ["unreferenced", "granularityTicks"],
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
    restsOn: ["unreferenced", "granularityTicks"],
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
    restsOn: ["unreferenced"],
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
];
