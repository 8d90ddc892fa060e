import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { repetitions, shortDelay, withoutRecords } from "../units.js";

/** How long the handlers of the timers that are always due take. */
function busyTicks(env: LawEnv): number {
  return 4 * env.op;
}

/** Entries after which a busy timer stops itself, so that it does not starve the program where the law is broken. */
const enough = 12;

/** Who is served when more is due than there is time for. */
export const arm31To32 = [
  law({
    id: "ARM-31",
    title: "a sibling of timers that are always due",
    statement:
      "A timer that is always due delays another by at most one handler of each other timer, and by the one that is running.",
    origin: ["Escapement issue 8"],
    needs: ["mask", "overrun-policy", "periodic"],
    restsOn: ["overdue", "granularityTicks"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const other = timer({ mode: "one-shot", period: variable() });
        const busy = (["burst", "coalesce"] as const).map((overrun) =>
          timer({ mode: "periodic", period: env.op, overrun, quiet: true }),
        );
        for (const t of busy) t.handler.spin(busyTicks(env)).when(enough).stop(t);
        sweep({
          from: 3 * busyTicks(env),
          count: repetitions(env, 8),
          step: Math.ceil(busyTicks(env) / 4),
        });
        withoutRecords(main, (list) => {
          list.mask().start(other);
          for (const t of busy) list.start(t);
          list.restore();
        });
        main.sleep(2 * enough * (busyTicks(env) + 4 * env.op) + env.beat);
        for (const t of busy) main.count(t);
      }),
    judge: (run, env) => {
      for (const timer of [1, 2]) run.values("count", timer).are(enough);
      // Of each of the two one handler, and of either the one that is running.
      const handler = busyTicks(env) + 2 * env.op + env.late;
      const other = run
        .expiries(0)
        .exactly(1)
        .onTime(3 * handler);
      const expiry = other.nth(1);
      const stops = run.view.calls("stop").filter((call) => call.index > expiry.index);
      run.that(stops.length === 2, "the timer ran after those that are always due", expiry.index);
    },
  }),
  law({
    id: "ARM-32",
    title: "armed for a deadline that has passed",
    statement:
      "A timer armed for a deadline that has passed runs after the timers that were due already.",
    origin: ["Escapement issue 8"],
    needs: ["start-at", "mask"],
    restsOn: ["overdue", "pastDeadline"],
    program: (env) =>
      program(({ main, timer }) => {
        const due = timer({ mode: "one-shot", period: shortDelay(env) });
        const [late, later] = [1, 1].map((period) => timer({ mode: "one-shot", period }));
        if (late === undefined || later === undefined) return;
        main.capture(0).mask().start(due);
        withoutRecords(main, (list) => list.spin(2 * shortDelay(env)));
        main.startAt(late, { delta: Math.ceil(shortDelay(env) / 2) });
        // The deadline of the last one is the earliest of all, and it was armed last.
        withoutRecords(main, (list) => list.spin(1));
        main
          .startAt(later, { delta: 0 })
          .restore()
          .sleep(3 * shortDelay(env));
      }),
    judge: (run, env) => {
      const reference = run.reads().nth(1).value;
      run.results("startAt").are("late", "late");
      run.expiries(0).from(run.call("start", 0), shortDelay(env));
      run.expiries(1).scheduledAt(reference + Math.ceil(shortDelay(env) / 2));
      run.expiries(2).scheduledAt(reference);
      const all = run.expiries().exactly(3).inInterrupt(true);
      all.servedBy(run.call("restore").at, 4 * env.op);
      const order = listed(all.items.map((each) => each.timer));
      run.that(order === "0, 1, 2", `the timers ran as ${order}, they came due as 0, 1, 2`);
    },
  }),
];
