import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { lapOrSecond, lapsAhead, nearLap, shortDelay, sweepBy } from "../units.js";

/** Delays of a lap and of several. */
export const arm09To10 = [
  law({
    id: "ARM-09",
    title: "a delay of several laps",
    statement: "A delay of several laps fires once, at its time.",
    origin: ["RIOT set16 0x10000000", "Pico target_hi", "Tock extended alarms"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: lapsAhead(env, 3, shortDelay(env)) });
        main.start(t).sleep(5 * lapOrSecond(env) + 4 * shortDelay(env));
      }),
    judge: (run, env) => {
      const expiries = run.expiries(0).exactly(1).onTime();
      expiries.from(run.call("start", 0), lapsAhead(env, 3, shortDelay(env)));
    },
  }),
  law({
    id: "ARM-10",
    title: "one lap, a tick less, a tick more",
    statement: "Delays of exactly one lap, one tick less and one tick more fire at their time.",
    origin: ["Zephyr counter tests", "ESP-IDF gptimer"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: variable() });
        const from = Math.max(1, nearLap(env, 2) - 4);
        sweep(sweepBy(from, nearLap(env, 2), 1));
        main.start(t).sleep(variable(lapOrSecond(env) + shortDelay(env)));
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime().from(run.call("start", 0), run.view.value);
    },
  }),
];
