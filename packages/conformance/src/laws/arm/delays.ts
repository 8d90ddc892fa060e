import { program } from "@escapement/scenario";
import { partialTick } from "../../check/index.js";
import { law } from "../define.js";
import {
  beforeTurn,
  lap,
  lapsAhead,
  nearLap,
  quietly,
  span,
  sweepBy,
  sweepOver,
} from "../units.js";

/** Delays from none at all to the longest, and when their handlers come. */
export const armDelays = [
  law({
    id: "ARM-01",
    title: "never early",
    statement:
      "A handler never runs before its moment, for delays of 1 to 100 ticks, in the middle of a lap and across the wrap.",
    origin: ["Tock TRD 105", "Zephyr timers guide", "NuttX wdtest_checkdelay"],
    needs: ["phase"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: variable() });
        sweep({ from: 1, count: 100, step: 1 });
        main.start(t);
        quietly(main, (list) => {
          list.sleep(variable(env.late + 4 * env.op)).phase(beforeTurn(env, env.op + 50));
        });
        main.start(t);
        quietly(main, (list) => list.sleep(variable(env.late + 4 * env.op)));
      }),
    judge: (run) => {
      const expiries = run.expiries(0).exactly(2);
      for (const nth of [1, 2]) {
        const expiry = expiries.nth(nth);
        const start = run.call("start", 0, nth);
        const waited = run.ticks(expiry.at - start.at);
        const early = `the handler ran ${waited} after the call of start`;
        const least = run.view.value + partialTick(run.env);
        const holds = expiry.at - start.at >= least;
        run.that(holds, `${early}, expected at least ${least}`, expiry.index);
        run.these([expiry], 0).servedBy(start.until);
      }
    },
  }),
  law({
    id: "ARM-02",
    title: "the partial tick is waited for",
    statement:
      "start() waits the whole period after the tick that was running at the call; it returns armed, also with the shortest delay.",
    origin: ["rtic-time 1.1.0", "embedded-hal DelayNs"],
    needs: ["phase"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const t = timer({ mode: "one-shot", period: span(env) });
        const shortest = timer({ mode: "one-shot", period: 1 });
        sweep({ from: 5, count: 32, step: 1 });
        quietly(main, (list) => list.phase(variable()));
        main.start(t);
        quietly(main, (list) => list.sleep(2 * span(env)));
        main.start(shortest);
        quietly(main, (list) => list.sleep(span(env)));
      }),
    judge: (run, env) => {
      run.results("start").are("armed", "armed");
      run.expiries(1).exactly(1).servedBy(run.call("start", 1).until);
      run.expiries(0).exactly(1).from(run.call("start", 0), span(env)).onTime();
    },
  }),
  law({
    id: "ARM-03",
    title: "late only by the stated bound",
    statement:
      "A handler is entered within the stated lateness of its moment when nothing masks or precedes it.",
    origin: ["Tock random_alarm", "Zephyr timer_behavior"],
    needs: ["periodic"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const once = timer({ mode: "one-shot", period: variable() });
        const again = timer({ mode: "periodic", period: variable() });
        sweep({ from: span(env), count: 6, step: Math.ceil(env.beat / 5) });
        main.start(once).sleep(variable(span(env)));
        main
          .start(again)
          .sleep(variable())
          .sleep(variable(span(env)))
          .stop(again);
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime();
      run.expiries(1).atLeast(2).onTime();
    },
  }),
  law({
    id: "ARM-04",
    title: "delays that shrink to one tick",
    statement: "Delays that shrink one by one down to one tick all fire.",
    origin: ["RIOT timer_short_relative_set", "Zephyr short_relative"],
    needs: ["set-period"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        for (const delay of [100, 64, 40, 24, 16, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) {
          quietly(main, (list) => list.setPeriod(t, delay));
          main.start(t);
          quietly(main, (list) => list.sleep(delay + env.late + 3 * env.op));
        }
      }),
    judge: (run) => {
      const starts = run.view.calls("start", 0);
      const expiries = run.expiries(0).exactly(16).items;
      for (const [at, start] of starts.entries()) {
        const next = starts[at + 1]?.at ?? Number.POSITIVE_INFINITY;
        const mine = expiries.filter((each) => each.at >= start.at && each.at < next);
        run.these(mine, 0).exactly(1).servedBy(start.until);
      }
    },
  }),
  law({
    id: "ARM-09",
    title: "a delay of several laps",
    statement: "A delay of several laps fires once, at its time.",
    origin: ["RIOT set16 0x10000000", "Pico target_hi", "Tock extended alarms"],
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: lapsAhead(env, 3, span(env)) });
        main.start(t).sleep(5 * lap(env) + 4 * span(env));
      }),
    judge: (run, env) => {
      const expiries = run.expiries(0).exactly(1).onTime();
      expiries.from(run.call("start", 0), lapsAhead(env, 3, span(env)));
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
        main.start(t).sleep(variable(lap(env) + span(env)));
      }),
    judge: (run) => {
      run.expiries(0).exactly(1).onTime().from(run.call("start", 0), run.view.value);
    },
  }),
  law({
    id: "ARM-17",
    title: "below the least delta",
    statement:
      "Delays at and below the least that the hardware can match are served, late by at most the stated bound.",
    origin: ["Tock d6e46d7", "nRF RTC", "RIOT CONFIG_ZTIMER_USEC_MIN"],
    needs: ["start-at"],
    program: (env) =>
      program(({ main, timer, sweep, variable }) => {
        const relative = timer({ mode: "one-shot", period: variable(1) });
        const exact = timer({ mode: "one-shot", period: 1 });
        sweep(sweepOver(env, 0, env.board.latencies.minDeltaTicks + 2, 16));
        for (let round = 0; round < 3; round += 1) {
          main.start(relative);
          quietly(main, (list) => list.sleep(variable(env.late + 3 * env.op)));
          main.capture(0).startAt(exact, { delta: variable() });
          quietly(main, (list) => list.sleep(variable(env.late + 3 * env.op)));
        }
      }),
    judge: (run) => {
      const relative = run.expiries(0).exactly(3);
      const exact = run.expiries(1);
      exact.scheduledAt(...run.reads().items.map((read) => read.value + run.view.value));
      for (const [at, expiry] of relative.items.entries()) {
        run.these([expiry], 0).servedBy(run.call("start", 0, at + 1).until);
      }
      for (const [at, expiry] of exact.items.entries()) {
        run.these([expiry], 1).servedBy(run.call("startAt", 1, at + 1).until);
      }
    },
  }),
  law({
    id: "ARM-21",
    title: "the longest delay is far away",
    statement: "The longest delay is accepted and is far away.",
    origin: ["NuttX de0aead", "hrtimer_test_maximum"],
    needs: ["remaining"],
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
    program: (env) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: env.beat });
        main.remaining(t).start(t);
        for (let round = 0; round < 4; round += 1) main.remaining(t).spin(Math.ceil(env.beat / 8));
        main.mask();
        quietly(main, (list) => list.spin(env.beat));
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
];
