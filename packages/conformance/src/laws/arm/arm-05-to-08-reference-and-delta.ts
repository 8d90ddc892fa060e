import { program } from "@escapement/scenario";
import { law } from "../define.js";
import { lapOrSecond, nearLap, shortDelay, sweepOver, withoutRecords } from "../units.js";

/** Starts at a reference and a delta: just ahead, just missed, nearly a lap away. */
export const arm05To08 = [
  law({
    id: "ARM-05",
    title: "exactly reference plus delta",
    statement: "start({ reference, delta }) is scheduled for exactly reference + delta.",
    origin: ["Tock set_alarm", "Tock 1651"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        sweep({ from: shortDelay(env), count: 24, step: Math.ceil(env.beat / 24) });
        withoutRecords(main, (list) => list.sleep(2 * env.op));
        main.capture(0).startAt(t, { back: env.op, delta: variable(env.op) });
        withoutRecords(main, (list) => list.sleep(variable(shortDelay(env))));
      }),
    judge: (run) => {
      const deadline = run.reads().nth(1).value + run.view.value;
      run.results("startAt", 0).are("armed");
      run.expiries(0).scheduledAt(deadline).onTime();
    },
  }),
  law({
    id: "ARM-06",
    title: "just missed fires soon",
    statement:
      "A deadline just missed returns late, and the timer fires once, soon, not a lap later.",
    origin: ["Pico 1953", "Zephyr test_late_alarm", "NuttX 20173"],
    needs: ["start-at"],
    restsOn: ["pastDeadline", "granularityTicks"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        sweep(sweepOver(env, 0, 6 * env.op, 16));
        withoutRecords(main, (list) => list.sleep(7 * env.op));
        main.capture(0);
        withoutRecords(main, (list) => list.spin(1));
        main.startAt(t, { back: variable(), delta: 0 });
        withoutRecords(main, (list) => list.sleep(lapOrSecond(env) + shortDelay(env)));
      }),
    judge: (run) => {
      const start = run.call("startAt", 0);
      run.results("startAt", 0).are("late");
      const deadline = run.reads().nth(1).value - run.view.value;
      run.expiries(0).scheduledAt(deadline).servedBy(start.until);
    },
  }),
  law({
    id: "ARM-07",
    title: "just missed, and refused",
    statement:
      "With policy refuse, a deadline just missed returns missed, nothing fires and nothing changes.",
    origin: ["Zephyr test_late_alarm_error"],
    needs: ["start-at"],
    restsOn: ["pastDeadline", "granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const running = timer({ mode: "one-shot", period: env.beat, late: "refuse" });
        const idle = timer({ mode: "one-shot", period: env.beat, late: "refuse" });
        main.start(running).capture(0).spin(env.op);
        main.startAt(running, { delta: 1 }).startAt(idle, { delta: 0 }).pending(idle);
        main.sleep(3 * env.beat);
      }),
    judge: (run, env) => {
      run.results("startAt").are("missed", "missed");
      run.values("pending", 1).are(0);
      run.expiries(0).exactly(1).from(run.call("start", 0), env.beat).onTime();
      run.expiries(1).exactly(0);
    },
  }),
  law({
    id: "ARM-08",
    title: "nearly a lap ahead is not missed",
    statement: "A deadline nearly one lap ahead is not taken for one just missed.",
    origin: ["Tock within_range", "Zephyr guard period"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1, late: "refuse" });
        const most = nearLap(env, -1);
        sweep(sweepOver(env, Math.max(1, most - 4 * env.op), most, 12));
        main.capture(0).startAt(t, { delta: variable() });
        withoutRecords(main, (list) => list.sleep(variable(lapOrSecond(env) + shortDelay(env))));
      }),
    judge: (run) => {
      run.results("startAt", 0).are("armed");
      const deadline = run.reads().nth(1).value + run.view.value;
      run.expiries(0).scheduledAt(deadline).onTime();
    },
  }),
];
