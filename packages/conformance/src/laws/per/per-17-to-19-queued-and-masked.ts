import { program } from "@escapement/scenario";
import { partialTick } from "../../check/index.js";
import { law } from "../define.js";
import { shortDelay, withoutRecords } from "../units.js";

/** A soft timer in the queue, one expiry for each start, and the end of a masked window. */
export const per17To19 = [
  law({
    id: "PER-17",
    title: "overrun policy of a queued soft callback",
    statement:
      "A soft periodic timer whose callback waits in the queue follows its overrun policy.",
    origin: ["MicroPython mpirq", "PebbleOS 680"],
    needs: ["soft", "overrun-policy", "periodic"],
    restsOn: ["missedPeriods", "maxOverruns"],
    program: (env) =>
      program(({ main, timer }) => {
        const policies = ["coalesce", "burst", "skip"] as const;
        const all = policies.map((overrun) =>
          timer({ mode: "periodic", period: env.beat, dispatch: "soft", overrun }),
        );
        for (const t of all) main.start(t);
        main.sleep(Math.ceil(5.5 * env.beat)).service();
        withoutRecords(main, (list) => list.service().service().service().service().service());
        for (const t of all) main.stop(t);
        for (const t of all) main.overruns(t);
      }),
    judge: (run, env) => {
      run.expiries().inInterrupt(false).neverEarly();
      run.expiries(0).exactly(1);
      run.values("overruns", 0).are(4);
      const burst = run.expiries(1).exactly(5).spaced(env.beat);
      burst.from(run.call("start", 1), env.beat);
      run.values("overruns", 1).are(0);
      run
        .expiries(2)
        .exactly(1)
        .from(run.call("start", 2), 5 * env.beat);
      run.values("overruns", 2).are(0);
    },
  }),
  law({
    id: "PER-18",
    title: "one expiry for each start",
    statement: "A one-shot fires exactly once for each start.",
    origin: ["FreeRTOS 305", "MicroPython zephyr period 0"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        main
          .repeat(12, (body) => body.start(t).sleep(3 * shortDelay(env)))
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
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        sweep({ from: env.op, count: 8, step: Math.ceil(shortDelay(env) / 8) });
        withoutRecords(main, (list) => list.mask().spin(variable()));
        main.start(t);
        withoutRecords(main, (list) => list.restore().sleep(2 * shortDelay(env)));
      }),
    judge: (run, env) => {
      const start = run.call("start", 0);
      const expiry = run.expiries(0).exactly(1).onTime().from(start, shortDelay(env)).nth(1);
      const waited = expiry.at - start.at;
      run.that(
        waited >= shortDelay(env) + partialTick(env),
        `the handler came ${run.ticks(waited)} after start`,
        expiry.index,
      );
    },
  }),
];
