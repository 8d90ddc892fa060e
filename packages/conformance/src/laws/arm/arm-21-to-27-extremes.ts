import { program } from "@escapement/scenario";
import type { LawEnv } from "../../law.js";
import { law } from "../define.js";
import { lapOrSecond, shortDelay, sweepOver, withoutRecords } from "../units.js";

/** How long ago a reference is, so that the delta from it is one that the board takes. */
function longAgo(env: LawEnv): number {
  const asked = Math.ceil(2.5 * lapOrSecond(env));
  // The delta is as much, and as far again as five sixths of it, at most a lap, and a span.
  const room = Math.floor((env.board.maxDelayTicks - shortDelay(env) - 2 * env.op - 6) / 2);
  return Math.min(asked, Math.max(shortDelay(env), room));
}

/** The longest delay, an empty queue, an old reference, and timers a few ticks apart. */
export const arm21To27 = [
  law({
    id: "ARM-21",
    title: "the longest delay is far away",
    statement: "The longest delay is accepted and is far away.",
    origin: ["NuttX de0aead", "hrtimer_test_maximum"],
    needs: ["remaining"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.board.maxDelayTicks });
        main
          .start(t)
          .sleep(2 * env.beat)
          .remaining(t)
          .pending(t)
          .stop(t);
      }),
    judge: (run, env) => {
      run.results("start", 0).are("armed");
      run.expiries(0).exactly(0);
      run.values("pending", 0).are(1);
      run.results("stop", 0).are("removed");
      const longest = env.board.maxDelayTicks;
      run.values("remaining", 0).within(longest - 4 * env.beat, longest - 2 * env.beat + 1);
    },
  }),
  law({
    id: "ARM-22",
    title: "beyond the longest is refused",
    statement:
      "A delay beyond the longest is refused with invalid-argument, and a running arming stays.",
    origin: ["NuttX de0aead", "RTEMS fire-after"],
    needs: ["start-at"],
    refusals: ["invalid-argument"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        const beyond = env.board.maxDelayTicks + 1;
        main
          .capture(0)
          .start(t)
          .startAt(t, { delta: beyond })
          .sleep(3 * env.beat);
      }),
    judge: (run, env) => {
      run.results("startAt", 0).are("invalid-argument");
      run.expiries(0).exactly(1).from(run.call("start", 0), env.beat).onTime();
    },
  }),
  law({
    id: "ARM-24",
    title: "remaining shrinks to nothing",
    statement:
      "remaining() is what is left until the expiry, never more than the delay and the tick that ran at the start, and 0 when due or not pending.",
    origin: ["ChibiOS bdc05d4", "NuttX 16df0db", "Tock time_remaining"],
    needs: ["remaining", "mask"],
    restsOn: ["granularityTicks"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        main.remaining(t).start(t);
        for (let round = 0; round < 4; round += 1) main.remaining(t).spin(Math.ceil(env.beat / 8));
        main.mask();
        withoutRecords(main, (list) => list.spin(env.beat));
        main.remaining(t).restore().remaining(t);
      }),
    judge: (run, env) => {
      const expiry = run.expiries(0).exactly(1).nth(1);
      run.expiries(0).servedBy(run.call("restore").until);
      const calls = run.view.calls("remaining", 0);
      const waiting = calls.slice(1, 5);
      run.that(calls[0]?.value === 0, "remaining was not 0 before the start", calls[0]?.index);
      for (const [at, call] of waiting.entries()) {
        const most = Math.min(expiry.scheduled - call.at, env.beat + 1);
        const least = Math.min(expiry.scheduled - call.until, most);
        const range = `expected ${least} to ${most}`;
        const holds = call.value >= least && call.value <= most;
        run.that(holds, `remaining was ${call.value}, ${range}`, call.index);
        const before = waiting[at - 1]?.value ?? call.value;
        const grew = `remaining grew from ${before} to ${call.value} while the timer waited`;
        run.that(call.value <= before, grew, call.index);
      }
      for (const call of calls.slice(5)) {
        run.that(call.value === 0, `remaining was ${call.value} when due, expected 0`, call.index);
      }
    },
  }),
  law({
    id: "ARM-25",
    title: "first in, last out",
    statement:
      "The first insertion into an empty queue and the removal of the last leave the hardware armed and disarmed: no lost and no spurious handler.",
    origin: ["NuttX b010356, 78dce81", "ChibiOS first-timer bugs"],
    program: (env) =>
      program(({ main, timer, sweep }) => {
        const t = timer({ mode: "one-shot", period: shortDelay(env) });
        sweep({ from: 0, count: 4, step: 1 });
        main
          .start(t)
          .stop(t)
          .sleep(2 * shortDelay(env))
          .mark(1);
        main
          .start(t)
          .sleep(2 * shortDelay(env))
          .mark(2);
        main
          .start(t)
          .stop(t)
          .start(t)
          .sleep(2 * shortDelay(env));
      }),
    judge: (run) => {
      const all = run.expiries(0).exactly(2).onTime();
      run.results("stop", 0).are("removed", "removed");
      const first = all.nth(1);
      const between = first.index > run.mark(1).index && first.index < run.mark(2).index;
      run.that(between, "the second arming did not fire in its time", first.index);
      run.these(all.items.slice(1), 0).from(run.call("start", 0, 4), shortDelay(run.env));
    },
  }),
  law({
    id: "ARM-26",
    title: "a reference long ago",
    statement: "A reference long ago with a long delta is scheduled by their sum.",
    origin: ["Tock test_multiple_max_ticks_dt"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        const ago = longAgo(env);
        const step = Math.ceil(Math.min(lapOrSecond(env), ago) / 6);
        sweep({ from: shortDelay(env), count: 6, step });
        withoutRecords(main, (list) => list.sleep(env.op));
        main.capture(0);
        withoutRecords(main, (list) => list.sleep(ago));
        main.startAt(t, { delta: variable(ago + 2 * env.op) });
        withoutRecords(main, (list) => list.sleep(variable(2 * shortDelay(env))));
      }),
    judge: (run, env) => {
      const delta = run.view.value + longAgo(env) + 2 * env.op;
      run.results("startAt", 0).are("armed");
      run
        .expiries(0)
        .scheduledAt(run.reads().nth(1).value + delta)
        .onTime();
    },
  }),
  law({
    id: "ARM-27",
    title: "two timers a few ticks apart",
    statement: "Two timers 0 to N ticks apart both fire, in order, for every N of a sweep.",
    origin: ['ESP-IDF "very short intervals"'],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const first = timer({ mode: "one-shot", period: 1 });
        const second = timer({ mode: "one-shot", period: 1 });
        const delay = shortDelay(env);
        sweep(sweepOver(env, 0, 3 * env.op, 64));
        main.capture(0);
        withoutRecords(main, (list) =>
          list.startAt(first, { delta: delay }).startAt(second, { delta: variable(delay) }),
        );
        withoutRecords(main, (list) => list.sleep(variable(2 * delay)));
      }),
    judge: (run, env) => {
      const deadline = run.reads().nth(1).value + shortDelay(env);
      const first = run.expiries(0).scheduledAt(deadline);
      const second = run.expiries(1).scheduledAt(deadline + run.view.value);
      const ordered = second.nth(1).index > first.nth(1).index;
      const anyOrder = run.view.value === 0 && env.semantics.equalDeadlines !== "fifo";
      if (anyOrder && !ordered) first.servedBy(second.onTime().nth(1).at, env.op);
      else {
        second.servedBy(first.onTime().nth(1).at, env.op);
        run.that(ordered, "the later timer ran before the earlier one", second.nth(1).index);
      }
    },
  }),
];
