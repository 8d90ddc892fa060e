import { program } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { untilDue, wholeTicks } from "../units.js";

/** Timers that wait for their turn behind a long handler, and are ended by it. */
function siblingDelay(env: LawEnv): number {
  return env.beat + wholeTicks(env, 2 * env.op);
}

/** What happens to a callback that is due, or queued, when its timer gets another setting. */
export const life14 = [
  law({
    id: "LIFE-14",
    title: "released or set up again when due already",
    statement:
      "A timer that came due while a handler ran, and that the handler then stops, releases or sets up again, does not run for what it was; what it is set up for comes once.",
    origin: ["MicroPython soft callback after deinit", "micropython-esp32 265"],
    restsOn: ["queuedOnStop"],
    program: (env) =>
      program(({ main, timer }) => {
        const holder = timer({ mode: "one-shot", period: env.beat });
        const [stopped, released, again] = [0, 1, 2].map(() =>
          timer({ mode: "one-shot", period: siblingDelay(env) }),
        );
        if (stopped === undefined || released === undefined || again === undefined) return;
        holder.handler.spin(untilDue(env, 3)).stop(stopped).deinit(released);
        holder.handler.init(again).start(again);
        main.start(holder).start(stopped).start(released).start(again);
        main.sleep(2 * siblingDelay(env) + untilDue(env, 3) + 2 * env.beat);
        main.pending(stopped).pending(again);
      }),
    judge: (run, env) => {
      run.expiries(0).exactly(1).onTime();
      run.expiries(1).exactly(0);
      run.expiries(2).exactly(0);
      const again = run.expiries(3).exactly(1).onTime();
      again.from(run.call("start", 3, 2), siblingDelay(env));
      run.values("pending").are(0, 0);
    },
  }),
];
