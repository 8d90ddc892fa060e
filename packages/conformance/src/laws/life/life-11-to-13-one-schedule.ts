import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { blockPeriod, withoutRecords } from "../units.js";

/** A second start, and what a new set-up forgets. */
export const life11To13 = [
  law({
    id: "LIFE-11",
    title: "starting a running timer leaves one schedule",
    statement: "start() of a running timer leaves one schedule, not two.",
    origin: ["Zephyr 63491", "NuttX 9116ed9"],
    needs: ["periodic"],
    restsOn: ["startOfRunning"],
    program: (env) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: 2 * env.beat });
        const again = timer({ mode: "periodic", period: 2 * env.beat });
        main.start(again).start(once).sleep(env.beat).start(again).start(once);
        main.sleep(7 * env.beat).stop(again);
      }),
    judge: (run, env) => {
      run
        .expiries(0)
        .exactly(1)
        .onTime(env.op)
        .from(run.call("start", 0, 2), 2 * env.beat);
      const again = run
        .expiries(1)
        .exactly(3)
        .onTime(env.op)
        .spaced(2 * env.beat);
      again.from(run.call("start", 1, 2), 2 * env.beat);
    },
  }),
  law({
    id: "LIFE-13",
    title: "init forgets",
    statement: "init() forgets overruns and that the timer fired.",
    origin: ["FreeRTOS 305"],
    needs: ["mask", "overrun-policy", "periodic"],
    program: (env) =>
      program(({ main, timer }) => {
        const period = blockPeriod(env);
        const once = timer({ mode: "one-shot", period: env.beat });
        const again = timer({ mode: "periodic", period });
        main
          .start(once)
          .sleep(2 * env.beat)
          .init(once)
          .stop(once)
          .mask()
          .start(again);
        withoutRecords(main, (list) => list.spin(4 * period));
        main
          .restore()
          .sleep(Math.ceil(env.late + period / 2))
          .init(again)
          .overruns(again);
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime();
      run.results("stop", 0).are("idle");
      run.expiries(1).atLeast(1);
      run.values("overruns", 1).are(0);
    },
  }),
];
