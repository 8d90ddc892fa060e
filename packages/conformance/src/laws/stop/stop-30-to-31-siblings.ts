import { program } from "@escapement/scenario";
import { listed } from "../../check/index.js";
import { law } from "../define.js";
import { has, shortDelay, withoutRecords } from "../units.js";

/** Several timers that are due at once, of which a handler stops some. */
export const stop30To31 = [
  law({
    id: "STOP-30",
    title: "a periodic sibling due at the same tick",
    statement:
      "A periodic sibling due at the same tick, hard or soft, stopped by a handler, returns removed and never runs.",
    origin: ["fake-timers 585", "NuttX 50f801d"],
    needs: ["start-at", "periodic"],
    restsOn: ["equalDeadlines"],
    program: (env) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: 1 });
        const sibling = timer({ mode: "periodic", period: shortDelay(env) });
        const dispatch = has(env, "soft") ? "soft" : "hard";
        const soft = timer({ mode: "periodic", period: shortDelay(env), dispatch });
        first.handler.stop(sibling).stop(soft);
        main.capture(0);
        for (const t of [first, sibling, soft]) main.startAt(t, { delta: 3 * shortDelay(env) });
        main
          .sleep(6 * shortDelay(env))
          .pending(sibling)
          .pending(soft);
        if (has(env, "soft")) main.service();
      }),
    judge: (run, env) => {
      run.results("stop").are("removed", "removed");
      run.expiries(0).exactly(1).onTime();
      run.expiries(1).exactly(0);
      run.expiries(2).exactly(0);
      run.values("pending").are(0, 0);
      if (has(env, "soft")) run.values("service").are(0);
    },
  }),
  law({
    id: "STOP-31",
    title: "some of many that are due",
    statement:
      "A handler that stops some of the timers that are due with it leaves the others to run, each once and in order.",
    origin: ["fake-timers 585", "RIOT 45942f6"],
    needs: ["start-at"],
    restsOn: ["equalDeadlines"],
    program: (env) =>
      program(({ main, timer }) => {
        const all = [0, 1, 2, 3, 4, 5].map(() => timer({ mode: "one-shot", period: 1 }));
        const [first, second, third, fourth, fifth] = all;
        if (first === undefined || second === undefined || third === undefined) return;
        if (fourth === undefined || fifth === undefined) return;
        first.handler.stop(second);
        third.handler.stop(fifth).stop(fourth);
        main.capture(0);
        withoutRecords(main, (list) => {
          for (const t of all) list.startAt(t, { delta: 3 * shortDelay(env) });
        });
        main.sleep(6 * shortDelay(env));
        for (const t of all) main.count(t);
      }),
    judge: (run, env) => {
      run.results("stop").are("removed", "removed", "removed");
      run.values("count").are(1, 0, 1, 0, 0, 1);
      const deadline = run.reads().nth(1).value + 3 * shortDelay(env);
      const all = run.expiries().scheduledAt(deadline, deadline, deadline);
      all.onTime(6 * env.op);
      const order = listed(all.items.map((each) => each.timer));
      run.that(order === "0, 2, 5", `the timers ran as ${order}, expected 0, 2, 5`);
    },
  }),
];
