import { program } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { untilDue, wholeTicks } from "../units.js";

/** As many as come due behind one handler: more than the queue of any system that drops what it has no room for. */
function waiting(env: LawEnv): number {
  return Math.min(env.board.timers, 12) - 1;
}

/** Callbacks of many timers that become due together. */
export const call26 = [
  law({
    id: "CALL-26",
    title: "many due behind one handler",
    statement:
      "Callbacks of all timers that come due while one handler runs each run once after it, in time while the thread sleeps; none is lost because there is no room.",
    origin: ["MicroPython 7433", "MicroPython schedule"],
    program: (env) =>
      program(({ main, timer }) => {
        const holder = timer({ mode: "one-shot", period: env.beat });
        holder.handler.spin(untilDue(env, waiting(env)));
        const period = env.beat + wholeTicks(env, 2 * env.op);
        main.start(holder);
        for (let count = 0; count < waiting(env); count += 1) {
          main.start(timer({ mode: "one-shot", period }));
        }
        main.sleep(2 * period + 2 * untilDue(env, waiting(env)));
      }),
    judge: (run, env) => {
      const ends = run.view.exits(0)[0] ?? run.missing("the long handler never returned");
      run.expiries(0).exactly(1).onTime();
      for (let timer = 1; timer <= waiting(env); timer += 1) {
        run
          .expiries(timer)
          .exactly(1)
          .servedBy(ends.at, waiting(env) * env.op);
      }
    },
  }),
];
